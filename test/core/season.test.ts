/** A sequence may begin and end by the calendar of the person. */
import { defineSequence, email, engaged, field } from '../../workflows/core/words';
import { faultsOf } from '../../workflows/core';
import type { Plan } from '../../workflows/core';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';
import { day, noQuiet } from './timed-plans';

const { ada } = people;

describe('a sequence with a beginning and an end', () => {
  const season = defineSequence({
    id: 'season',
    version: 1,
    model: 'b2b-points',
    on: engaged('page.viewed'),
    reenter: 'always',
    from: '2026-01-06',
    until: '2026-01-10',
    phases: { start: { touches: [email('offer', { after: '30 days', when: field('zone').known() })], exhaustedAfter: '60 days' } },
  });
  const at = (moment: number, zone: string) =>
    given(publish({ plans: [season], settings: noQuiet }), ada.leadId, moment)
      .profile({ zone })
      .does('page.viewed', { path: '/' });

  test('takes nobody before its first day of the person, and nobody after its last', () => {
    expect(at(Date.UTC(2026, 0, 5, 23, 59), 'Etc/UTC').factsOf('Enrolled')).toEqual([]);
    expect(at(Date.UTC(2026, 0, 5, 23, 59), 'Europe/Berlin').factsOf('Enrolled')).toHaveLength(1);
    expect(at(Date.UTC(2026, 0, 10, 23, 59), 'Etc/UTC').factsOf('Enrolled')).toHaveLength(1);
    expect(at(Date.UTC(2026, 0, 11), 'Etc/UTC').factsOf('Enrolled')).toEqual([]);
  });

  test('says so to whoever asks', () => {
    const answer = (moment: number) =>
      at(moment, 'Etc/UTC').command({ word: 'enrol', sequence: 'season' }).factsOf('CommandRecorded')[0]?.answer.says;
    expect(answer(monday)).toBe('season takes nobody before 2026-01-06.');
    expect(answer(monday + 30 * day)).toBe('season took people until 2026-01-10.');
  });

  test('lets go of whoever is in it when it ends: the wake is that moment', () => {
    const tale = at(Date.UTC(2026, 0, 7), 'America/New_York');
    expect(tale.wake()).toBe(Date.UTC(2026, 0, 11, 5));
    expect(
      tale
        .until(Date.UTC(2026, 0, 11, 5))
        .factsOf('EnrolmentEnded')
        .map(({ because }) => because),
    ).toEqual(['the sequence ended (2026-01-10)']);
  });

  test('is refused where its dates cannot be', () => {
    const faults = (changed: Partial<Plan>) => faultsOf({ ...season, ...changed }).map(({ path, says }) => `${path}: ${says}`);
    expect(faults({ from: '2026-02-30', until: 'Christmas' })).toEqual([
      `from: "2026-02-30" is no date; write for example '2026-12-24', or with a time '2026-12-24T18:00'`,
      `until: "Christmas" is no date; write for example '2026-12-24', or with a time '2026-12-24T18:00'`,
    ]);
    expect(faults({ from: '2026-02-01' })).toEqual(['until: "2026-01-10" is not after from, "2026-02-01"']);
    expect(faults({ updates: [], key: 'the key' }).map((fault) => fault.split(':')[0])).toEqual(['updates', 'key']);
  });
});
