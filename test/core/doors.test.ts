/** Who may enter a sequence, and what it ends elsewhere. */
import { cohort, defineSequence, engaged, field } from '../../workflows/core/words';
import type { Plan, Settings } from '../../workflows/core';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';
import { daily } from './plans';

const { ada } = people;
const head = { id: 'plan', version: 1, model: 'b2b-points' } as const;
const free = { quietHours: { from: 0, to: 0, zone: 'Etc/UTC' }, cap: { touches: 50, per: '1 day' } } as const;
const full = { ...free, cap: { touches: 1, per: '2 days' } } as const;
const lead = (plans: readonly Plan[], settings: Partial<Settings> = free, at = monday, leadId: string = ada.leadId) =>
  given(publish({ plans, settings }), leadId, at).profile(ada.traits);
const into = (sequence: string) => ({ word: 'enrol', sequence }) as const;
const withheld = (tale: ReturnType<typeof given>) => tale.factsOf('TouchWithheld').map(({ touch, because }) => [touch, because]);

describe('who may enter', () => {
  const plan = defineSequence({
    ...head,
    who: field('industry').is('software'),
    on: engaged('trial.started'),
    phases: { start: { touches: [], exhaustedAfter: '9 days' } },
  });
  const enrolments = (tale: ReturnType<typeof given>) => Object.keys(tale.state().enrolments).length;

  test('is asked of everybody, whichever way they come', () => {
    const baker = given(publish({ plans: [plan] }), 'x').profile({ industry: 'bakery' });
    expect(enrolments(baker.does('trial.started', { plan: 'team' }))).toBe(0);
    expect(baker.command(into('plan')).factsOf('CommandRecorded').at(-1)?.answer).toEqual({
      ok: false,
      says: 'This person is not who plan is for: it asks for industry = software.',
    });
    expect(
      enrolments(
        given(publish({ plans: [plan] }), 'x')
          .profile({ industry: 'software' })
          .does('trial.started', { plan: 'team' }),
      ),
    ).toBe(1);
  });

  test('may be asked of the enrolling event and what it brings', () => {
    const team: Plan = {
      ...plan,
      who: { kind: 'all', of: [engaged('trial.started', { where: { plan: 'team' } }), field('data.plan').is('team')] },
    };
    const tale = () => given(publish({ plans: [team] }), 'x').profile(ada.traits);
    expect([
      enrolments(tale().does('trial.started', { plan: 'solo' })),
      enrolments(tale().does('trial.started', { plan: 'team' })),
    ]).toEqual([0, 1]);
  });
});

describe('a sequence that ends another', () => {
  const selling = (more: { readonly end?: string; readonly to?: 'close' }) =>
    defineSequence({
      ...head,
      phases: {
        start: { touches: [], advance: [{ when: engaged('trial.started'), endOther: 'daily', ...more }], exhaustedAfter: '90 days' },
        close: { touches: [], exhaustedAfter: '90 days' },
      },
      entry: [{ to: 'close', when: cohort('nobody', 1) }, { to: 'start' }],
    });
  const both = (plan: Plan) =>
    lead([daily, plan]).command(into('daily')).command(into('plan')).delivered().does('trial.started', { plan: 'team' });
  const ended = (tale: ReturnType<typeof given>) => tale.factsOf('EnrolmentEnded').map(({ enrolment, because }) => [enrolment, because]);

  test('goes on by itself where it says no more, and does so once', () => {
    const tale = both(selling({}));
    expect(ended(tale)).toEqual([['e1', 'ended by plan: trial.started']]);
    tale.after('1 day').command({ ...into('daily') });
    expect(tale.factsOf('CommandRecorded').at(-1)?.answer.says).toBe('The lead was in daily before, and nobody enters it twice.');
    expect(tale.state().enrolments['e2']?.phase).toBe('start');
  });

  test('moves on or ends beside it where it says so', () => {
    expect(both(selling({ to: 'close' })).state().enrolments['e2']?.phase).toBe('close');
    expect(ended(both(selling({ end: 'sold' })))).toEqual([
      ['e1', 'ended by plan: trial.started'],
      ['e2', 'sold'],
    ]);
  });

  test('closes what was due there', () => {
    const tale = lead([daily, selling({})], full)
      .command(into('daily'))
      .command(into('plan'))
      .delivered()
      .after('1 day');
    tale.does('trial.started', { plan: 'team' });
    expect(withheld(tale)).toEqual([['two', 'cap']]);
  });
});
