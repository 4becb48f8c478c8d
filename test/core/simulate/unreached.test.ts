import { before, choose, clicked, defineSequence, email, engaged, score, since } from '../../../workflows/core/words';
import { trialOffer } from '../../../workflows/sequences';
import { dataAt } from '../../../workflows/core/simulate/behaviour';
import { chanceOf } from '../../../workflows/core/simulate/chance';
import { beginningOf, datesMadeUp } from '../../../workflows/core/simulate/beginning';
import { livelyBehaviour, simulated } from './fixture';

/** A touch for an event nobody does, one whose conditions cannot both hold, a phase nobody comes into, a way nobody takes. */
const impossible = defineSequence({
  id: 'impossible',
  version: 1,
  model: 'b2b-points',
  phases: {
    start: {
      stage: 'awareness',
      touches: [
        email('welcome', { after: '0 minutes' }),
        choose('which', {
          arms: {
            'the-rich': { when: score.atLeast(100), touches: [email('pricing', { after: '1 day' })] },
          },
          otherwise: [email('ebook', { after: '1 day' })],
        }),
        email('how-to-guide', { after: '1 day', when: clicked('welcome'), unless: clicked('welcome') }),
        email('white-paper', { after: since(engaged('order.placed'), '1 day') }),
        email('comparison', { after: '1 day' }),
      ],
      advance: [{ to: 'later', when: engaged('deal.won') }],
      exhaustedAfter: '30 days',
    },
    later: { touches: [email('demo-invite', { after: '1 day' })], exhaustedAfter: '10 days' },
  },
});

describe('what nobody receives', () => {
  const run = simulated({ plans: [impossible] });
  run.run(0, 150);
  const { nobody, byTouch } = run.report();
  const because = (name: string): string | undefined => nobody.find((one) => one.name === name)?.because;

  test('is found: exactly the touches without a message sent, the phases nobody came into, the ways nobody took', () => {
    expect(nobody.map(({ what, name }) => `${what} ${name}`).sort()).toEqual([
      'phase later',
      'touch start/comparison',
      'touch start/how-to-guide',
      'touch start/pricing',
      'touch start/white-paper',
      'way start/which/the-rich',
    ]);
    const sent = Object.entries(byTouch).filter(([, counts]) => (counts['sent'] ?? 0) > 0);
    expect(sent.map(([touch]) => touch).sort()).toEqual(['impossible/start/ebook', 'impossible/start/welcome']);
  });

  test('comes with its reason', () => {
    expect(because('start/white-paper')).toMatch(/people came to it: .*; it waits for order\.placed, and nobody did order\.placed/);
    expect(because('start/how-to-guide')).toMatch(
      /not sent because of unless a click in "welcome"|not sent because of when a click in "welcome", unless/,
    );
    expect(because('start/comparison')).toBe('nobody came so far in its phase');
    expect(because('later')).toBe('nobody came into the phase; it takes deal.won in phase start');
    expect(because('start/which/the-rich')).toMatch(/came to the choice, all went another way/);
  });

  test('names a sequence that nobody is started on', () => {
    const starting = {
      ...impossible,
      id: 'starting',
      phases: { start: { touches: [], advance: [{ start: 'impossible', when: engaged('deal.won') }], exhaustedAfter: '9 days' as const } },
    };
    const other = simulated({ plans: [starting, impossible] });
    other.run(0, 20);
    expect(other.report().nobody).toEqual([
      { what: 'sequence', sequence: 'impossible', name: 'impossible', because: 'nobody came onto it' },
    ]);
  });
});

describe('people come onto a sequence', () => {
  test('by the event it listens for, with data that meet it', () => {
    const listening = defineSequence({
      id: 'listening',
      version: 1,
      model: 'b2b-points',
      on: engaged('webinar.registered', { where: { webinar: { oneOf: ['spring', 'autumn'] } } }),
      key: 'webinar',
      phases: { start: { touches: [email('welcome', { after: '0 minutes' })], exhaustedAfter: '9 days' } },
    });
    const run = simulated({ plans: [listening] });
    run.run(0, 30);
    expect(run.report()).toMatchObject({
      enrolled: { listening: 30 },
      engagement: { human: { 'webinar.registered': 30 } },
      notEnrolled: {},
    });
  });

  test('by an event after which they do what usually follows it, and do not begin again', () => {
    const run = simulated({ plans: [trialOffer] });
    run.run(0, 60);
    const { human } = run.report().engagement;
    expect(human['trial.started']).toBe(60);
    expect(human['app.login']).toBeGreaterThan(30);
    expect(human['project.created']).toBeGreaterThan(15);
  });

  test('with the data the behaviour gives them, dates counted from their entry', () => {
    const behaviour = livelyBehaviour();
    const begin = { 'trial-offer': { plan: 'team', endsAt: { inMs: 14 * 86_400_000 } } };
    const beginning = beginningOf(trialOffer, begin['trial-offer']);
    expect(beginning).toEqual({ by: 'event', type: 'trial.started', data: begin['trial-offer'] });
    expect(dataAt(beginning.data, 1_000, chanceOf(1, 1))).toEqual({ plan: 'team', endsAt: 14 * 86_400_000 + 1_000 });
    const run = simulated({ plans: [trialOffer], behaviour: { ...behaviour, begin } });
    run.run(0, 5);
    expect(run.report().enrolled).toEqual({ 'trial-offer': 5 });
  });

  test('with a date ahead of them where steps count from one that the behaviour does not give', () => {
    const dated = defineSequence({
      id: 'dated',
      version: 1,
      model: 'b2b-points',
      phases: { start: { touches: [email('welcome', { at: before('startsAt', '2 days') })], exhaustedAfter: '30 days' } },
    });
    const run = simulated({ plans: [dated] });
    run.run(0, 40);
    const { byTouch, nobody } = run.report();
    expect({ nobody, most: (byTouch['dated/start/welcome']?.['sent'] ?? 0) > 35 }).toEqual({ nobody: [], most: true });
    expect(datesMadeUp(dated)).toEqual({ startsAt: { inMs: 16 * 86_400_000 } });
    expect(datesMadeUp(dated, { startsAt: { inMs: 1 } })).toEqual({});
    const moved = { does: 'webinar.rescheduled', with: { startsAt: { inMs: 1 } } };
    expect(datesMadeUp({ ...dated, updates: ['webinar.rescheduled'] }, {}, [moved])).toEqual({});
    expect(datesMadeUp(dated, {}, [moved])).toEqual({ startsAt: { inMs: 16 * 86_400_000 } });
  });

  test('as customers where it is for customers', () => {
    const renewing = defineSequence({
      id: 'renewing',
      version: 1,
      for: 'customers',
      model: 'b2b-points',
      phases: { start: { touches: [email('welcome', { after: '0 minutes' })], exhaustedAfter: '9 days' } },
    });
    const run = simulated({ plans: [renewing] });
    run.run(0, 30);
    expect(run.report().enrolled).toEqual({ renewing: 30 });
  });

  test('without reps nobody takes a hand-off, and it is counted', () => {
    const run = simulated({ behaviour: { ...livelyBehaviour(), reps: [] } });
    run.run(0, 60);
    const { handOffs, handOff } = run.report();
    expect(handOffs).toBeGreaterThan(0);
    expect({ reps: handOff.byRep, unassigned: (handOff.closed['unassigned'] ?? 0) >= handOffs }).toEqual({ reps: {}, unassigned: true });
  });
});
