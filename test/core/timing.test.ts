/** Steps at dates: due by a date that may move, or left out where the moment has passed. */
import { after, before, email } from '../../workflows/core/words';
import { describeLead } from '../../workflows/core';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';
import { day, enrolled, hour, noQuiet, sent, sequenceOf, withheld } from './timed-plans';

const { ada } = people;
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
