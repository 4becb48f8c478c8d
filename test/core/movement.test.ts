/** How a lead moves through a sequence, to another, and out of it; and what stage that makes. */
import { any, defineSequence, email, engaged, score, silentFor } from '../../workflows/core/words';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';
import { changed, daily } from './plans';

const { ada } = people;
const day = 86_400_000;

const journey = defineSequence({
  id: 'journey',
  version: 1,
  model: 'b2b-points',
  goal: engaged('subscription.started'),
  exit: [engaged('survey.answered', { where: { score: { atMost: 2 } } })],
  phases: {
    learn: {
      stage: 'awareness',
      touches: [email('guide', { after: '5 days' })],
      advance: [
        { to: 'close', when: score.atLeast(60) },
        { to: 'compare', when: any(score.atLeast(20), engaged('content.downloaded')) },
      ],
      exhaustedAfter: '30 days',
      exhausted: { to: 'wake' },
    },
    compare: {
      stage: 'consideration',
      touches: [],
      advance: [{ start: 'daily', stay: true, when: engaged('demo.booked') }],
      exhaustedAfter: '20 days',
    },
    close: {
      stage: 'decision',
      touches: [],
      advance: [
        { start: 'daily', when: engaged('demo.held') },
        { end: 'gone quiet', when: silentFor('10 days') },
      ],
      exhaustedAfter: '90 days',
    },
    wake: { touches: [], exhaustedAfter: '10 days', exhausted: { start: 'daily' } },
  },
});
const published = publish({ plans: [journey, daily] });
const begun = (phase?: string) =>
  given(published, ada.leadId)
    .profile(ada.traits)
    .command({ word: 'enrol', sequence: 'journey', campaign: 'spring', data: { topic: 'roi' }, ...(phase === undefined ? {} : { phase }) });
const enrolmentOf = (tale: ReturnType<typeof given>, id = 'e1') => tale.state().enrolments[id];

describe('advance', () => {
  test('goes to the phase of the first rule that holds, with the evidence', () => {
    const tale = begun().does('form.submitted', { form: 'ebook' });
    expect(tale.factsOf('PhaseEntered')).toEqual([
      expect.objectContaining({ phase: 'compare', stage: 'consideration', because: 'score 20 reached 20' }),
    ]);
    expect(begun().does('content.downloaded', { content: 'roi' }).factsOf('PhaseEntered')[0]?.because).toBe('content.downloaded');
    const quick = begun().batch([]).does('form.submitted').does('form.submitted');
    expect(quick.factsOf('PhaseEntered').map(({ phase }) => phase)).toEqual(['compare']);
  });

  test('starts another sequence and ends this one', () => {
    const tale = begun('close').does('demo.held', { meeting: 'm1' });
    expect(tale.factsOf('Enrolled').at(-1)).toEqual(
      expect.objectContaining({
        enrolment: 'e2',
        sequence: 'daily@1#d1',
        campaign: 'spring',
        data: { topic: 'roi' },
        because: 'journey@1: demo.held',
      }),
    );
    expect(tale.factsOf('EnrolmentEnded')).toEqual([expect.objectContaining({ enrolment: 'e1', because: 'started daily: demo.held' })]);
  });

  test('starts another and stays, once', () => {
    const tale = begun('compare').does('demo.booked').does('demo.booked').does('app.login');
    expect(tale.factsOf('Enrolled').map(({ sequence }) => sequence)).toEqual(['journey@1#d1', 'daily@1#d1']);
    expect(enrolmentOf(tale)?.phase).toBe('compare');
  });

  test('goes on here where the other sequence may not be entered', () => {
    const tale = given(published, ada.leadId)
      .command({ word: 'enrol', sequence: 'daily' })
      .command({ word: 'enrol', sequence: 'journey', phase: 'close' })
      .does('demo.held');
    expect(Object.keys(tale.state().enrolments)).toEqual(['e1', 'e2']);
  });

  test('ends the enrolment with its word, by silence alone, at a wake of its own', () => {
    const tale = begun('close').after('2 days').does('app.login');
    expect(tale.wake()).toBe(monday + 12 * day);
    expect(tale.until(monday + 12 * day).factsOf('EnrolmentEnded')).toEqual([expect.objectContaining({ because: 'gone quiet' })]);
  });
});

describe('goal and exit', () => {
  test('the goal ends the enrolment and says what reached it', () => {
    expect(begun().does('subscription.started', { plan: 'team' }).factsOf('EnrolmentEnded')).toEqual([
      expect.objectContaining({ because: 'goal: subscription.started' }),
    ]);
  });
  test('an exit does too', () => {
    const tale = begun().does('survey.answered', { survey: 's', score: 5 });
    expect(tale.factsOf('EnrolmentEnded')).toEqual([]);
    expect(tale.does('survey.answered', { survey: 's', score: 1 }).factsOf('EnrolmentEnded')[0]?.because).toBe('exit: survey.answered');
  });
  test('an event before the enrolment does not count', () => {
    const tale = begun().does('subscription.started', { plan: 'team' }, { at: monday - day, actor: 'human' });
    expect(tale.factsOf('EnrolmentEnded').map(({ because }) => because)).toEqual(['became a customer']);
  });
});

