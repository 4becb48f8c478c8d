/** Audiences mean of people what conditions in sequences mean of them, whatever was asked and whoever they are. */
import fc from 'fast-check';
import { everybody } from '../../activities/people/audience';
import { compiler } from '../../activities/people/audience/compile';
import { queryOf } from '../../activities/people/audience/conditions';
import { knownTo } from '../../activities/people/audience/known';
import type { Code } from '../../events/stripped';
import type { Condition } from '../../workflows/core';
import { createKeys, nodeOf } from '../../workflows/core/compile-condition';
import { holds, personAt } from '../../workflows/core/conditions';
import { given } from '../support/given';
import { audienceStore, published } from './audience-store';
import type { AudienceStore, Lived } from './audience-store';

const day = 86_400_000;
let store: AudienceStore;

beforeAll(async () => {
  store = await audienceStore();
});
afterAll(() => store.db.close());

type Life = {
  readonly traits: Readonly<Record<string, Code>>;
  readonly consent: boolean;
  readonly deeds: readonly number[];
  readonly enrols: boolean;
};
const lives = fc.record({
  traits: fc.record(
    {
      industry: fc.constantFrom('software', 'finance', 'health'),
      seniority: fc.constantFrom('owner', 'manager', 'other'),
      country: fc.constantFrom('de', 'us'),
      source: fc.constantFrom('fair', 'webinar'),
      need: fc.constantFrom('urgent', 'some', 'none'),
    },
    { requiredKeys: [] },
  ),
  consent: fc.boolean(),
  deeds: fc.array(fc.nat(4), { maxLength: 12 }),
  enrols: fc.boolean(),
});
const events: readonly (readonly [string, Readonly<Record<string, Code>>])[] = [
  ['page.viewed', { path: '/pricing' }],
  ['form.submitted', { form: 'demo' }],
  ['rep.noted', { pain: 7 }],
  ['email.clicked', {}],
  ['demo.booked', {}],
];

let people = 0;
/** Lived by the core, then in the store as the roles would have it. */
async function put({ traits, consent, deeds, enrols }: Life): Promise<Lived> {
  const leadId = `lead-${(people += 1)}`;
  const tale = given(published, leadId).profile(traits, { email: consent ? 'granted' : 'none' });
  if (enrols) tale.command({ word: 'enrol', sequence: 'daily' });
  for (const deed of deeds) tale.after('9 days').does(...(events[deed] ?? ['page.viewed', {}]));
  await store.know(leadId, traits, consent);
  return { leadId, tale };
}

const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.integer({ min: 1, max: 100 }).map((atLeast): Condition => ({ kind: 'score', atLeast })),
  fc.constantFrom('A', 'B', 'C', 'D').map((atLeast): Condition => ({ kind: 'grade', atLeast })),
  fc.integer({ min: 1, max: 10 }).map((atLeast): Condition => ({ kind: 'pain', atLeast })),
  fc.integer({ min: 1, max: 10 }).map((atLeast): Condition => ({ kind: 'fit', atLeast })),
  fc.constantFrom('hot', 'warm', 'cold').map((is): Condition => ({ kind: 'temperature', is })),
  fc.constantFrom('awareness', 'consideration', 'decision').map((atLeast): Condition => ({ kind: 'stage', atLeast })),
  fc.constantFrom('suspect', 'lead', 'mql', 'sql').map((is): Condition => ({ kind: 'qualification', is })),
  fc.constantFrom('industry', 'country', 'source').map((field): Condition => ({ kind: 'field', field })),
  fc.constantFrom('urgent', 'none').map((test): Condition => ({ kind: 'field', field: 'need', test })),
  fc.constantFrom('software', 'finance').map((test): Condition => ({ kind: 'field', field: 'industry', test })),
  fc.constant<Condition>({ kind: 'field', field: 'country', test: { oneOf: ['de', 'fr'] } }),
  fc.constant<Condition>({ kind: 'consent', channel: 'email' }),
  fc.constant<Condition>({ kind: 'segment', name: 'keen' }),
  fc
    .record({ points: fc.integer({ min: 1, max: 60 }), days: fc.integer({ min: 1, max: 120 }) })
    .map(({ points, days }): Condition => ({ kind: 'gained', points, within: `${days} days` })),
  fc.integer({ min: 1, max: 150 }).map((days): Condition => ({ kind: 'silentFor', span: `${days} days` })),
  fc.integer({ min: 1, max: 99 }).map((percent): Condition => ({ kind: 'cohort', name: 'pilot', percent })),
);
const conditions = fc.letrec<{ one: Condition }>((tie) => ({
  one: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.array(tie('one'), { minLength: 1, maxLength: 3 }).map((of): Condition => ({ kind: 'all', of })),
    fc.array(tie('one'), { minLength: 1, maxLength: 3 }).map((of): Condition => ({ kind: 'any', of })),
    tie('one').map((of): Condition => ({ kind: 'not', of })),
  ),
})).one;

test('a condition finds in the store whom it holds for in the core, on the day and a hundred days later', async () => {
  const lived = await Promise.all((fc.sample(lives, { numRuns: 60, seed: 11 }) as Life[]).map(put));
  const { db } = store;
  for (const later of [0, 100 * day]) {
    const now = Math.max(...lived.map(({ tale }) => tale.now())) + later;
    await db.query('delete from lead_summary');
    await db.query('update projection_checkpoint set seq = 0');
    await store.project(lived, now);
    const known = await knownTo(db);
    await fc.assert(
      fc.asyncProperty(conditions, async (condition) => {
        const made = compiler(known, now);
        const sql = made.holds(queryOf(condition, { at: 1, said: 'it' }, known));
        const { rows } = await db.query<{ id: string }>(`select l.id ${everybody(sql)} and ${sql}`, [...made.values]);
        const node = nodeOf(condition, createKeys(), false);
        const expected = lived.filter(({ tale }) => {
          return holds(node, { ...personAt(published, tale.state(), now), model: 'b2b-points' });
        });
        expect(rows.map(({ id }) => id).sort()).toEqual(expected.map(({ leadId }) => leadId).sort());
      }),
      { numRuns: 150 },
    );
  }
}, 120_000);
