/** Steps at local times and after the newest event, and the faults of all times. */
import { after, before, choose, email, engaged, field, sinceLast } from '../../workflows/core/words';
import { faultsOf } from '../../workflows/core';
import type { Plan } from '../../workflows/core';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';
import { day, enrolled, hour, noQuiet, sent, sequenceOf } from './timed-plans';

const { ada } = people;

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