describe('exhaustion', () => {
  test('goes to the phase it names, from there to another sequence, and ends', () => {
    const tale = begun().until(monday + 40 * day);
    expect(tale.factsOf('PlanExhausted').map(({ phase }) => phase)).toEqual(['learn', 'wake']);
    expect(tale.factsOf('PhaseEntered').map(({ phase, recordedAt }) => [phase, recordedAt])).toEqual([['wake', monday + 30 * day]]);
    expect(tale.factsOf('Enrolled').map(({ sequence }) => sequence)).toEqual(['journey@1#d1', 'daily@1#d1']);
    expect(tale.factsOf('EnrolmentEnded')).toEqual([
      expect.objectContaining({ enrolment: 'e1', because: 'ran out', recordedAt: monday + 40 * day }),
    ]);
  });
  test('ends the enrolment where it names nothing', () => {
    expect(
      begun('compare')
        .until(monday + 20 * day)
        .factsOf('EnrolmentEnded'),
    ).toEqual([expect.objectContaining({ because: 'ran out' })]);
  });
  test('waits for a send under way', () => {
    const tale = begun().until(monday + 5 * day, { hold: true });
    expect(tale.sends().length).toBe(1);
    expect(tale.after('26 days').factsOf('PlanExhausted')).toEqual([]);
    expect(tale.delivered().factsOf('PlanExhausted').length).toBe(1);
  });
  test('accounts for a due touch that still waited', () => {
    const short = changed(journey, {
      phases: {
        learn: {
          touches: [{ channel: 'email', id: 'guide', after: '1 day', purpose: 'marketing' }],
          advance: [],
          exhaustedAfter: '26 hours',
        },
      },
    });
    const narrow = publish({ plans: [short, daily], settings: { cap: { touches: 1, per: '7 days' } } });
    const tale = given(narrow, ada.leadId)
      .profile(ada.traits)
      .command({ word: 'enrol', sequence: 'daily' })
      .delivered()
      .command({ word: 'enrol', sequence: 'journey' })
      .until(monday + 2 * day);
    expect(tale.factsOf('TouchWithheld')).toEqual([expect.objectContaining({ enrolment: 'e2', touch: 'guide', because: 'cap' })]);
  });
});

describe('the stage of the lead', () => {
  const stages = (tale: ReturnType<typeof given>) => tale.factsOf('StageChanged').map(({ from, to }) => [from, to]);
  test('is the furthest over its enrolments, and does not fall back when one ends', () => {
    const tale = begun('close').command({ word: 'enrol', sequence: 'daily' });
    expect(stages(tale)).toEqual([[undefined, 'decision']]);
    expect(stages(tale.command({ word: 'end', enrolment: 'e1' }))).toEqual([[undefined, 'decision']]);
  });
  test('goes back by move', () => {
    const tale = begun('close').command({ word: 'move', enrolment: 'journey', phase: 'learn' });
    expect(stages(tale)).toEqual([
      [undefined, 'decision'],
      ['decision', 'awareness'],
    ]);
    expect(tale.factsOf('PhaseEntered').at(-1)?.because).toBe('moved by olga');
  });
  test('is customer for who bought', () => {
    expect(stages(begun().does('deal.won')).at(-1)).toEqual(['awareness', 'customer']);
  });
});

describe('move and end', () => {
  const says = (tale: ReturnType<typeof given>) => tale.factsOf('CommandRecorded').at(-1)?.answer;
  test('name an enrolment by its number or its sequence, and answer where there is none', () => {
    expect(says(begun().command({ word: 'move', enrolment: 'e1', phase: 'close' }))).toEqual({ ok: true, says: 'e1 is moved to close.' });
    expect(says(begun().command({ word: 'move', enrolment: 'journey', phase: 'nowhere' }))).toEqual({
      ok: false,
      says: 'There is no phase "nowhere" in journey@1.',
    });
    expect(says(begun().command({ word: 'end', enrolment: 'daily' }))).toEqual({ ok: false, says: 'The lead is not in "daily".' });
  });
  test('a phase entered again sends its touches under other names', () => {
    const monthly = changed(daily, {
      phases: {
        start: {
          touches: [{ channel: 'email', id: 'tip', after: '0 minutes', purpose: 'service', repeatable: '1 day' }],
          advance: [],
          exhaustedAfter: '90 days',
        },
      },
    });
    const tale = given(publish({ plans: [monthly] }), ada.leadId)
      .command({ word: 'enrol', sequence: 'daily' })
      .delivered()
      .after('2 days')
      .command({ word: 'move', enrolment: 'e1', phase: 'start' });
    expect(tale.sends()).toEqual([expect.objectContaining({ id: 'e1.start.tip~2.1', touchKey: 'e1.start.tip~2', touch: 'tip' })]);
  });
});
