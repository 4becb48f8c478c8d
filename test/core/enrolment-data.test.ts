/** What an enrolment is about is kept up to date by events of its key, and steps are planned anew when a date moves. */
import { after, before, defineSequence, email, engaged } from '../../workflows/core/words';
import type { Plan } from '../../workflows/core';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';
import { day, hour, noQuiet, sent, withheld } from './timed-plans';

const { ada } = people;
const talk = defineSequence({
  id: 'talk',
  version: 1,
  model: 'b2b-points',
  on: engaged('webinar.registered'),
  key: 'webinar',
  updates: ['webinar.rescheduled'],
  phases: {
    start: {
      touches: [email('reminder', { at: before('startsAt', '1 day') }), email('thanks', { at: after('startsAt', '2 hours') })],
      exhaustedAfter: '90 days',
    },
  },
});
const published = publish({ plans: [talk], settings: noQuiet });
const startsAt = monday + 10 * day;
const registered = (plan: Plan = talk) =>
  given(plan === talk ? published : publish({ plans: [plan], settings: noQuiet }), ada.leadId)
    .profile(ada.traits)
    .does('webinar.registered', { webinar: 'spring', startsAt });
type Tale = ReturnType<typeof given>;
const changes = (tale: Tale) => tale.factsOf('EnrolmentDataChanged').map(({ enrolment, data }) => [enrolment, data]);
const replanned = (tale: Tale) => tale.factsOf('StepReplanned').map(({ step, at }) => [step, at]);

describe('an event of the same key', () => {
  test('brings the data up to date, and plans the next step anew', () => {
    const tale = registered().does('webinar.rescheduled', { webinar: 'spring', startsAt: startsAt + 3 * day });
    expect([changes(tale), replanned(tale)]).toEqual([[['e1', { startsAt: startsAt + 3 * day }]], [['reminder', startsAt + 2 * day]]]);
    expect(tale.wake()).toBe(startsAt + 2 * day);
    expect(sent(tale.until(startsAt + 5 * day)).map(([touch]) => touch)).toEqual(['reminder', 'thanks']);
    expect(
      tale.history().flatMap((fact) => (fact.type === 'EffectDecided' && fact.effect.type === 'SendTouch' ? [fact.effect.data] : []))[1],
    ).toEqual({
      webinar: 'spring',
      startsAt: startsAt + 3 * day,
    });
  });

  test('that enrols tells more by itself, and does not enrol twice', () => {
    const tale = registered().does('webinar.registered', { webinar: 'spring', startsAt, endsAt: startsAt + hour });
    expect([changes(tale), tale.factsOf('Enrolled').length]).toEqual([[['e1', { endsAt: startsAt + hour }]], 1]);
  });

  test('of another key concerns another enrolment', () => {
    const tale = registered().does('webinar.registered', { webinar: 'autumn', startsAt: startsAt + 30 * day });
    tale.does('webinar.rescheduled', { webinar: 'autumn', startsAt: startsAt + 40 * day });
    expect(changes(tale)).toEqual([['e2', { startsAt: startsAt + 40 * day }]]);
    expect(
      tale
        .does('webinar.rescheduled', { webinar: 'winter', startsAt })
        .last()
        .map(({ type }) => type),
    ).toEqual(['EngagementRecorded']);
  });

  test('that says nothing new changes nothing', () => {
    expect(changes(registered().does('webinar.rescheduled', { webinar: 'spring', startsAt }))).toEqual([]);
  });

  test('that happened before the newest only adds: the order of arrival does not matter', () => {
    const first = { webinar: 'spring', startsAt: startsAt + day, endsAt: startsAt + day + hour } as const;
    const second = { webinar: 'spring', startsAt: startsAt + 2 * day } as const;
    const inOrder = registered()
      .after('3 hours')
      .does('webinar.rescheduled', first, { at: monday + hour })
      .does('webinar.rescheduled', second, { at: monday + 2 * hour });
    const shuffled = registered()
      .after('3 hours')
      .does('webinar.rescheduled', second, { at: monday + 2 * hour })
      .does('webinar.rescheduled', first, { at: monday + hour });
    const data = { ...first, ...second };
    expect([inOrder.state().enrolments['e1']?.data, shuffled.state().enrolments['e1']?.data]).toEqual([data, data]);
  });

  test('by a machine says nothing', () => {
    expect(changes(registered().does('webinar.rescheduled', { webinar: 'spring', startsAt: 1 }, { actor: 'machine' }))).toEqual([]);
  });
});

describe('without a key', () => {
  const bare = { ...talk, key: undefined as unknown as string };
  test('only events that are listed bring the data up to date', () => {
    const { updates: _updates, ...unlisted } = bare;
    const again = { webinar: 'spring', startsAt: startsAt + day };
    expect(changes(registered(unlisted).does('webinar.registered', again).does('webinar.rescheduled', again))).toEqual([]);
    expect(changes(registered(bare).does('webinar.registered', again).does('webinar.rescheduled', again))).toEqual([
      ['e1', { startsAt: startsAt + day }],
    ]);
  });
});

