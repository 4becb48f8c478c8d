/** When steps are due: by dates that may move, at local times, after the newest event; and what becomes of a moment that has passed. */
import { after, before, choose, defineSequence, email, engaged, field, sinceLast } from '../../workflows/core/words';
import type { SaidStep } from '../../workflows/core/words';
import { faultsOf } from '../../workflows/core';
import type { Plan } from '../../workflows/core';
import { describeLead } from '../../workflows/core';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';

const { ada } = people;
const hour = 3_600_000;
const day = 24 * hour;
const head = { id: 'plan', version: 1, model: 'b2b-points' } as const;
const sequenceOf = (...touches: SaidStep<string, never>[]) =>
  defineSequence({ ...head, phases: { start: { touches, exhaustedAfter: '300 days' } } });
const noQuiet = { quietHours: { from: 0, to: 0, zone: 'Etc/UTC' }, cap: { touches: 50, per: '1 day' } } as const;
const enrolled = (
  plan: Plan,
  data: Readonly<Record<string, string | number>> = {},
  traits: Readonly<Record<string, string>> = ada.traits,
) =>
  given(publish({ plans: [plan], settings: noQuiet }), ada.leadId)
    .profile(traits)
    .command({ word: 'enrol', sequence: 'plan', data });
type Tale = ReturnType<typeof given>;
const sent = (tale: Tale) =>
  tale.factsOf('TouchSent').map(({ touch, recordedAt }) => [touch, new Date(recordedAt).toISOString().slice(0, 16)]);
const withheld = (tale: Tale) => tale.factsOf('TouchWithheld').map(({ touch, because }) => [touch, because]);
const march10 = Date.UTC(2026, 2, 10, 15);

describe('a step at a date', () => {
  const reminder = email('reminder', { at: before('startsAt', '1 day') });

  test('is due so long before or after it, and wakes the lead then', () => {
    const plan = sequenceOf(reminder, email('thanks', { at: after('startsAt', '6 hours') }));
    const tale = enrolled(plan, { startsAt: march10 });
    expect(tale.wake()).toBe(march10 - day);
    expect(sent(tale.until(march10 + day))).toEqual([
      ['reminder', '2026-03-09T15:00'],
      ['thanks', '2026-03-10T21:00'],
    ]);
  });

  test('reads the date from the enrolment before the person, as epoch ms, as an instant, or as a day of the person', () => {
    const zone = { zone: 'America/New_York' };
    const when = (data: Readonly<Record<string, string | number>>, traits: Readonly<Record<string, string>>) =>
      sent(enrolled(sequenceOf(reminder), data, traits).until(march10))[0]?.[1];
    expect(when({}, { ...zone, startsAt: '2026-03-05' })).toBe('2026-03-04T05:00');
    expect(when({ startsAt: '2026-03-06T12:00:00+01:00' }, { ...zone, startsAt: '2026-03-05' })).toBe('2026-03-05T11:00');
    expect(when({ startsAt: '2026-03-05T12:00' }, zone)).toBe('2026-03-04T17:00');
    expect(when({ startsAt: '2026-02-30' }, zone)).toBeUndefined();
    expect(when({ startsAt: 'soon' }, zone)).toBeUndefined();
  });

  test('counts days by the calendar of the person, over a change of the clocks', () => {
    const tale = enrolled(
      sequenceOf(email('reminder', { at: before('startsAt', '3 days') })),
      { startsAt: Date.UTC(2026, 2, 30, 7) },
      { zone: 'Europe/Berlin' },
    );
    expect(tale.wake()).toBe(Date.UTC(2026, 2, 27, 8));
  });

  test('waits for a date that is not known, says so, and is planned when it comes', () => {
    const plan = sequenceOf(reminder);
    const tale = enrolled(plan, {}, { zone: 'Etc/UTC' });
    expect(tale.wake()).toBe(monday + 300 * day);
    const said = describeLead(publish({ plans: [plan] }), tale.state(), monday);
    expect(said.details).toContain('"reminder" waits for the date startsAt, which is not known.');
    expect(said.attributes.waitingFor).toBe('date for reminder');
    expect(tale.profile({ zone: 'Etc/UTC', startsAt: '2026-03-10T15:00' }).wake()).toBe(march10 - day);
  });

  test('moves with the date of the person, either way', () => {
    const tale = enrolled(sequenceOf(reminder), {}, { startsAt: '2026-03-10T15:00' });
    expect(tale.profile({ startsAt: '2026-04-01T15:00' }).wake()).toBe(Date.UTC(2026, 2, 31, 15));
    expect(tale.profile({ startsAt: '2026-02-01T15:00' }).wake()).toBe(Date.UTC(2026, 0, 31, 15));
  });
});

