/** What marketing sees of an audience: how many, who, why; and names for questions. */
import { asha, ripen } from './fake-context';
import type { World } from './fake-context';
import { fits } from './small-world';
import { Refusal } from '../../client/refusal';

const world: World = {
  people: {
    audienceCount: ({ query }) => ({
      query: query === 'warm' ? 'score >= 30 and industry = finance' : query,
      people: 400,
      matched: 12,
      mailable: 9,
      joined: query.includes(' or ') ? 'or' : 'and',
      parts: [
        { said: 'score >= 30', holds: 40, left: 40 },
        { said: 'industry = finance', holds: 60, left: 12 },
      ],
    }),
    audienceSample: () => ({ matched: 12, people: [{ ...asha, stage: 'decision', score: 71, grade: 'B' }] }),
    audienceWhy: ({ query }) => ({
      holds: false,
      query,
      parts: [
        { said: 'score >= 30', holds: true, seen: '71' },
        { said: 'industry = finance', holds: false },
      ],
    }),
    audienceSave: ({ query }) => ({ saved: query !== undefined, before: 'score >= 20' }),
    audiences: () => ({ audiences: [{ name: 'warm', query: 'score >= 30', says: 'worth a call', by: 'olga' }] }),
    audienceFields: () => ({
      fields: [
        { name: 'stage', type: 'text', says: 'how far the person is', values: ['awareness', 'consideration', 'decision', 'customer'] },
      ],
      names: { segment: [], persona: [], sequence: ['daily'], content: ['pricing'], list: ['fair'], campaign: [] },
    }),
  },
};

test('count says how many, how many may be mailed, and what each condition leaves; a name is shown with its question', async () => {
  const { out, exit } = await ripen(world, 'audience', 'count', 'warm');
  fits(out);
  expect(exit).toBe(0);
  expect(out).toMatch(/12 people of 400; marketing mail may go to 9 of them\.[^]+The question: score >= 30 and industry = finance/);
  expect(out).toMatch(/are left[^]+industry = finance +60 +12/);
  expect((await ripen(world, 'audience', 'count', 'score >= 30 or industry = finance')).out).toContain('together');
});

test('sample shows people by name with stage, score and grade, and keeps names out of the line for programs', async () => {
  const { out } = await ripen(world, 'audience', 'sample', 'score >= 30', '--people', '5');
  expect(out).toMatch(/Asha Rao[^\n]+decision +71 +B/);
  const { json } = await ripen(world, 'audience', 'sample', 'score >= 30', '--json');
  expect(json['people']).toEqual([{ leadId: asha.leadId, stage: 'decision', score: 71, grade: 'B' }]);
});

test('why says of each condition whether it holds and what is known', async () => {
  const { out } = await ripen(world, 'audience', 'why', asha.email ?? '', 'score >= 30 and industry = finance');
  fits(out);
  expect(out).toMatch(/is not in it\.[^]+score >= 30 +yes +71[^]+industry = finance +no +nothing/);
});

test('save keeps a question and says what it was before; --forget forgets it; one of both is needed', async () => {
  expect((await ripen(world, 'audience', 'save', 'warm', 'score >= 30')).out).toMatch(/Kept as warm\. Before it was: score >= 20/);
  expect((await ripen(world, 'audience', 'save', 'warm', '--forget')).out).toContain('Forgotten: warm.');
  expect((await ripen(world, 'audience', 'save', 'warm')).exit).toBe(2);
  expect((await ripen(world, 'audience', 'save', 'warm', 'score >= 30', '--forget')).exit).toBe(2);
});

test('fields and list fit the terminal', async () => {
  const [fields, list] = [await ripen(world, 'audience', 'fields'), await ripen(world, 'audience', 'list')];
  fits(fields.out);
  fits(list.out);
  expect(fields.out).toMatch(/stage +text +how far the person is +awareness, consideration/);
  expect(list.out).toMatch(/warm +score >= 30 +worth a call +olga/);
});

test('a question with a fault is refused in a sentence with its place', async () => {
  const wrong: World = {
    people: {
      audienceCount: () => {
        throw new Refusal('At column 3: there is no field "stge"; did you mean "stage"?.', 1, 'query-wrong');
      },
    },
  };
  const { exit, err } = await ripen(wrong, 'audience', 'count', 'stge = awareness');
  expect([exit, err]).toEqual([1, expect.stringContaining('did you mean "stage"')]);
});