describe('a date that moves', () => {
  test('into the past leaves out the step that was waiting for it, and goes on with the next', () => {
    const tale = registered()
      .after('2 days')
      .does('webinar.rescheduled', { webinar: 'spring', startsAt: monday + 2.5 * day });
    expect([withheld(tale), tale.wake()]).toEqual([[['reminder', 'past']], monday + 2.5 * day + 2 * hour]);
  });

  test('sends it at once where the plan says so', () => {
    const now = {
      ...talk,
      phases: {
        start: { touches: [email('reminder', { at: before('startsAt', '1 day'), ifPast: 'now' })], advance: [], exhaustedAfter: '90 days' },
      },
    } as const;
    const tale = registered(now)
      .after('2 days')
      .does('webinar.rescheduled', { webinar: 'spring', startsAt: monday + 2.5 * day });
    expect(tale.sends().map(({ touch }) => touch)).toEqual(['reminder']);
  });

  test('while its step is held for the night and due either way changes nothing of that', () => {
    const night = publish({ plans: [talk], settings: { cap: { touches: 50, per: '1 day' } } });
    const tale = given(night, ada.leadId)
      .profile({ zone: 'Etc/UTC' })
      .does('webinar.registered', { webinar: 'spring', startsAt: monday + 36 * hour });
    tale.until(monday + 13 * hour).does('webinar.rescheduled', { webinar: 'spring', startsAt: monday + 35 * hour });
    expect([replanned(tale), withheld(tale), tale.factsOf('TouchHeld').length]).toEqual([[], [], 1]);
    expect(sent(tale.until(monday + 24 * hour))).toEqual([['reminder', '2026-01-06T08:00']]);
  });

  test('away while its step is held takes the hold back', () => {
    const night = publish({ plans: [talk], settings: { cap: { touches: 50, per: '1 day' } } });
    const tale = given(night, ada.leadId)
      .profile({ zone: 'Etc/UTC' })
      .does('webinar.registered', { webinar: 'spring', startsAt: monday + 36 * hour });
    tale.until(monday + 13 * hour).does('webinar.rescheduled', { webinar: 'spring', startsAt: monday + 136 * hour });
    expect(tale.state().enrolments['e1']?.heldUntil).toBeUndefined();
    expect(tale.wake()).toBe(monday + 112 * hour);
  });

  test('in the profile counts as well, and becoming unknown makes the step wait', () => {
    const plan = defineSequence({
      id: 'care',
      version: 1,
      model: 'b2b-points',
      phases: { start: { touches: [email('renews', { at: before('renewsAt', '3 days') })], exhaustedAfter: '300 days' } },
    });
    const tale = given(publish({ plans: [plan], settings: noQuiet }), ada.leadId)
      .profile({ renewsAt: '2026-03-01' })
      .command({ word: 'enrol', sequence: 'care' });
    tale.profile({ renewsAt: '2026-04-01' }).profile({}).profile({ renewsAt: '2026-01-06' });
    expect(replanned(tale)).toEqual([
      ['renews', Date.UTC(2026, 2, 29)],
      ['renews', undefined],
      ['renews', Date.UTC(2026, 0, 3)],
    ]);
    expect(withheld(tale)).toEqual([['renews', 'past']]);
  });
});

test('enrolments side by side each send once what goes once in each', () => {
  const once = defineSequence({
    id: 'talk',
    version: 1,
    model: 'b2b-points',
    on: engaged('webinar.registered'),
    key: 'webinar',
    phases: {
      start: {
        touches: [
          email('link', { after: '0 minutes', repeatable: 'per enrolment' }),
          email('again', { after: '1 hour', content: 'link', repeatable: 'per enrolment' }),
        ],
        exhaustedAfter: '9 days',
      },
    },
  });
  const tale = registered(once).delivered().does('webinar.registered', { webinar: 'autumn', startsAt }).delivered();
  expect(tale.factsOf('TouchSent').map(({ enrolment, touch }) => [enrolment, touch])).toEqual([
    ['e1', 'link'],
    ['e2', 'link'],
  ]);
  expect(withheld(tale.until(monday + day))).toEqual([
    ['again', 'repeated'],
    ['again', 'repeated'],
  ]);
});

test('a phase runs out at a date, where that comes before its span', () => {
  const plan = defineSequence({
    id: 'talk',
    version: 1,
    model: 'b2b-points',
    on: engaged('webinar.registered'),
    key: 'webinar',
    updates: ['webinar.rescheduled'],
    phases: {
      invited: { touches: [], exhaustedAfter: '30 days', exhaustedAt: after('startsAt', '0 minutes'), exhausted: { to: 'later' } },
      later: { touches: [], exhaustedAfter: '1 day' },
    },
  });
  const tale = registered(plan);
  expect(tale.wake()).toBe(startsAt);
  expect(tale.does('webinar.rescheduled', { webinar: 'spring', startsAt: monday + 60 * day }).wake()).toBe(monday + 30 * day);
  tale.does('webinar.rescheduled', { webinar: 'spring', startsAt: monday - day });
  expect(tale.factsOf('PhaseEntered').map(({ phase }) => phase)).toEqual(['later']);
});