describe('a moment that has passed', () => {
  test('before its turn came leaves the step out, and says why', () => {
    const tale = enrolled(sequenceOf(email('reminder', { at: before('startsAt', '1 day') }), email('next', { after: '1 day' })), {
      startsAt: monday + 5 * hour,
    });
    expect(withheld(tale)).toEqual([['reminder', 'past']]);
    expect(sent(tale.until(monday + 2 * day))).toEqual([['next', '2026-01-06T10:00']]);
  });

  test('sends it at once where the plan says so', () => {
    const tale = enrolled(sequenceOf(email('reminder', { at: before('startsAt', '1 day'), ifPast: 'now' })), {
      startsAt: monday + 5 * hour,
    });
    expect(tale.sends().map(({ touch }) => touch)).toEqual(['reminder']);
  });

  test('sends it at the next local time where it has one', () => {
    const late = email('late', { at: before('startsAt', '9 days'), on: 'Wednesday 9:00', ifPast: 'now' });
    expect(sent(enrolled(sequenceOf(late), { startsAt: monday + 5 * day }).until(monday + 9 * day))).toEqual([
      ['late', '2026-01-07T09:00'],
    ]);
  });

  test('does not go by the step before it: of two at one moment both go', () => {
    const both = sequenceOf(email('a', { at: after('endsAt', '1 hour') }), email('b', { at: after('endsAt', '1 hour') }));
    expect(sent(enrolled(both, { endsAt: monday + 2 * hour }).until(monday + day)).map(([touch]) => touch)).toEqual(['a', 'b']);
  });

  test('was not missed by a step that only waited behind one that was held', () => {
    const plan = sequenceOf(
      email('a', { at: after('endsAt', '13 hours') }),
      email('b', { at: after('endsAt', '15 hours') }),
      email('c', { after: '1 hour' }),
    );
    const tale = given(publish({ plans: [plan], settings: { cap: { touches: 50, per: '1 day' } } }), ada.leadId)
      .profile({ zone: 'Etc/UTC' })
      .command({ word: 'enrol', sequence: 'plan', data: { endsAt: monday } });
    tale.until(monday + day);
    expect(tale.factsOf('TouchHeld').map(({ touch, because }) => [touch, because])).toEqual([['a', 'quiet-hours']]);
    expect(sent(tale)).toEqual([
      ['a', '2026-01-06T08:00'],
      ['b', '2026-01-06T08:00'],
      ['c', '2026-01-06T09:00'],
    ]);
  });

  test('takes in what an overslept decision finds due, one after the other', () => {
    const plan = sequenceOf(email('a', { at: after('endsAt', '1 hour') }), email('b', { at: after('endsAt', '2 hours') }));
    const tale = enrolled(plan, { endsAt: monday }).after('8 hours').delivered().delivered();
    expect([sent(tale).map(([touch]) => touch), withheld(tale)]).toEqual([['a', 'b'], []]);
  });

  test('ends the hold of a step before a date: a reminder never follows what it reminds of', () => {
    const plan = sequenceOf(email('first', { after: '0 minutes' }), email('reminder', { at: before('startsAt', '1 day') }));
    const tale = given(publish({ plans: [plan], settings: { ...noQuiet, cap: { touches: 1, per: '7 days' } } }), ada.leadId)
      .profile(ada.traits)
      .command({ word: 'enrol', sequence: 'plan', data: { startsAt: monday + 3 * day } });
    tale.until(monday + 8 * day);
    expect([sent(tale).map(([touch]) => touch), withheld(tale)]).toEqual([['first'], [['reminder', 'past']]]);
  });

  test('ends the time in which its send may begin', () => {
    const tale = enrolled(sequenceOf(email('reminder', { at: before('startsAt', '1 hour') })), { startsAt: monday + 5 * hour });
    tale.until(monday + 4 * hour, { hold: true });
    expect(tale.sends()[0]?.notAfter).toBe(monday + 5 * hour);
  });
});

describe('a step at a local time', () => {
  test('goes at the next such moment by the clock of the person', () => {
    const plan = sequenceOf(email('news', { after: '3 days', on: 'Tuesday, Friday 10:00' }), email('more', { on: 'weekdays 9:30' }));
    expect(sent(enrolled(plan, {}, { zone: 'America/New_York' }).until(monday + 14 * day))).toEqual([
      ['news', '2026-01-09T15:00'],
      ['more', '2026-01-12T14:30'],
    ]);
  });

  test('counts from an event or a date as well', () => {
    const plan = sequenceOf(
      email('a', { after: sinceLast(engaged('page.viewed'), '1 day'), on: '10:00' }),
      email('b', { at: before('endsAt', '2 days'), on: 'Thursday 8:00' }),
    );
    const tale = enrolled(plan, { endsAt: Date.UTC(2026, 0, 23) }, { zone: 'Etc/UTC' })
      .after('6 hours')
      .does('page.viewed', { path: '/' });
    expect(sent(tale.until(monday + 20 * day))).toEqual([
      ['a', '2026-01-07T10:00'],
      ['b', '2026-01-22T08:00'],
    ]);
  });

  test('that was held goes later on the same day, else waits for the next such time', () => {
    const plan = sequenceOf(email('first', { after: '0 minutes' }), email('news', { after: '0 minutes', on: 'Tuesday 10:00' }));
    const run = (per: '26 hours' | '3 days') =>
      given(publish({ plans: [plan], settings: { ...noQuiet, cap: { touches: 1, per } } }), ada.leadId)
        .profile({ zone: 'Etc/UTC' })
        .command({ word: 'enrol', sequence: 'plan' })
        .until(monday + 20 * day);
    expect(sent(run('26 hours'))[1]).toEqual(['news', '2026-01-06T12:00']);
    expect(sent(run('3 days'))[1]).toEqual(['news', '2026-01-13T10:00']);
    expect(
      run('3 days')
        .factsOf('TouchHeld')
        .map(({ because }) => because),
    ).toEqual(['cap', 'local-time']);
  });

  test('opens a choice then', () => {
    const plan = sequenceOf(
      choose('fork', { at: after('endsAt', '1 hour'), on: '12:00', arms: { a: { when: field('data.endsAt').known(), touches: [] } } }),
    );
    const tale = enrolled(plan, { endsAt: monday }, { zone: 'Etc/UTC' });
    expect(tale.wake()).toBe(monday + 2 * hour);
    expect(
      tale
        .until(monday + 2 * hour)
        .factsOf('BranchTaken')
        .map(({ arm }) => arm),
    ).toEqual(['a']);
  });
});

