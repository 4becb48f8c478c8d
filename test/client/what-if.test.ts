/** `ripen what-if` over a small world: the sums of what happened and what would have, and who would fare differently. */
import { artefactOf, refOf } from '../../events/digest';
import type { Reply } from '../../events/requests';
import { publishedView } from '../../client/published';
import type { Plan } from '../../workflows/core';
import { defineSequence, email, score } from '../../workflows/core/words';
import { given } from '../support/given';
import { people } from '../support/people';
import { nowAt, ripen } from './fake-context';
import type { World } from './fake-context';
import { fits, published } from './small-world';

const day = 86_400_000;
const planOf = (version: number, at: number): Plan =>
  defineSequence({
    id: 'season',
    version,
    model: 'b2b-points',
    handOff: [{ name: 'keen', when: score.atLeast(at), sla: { contact: '24 hours' } }],
    phases: { only: { touches: [email('hello', { after: '0 minutes' }), email('story', { after: '2 days' })], exhaustedAfter: '60 days' } },
  });
const listed = (plan: Plan, current: boolean): Reply<'published'>['artefacts'][number] => {
  const { kind, id, version, digest, body } = artefactOf('plan', plan);
  return { kind, ref: refOf(id, version, digest), publishedAt: 1, current, body };
};
const [one, two] = [listed(planOf(1, 90), true), listed(planOf(2, 15), true)];
const began = nowAt - 10 * day;
/** Fills in one form, worth 20 points, and is not handed off, because 90 are asked for. */
const facts = (() => {
  const view = publishedView([...published, one]);
  if (view === undefined) throw new Error('the small world holds no settings');
  const tale = given(view, people.ada.leadId, began).profile(people.ada.traits).command({ word: 'enrol', sequence: 'season' });
  return tale
    .until(began + 3 * day)
    .does('form.submitted', { form: 'guide' })
    .until(nowAt)
    .history();
})();
const world: World = {
  facts,
  people: { published: () => ({ artefacts: [...published, one, two] }) },
  stream: () => ({ state: { subjects: { 'facts.lead.lead-ada': facts.length } }, total: 1 }),
};
const since = new Date(began - day).toISOString();

test('says who would have been handed to sales, and that the method itself is right', async () => {
  const { exit, out, commands } = await ripen(world, 'what-if', '--sequence', 'season@2', '--since', since);
  expect([exit, commands]).toEqual([0, []]);
  expect(out).toContain('Run again as it was, 1 of 1 people come out as they did.');
  expect(out).toMatch(/hand-offs +0 +0 +1/);
  expect(out).toMatch(/lead-ada +would be handed off by keen/);
  fits(out);
});

test('gives the same as one line of JSON', async () => {
  const { json } = await ripen(world, 'what-if', '--sequence', 'season@2', '--since', since, '--json');
  expect(json).toMatchObject({ was: { leads: 1, mails: 2, handOffs: 0 }, would: { handOffs: 1 }, sameAsHappened: 1, skipped: 0 });
});

test('leaves out who was never on the sequence', async () => {
  const elsewhere = defineSequence({
    id: 'other',
    version: 1,
    model: 'b2b-points',
    phases: { only: { touches: [], exhaustedAfter: '1 day' } },
  });
  const { out } = await ripen(
    { ...world, people: { published: () => ({ artefacts: [...published, one, listed(elsewhere, true)] }) } },
    'what-if',
    '--sequence',
    'other@1',
    '--since',
    since,
  );
  expect(out).toContain('Nobody was concerned.');
});

test.each([
  [['--since', since], 'Say what to try'],
  [['--sequence', 'season@2', '--settings', '--since', since], 'Say what to try'],
  [['--sequence', 'season@2', '--since', '2199-01-01'], 'lies in the future'],
  [['--sequence', 'season@2', '--since', 'yesterday'], 'is no date'],
])('%j is wrong usage', async (words, says) => {
  const { exit, err } = await ripen(world, 'what-if', ...words);
  expect([exit, err]).toEqual([2, expect.stringContaining(says)]);
});

test('a version nobody knows is no such thing', async () =>
  expect((await ripen(world, 'what-if', '--sequence', 'season@9', '--since', since)).exit).toBe(3));
