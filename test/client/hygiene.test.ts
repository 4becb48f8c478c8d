/** A list is looked at often: whom it does not reach, who is silent, what a year costs, and the way back. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conditionOf, lossOf, type Condition } from '../../client/hygiene';
import type { StoredPerson } from '../../client/people-pages';
import { nowAt, ripen, type World } from './fake-context';

const day = 86_400_000;
const limits = { now: nowAt, toEngine: (at: number) => at, silentMs: 180 * day, mails: 5 };
const person = (more: Partial<StoredPerson>): StoredPerson => ({
  leadId: 'ld_a',
  email: 'a@x.example',
  fields: {},
  customer: false,
  consent: 'granted',
  knownAt: nowAt - 400 * day,
  mails: 0,
  sequences: [],
  ...more,
});

test.each<[string, Partial<StoredPerson>, Condition]>([
  ['whose address bounced', { suppressed: 'bounce', engagedAt: nowAt }, 'bounced'],
  ['who complained', { suppressed: 'complaint' }, 'complained'],
  ['who opted out', { suppressed: 'opt-out' }, 'opted-out'],
  ['who withdrew consent', { consent: 'withdrawn' }, 'opted-out'],
  ['of a blocked domain', { suppressed: 'operator' }, 'blocked'],
  ['mailed five times without a sign of life', { mails: 5 }, 'never-engaged'],
  ['mailed once, a year ago', { mails: 1 }, 'unengaged'],
  ['never mailed', {}, 'fine'],
  ['active 200 days ago', { mails: 9, engagedAt: nowAt - 200 * day }, 'unengaged'],
  ['active 100 days ago', { mails: 9, engagedAt: nowAt - 100 * day }, 'fine'],
])('somebody %s', (_, more, condition) => expect(conditionOf(person(more), limits)).toBe(condition));

test('somebody without an address is reached otherwise', () => {
  const { email: _, ...rest } = person({});
  expect(conditionOf(rest, limits)).toBe('unreachable');
});

test('what is lost in a month is taken to a year by months, not by adding up', () => {
  expect(lossOf(25, 100, 365).perYear).toBeCloseTo(0.25);
  expect(lossOf(25, 100, 800)).toMatchObject({ overDays: 365, lost: 25 });
  expect(lossOf(10, 100, 36.5 * 5).perYear).toBeCloseTo(0.19, 2);
  expect(lossOf(0, 0, 0).perYear).toBe(0);
});

describe('ripen hygiene', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ripen-hygiene-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const people = [
    person({ leadId: 'ld_1', suppressed: 'bounce' }),
    person({ leadId: 'ld_2', mails: 9, fields: { firstName: 'Ann' } }),
    person({ leadId: 'ld_3', engagedAt: nowAt - day }),
  ];
  const world: World = { people: { peoplePage: () => ({ people }), lost: () => ({ lost: 1, sinceAt: nowAt - 365 * day }) } };

  test('counts everybody under one condition and changes nothing', async () => {
    const out = join(folder, 'out.csv');
    const { exit, json, commands, err } = await ripen(world, 'hygiene', '--out', out, '--json');
    expect([exit, commands]).toEqual([0, []]);
    expect(json).toMatchObject({ people: 3, bounced: 1, 'never-engaged': 1, fine: 1, loss: { lost: 1 } });
    expect(err).toContain('1 person could be asked whether it is still of use');
    expect(readFileSync(out, 'utf8')).toContain('ld_2,a@x.example,Ann,never-engaged,,,9');
  });

  test('puts the silent into a sequence only when told so', async () => {
    expect((await ripen(world, 'hygiene', '--sequence', 'wake-up')).exit).toBe(2);
    expect((await ripen(world, 'hygiene', '--sequence', 'wake-up', '--dry-run')).commands).toEqual([]);
    const { commands, json } = await ripen(world, 'hygiene', '--sequence', 'wake-up', '--yes', '--json');
    expect(commands).toMatchObject([{ leadId: 'ld_2', command: { command: { word: 'enrol', sequence: 'wake-up' } } }]);
    expect(json['started']).toBe(1);
    expect((await ripen(world, 'hygiene', '--silent', 'long')).exit).toBe(2);
  });
});