describe('a step after the newest event', () => {
  const plan = {
    ...sequenceOf(email('still-there', { after: sinceLast(engaged('cart.updated', { same: 'cart' }), '2 hours') })),
    key: 'cart',
  };

  test('is put off by each further one, and only by those that count', () => {
    const tale = enrolled(plan, { cart: 'c1' });
    tale.does('cart.updated', { cart: 'c1', value: 5 }).after('1 hour').does('cart.updated', { cart: 'c1', value: 7 });
    expect(tale.wake()).toBe(monday + 3 * hour);
    tale.after('30 minutes').does('cart.updated', { cart: 'other', value: 7 });
    expect(tale.wake()).toBe(monday + 3 * hour);
    expect(sent(tale.until(monday + day))).toEqual([['still-there', '2026-01-05T13:00']]);
  });

  test('is not brought forward by one that arrives late', () => {
    const tale = enrolled(plan, { cart: 'c1' }).after('1 hour').does('cart.updated', { cart: 'c1', value: 5 });
    expect(tale.does('cart.updated', { cart: 'c1', value: 1 }, { at: monday + 1 }).wake()).toBe(monday + 3 * hour);
  });

  test('waits for the newest of any, and for all of all', () => {
    const two = {
      any: sequenceOf(email('x', { after: sinceLast(anyOf, '1 hour') })),
      all: sequenceOf(email('x', { after: sinceLast(allOf, '1 hour') })),
    };
    for (const kind of ['any', 'all'] as const) {
      const tale = enrolled(two[kind]).does('page.viewed', { path: '/' });
      expect(tale.wake()).toBe(kind === 'any' ? monday + hour : monday + 300 * day);
      expect(tale.after('30 minutes').does('app.login').wake()).toBe(monday + 1.5 * hour);
      expect(tale.after('15 minutes').does('page.viewed', { path: '/b' }).wake()).toBe(monday + 1.75 * hour);
    }
  });
});
const events = [engaged('page.viewed'), engaged('app.login')] as const;
const anyOf = { kind: 'any', of: events } as const;
const allOf = { kind: 'all', of: events } as const;

test('faults of times are found all at once, with their places', () => {
  const touches = [
    { channel: 'email', id: 'a', purpose: 'marketing' },
    { channel: 'email', id: 'b', purpose: 'marketing', after: '1 day', at: before('endsAt', '1 dy' as '1 day') },
    { channel: 'email', id: 'c', purpose: 'marketing', after: '1 day', ifPast: 'now', on: 'Tusday 10:00' },
    { channel: 'email', id: 'd', purpose: 'marketing', at: { ...after('the end', '1 day') }, ifPast: 'later' },
    { channel: 'email', id: 'e', purpose: 'marketing', after: sinceLast({ kind: 'score', atLeast: 3 }, '1 day') },
  ];
  const plan = { ...sequenceOf(), phases: { start: { touches, advance: [], exhaustedAfter: '1 day' } } };
  expect(faultsOf(plan as unknown as Plan).map(({ path, says }) => `${path}: ${says}`)).toEqual([
    'phases.start.touches[0].after: is missing; say when the touch is due',
    `phases.start.touches[1].at.span: "1 dy" is no span; write for example '3 days' or '15 minutes'`,
    'phases.start.touches[1].at: says when the step is due, and so does after; keep one of them',
    `phases.start.touches[2].on: "Tusday 10:00" is no local time; write for example '10:00', 'Tuesday 10:00' or 'weekdays 9:30'`,
    'phases.start.touches[2].ifPast: only says something with at',
    `phases.start.touches[3].at.field: "the end" is no field; name one of the enrolment's data or of the person, for example 'endsAt'`,
    `phases.start.touches[3].ifPast: must be 'skip' or 'now', not "later"`,
    'phases.start.touches[4].after.of: sinceLast counts from the newest event; write engaged(...), or all(...) or any(...) of such',
  ]);
});
