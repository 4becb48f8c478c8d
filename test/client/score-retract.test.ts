/** `ripen score retract`: what there is to take back, what would follow, and what is asked of the lead. */
import { publishedView } from '../../client/published';
import { given } from '../support/given';
import { artefactOf } from '../../events/digest';
import { defineSequence, score } from '../../workflows/core/words';
import { asha, nowAt, ripen } from './fake-context';
import { fits, published, world as small } from './small-world';

const day = 86_400_000;
const season = artefactOf(
  'plan',
  defineSequence({
    id: 'season',
    version: 1,
    model: 'b2b-points',
    handOff: [{ name: 'keen', when: score.atLeast(40), sla: { contact: '24 hours' } }],
    phases: { only: { touches: [], exhaustedAfter: '90 days' } },
  }),
);
const artefacts = [
  ...published,
  { kind: season.kind, ref: `${season.id}@1#${season.digest}`, publishedAt: 1, current: true, body: season.body },
];
const view = publishedView(artefacts);
if (view === undefined) throw new Error('the small world holds no settings');
const facts = given(view, asha.leadId, nowAt - 9 * day)
  .command({ word: 'enrol', sequence: 'season' })
  .does('form.submitted', { form: 'guide' }, { id: 'firstform01' })
  .after('1 day')
  .does('form.submitted', { form: 'demo' }, { id: 'secondform1' })
  .outcome('h1.assign.1', { as: 'assigned', rep: 'rep-maya' })
  .history();
const world = { ...small, facts, people: { ...small.people, published: () => ({ artefacts }) } };
const retract = (...words: readonly string[]) => ripen(world, 'score', 'retract', asha.leadId, ...words);

test('without an event lists what there is, each with its id and what it counts', async () => {
  const { exit, out, json } = await retract('--json');
  expect([exit, json['events']]).toEqual([
    0,
    [
      expect.objectContaining({ event: 'firstform01', type: 'form.submitted', counted: 20_000, takenBack: false }),
      expect.objectContaining({ event: 'secondform1', counted: 20_000 }),
    ],
  ]);
  expect(out.trimEnd().split('\n')).toHaveLength(1);
  const text = (await retract()).out;
  fits(text);
  expect(text).toMatch(/secondform1 +form\.submitted \(form demo\) +\+20/);
});

test('of many only the newest are listed unless all are asked for', async () => {
  const tale = given(view, asha.leadId, nowAt - 9 * day);
  for (let n = 0; n < 45; n += 1) tale.does('page.viewed', { path: `/p${n}` });
  const many = { ...world, facts: tale.history() };
  const rows = async (...words: readonly string[]) =>
    ((await ripen(many, 'score', 'retract', asha.leadId, ...words)).out.match(/page\.viewed/g) ?? []).length;
  expect([await rows(), await rows('--all')]).toEqual([40, 45]);
  expect((await ripen(many, 'score', 'retract', asha.leadId)).out).toContain('5 older events left out; --all shows them.');
});

test('a dry run says the score, the hand-off that would be withdrawn and the lifecycle, and changes nothing', async () => {
  const { exit, out, commands } = await retract('secondform1', '--dry-run', '--because', 'a mail gateway');
  fits(out);
  expect([exit, commands]).toEqual([0, []]);
  const says = out.replaceAll(/\s+/g, ' ');
  expect(says).toContain('form.submitted is taken back. The score was 40 and is 20.');
  expect(says).toContain('Hand-off 1 withdrawn (form.submitted was taken back (a mail gateway))');
  expect(says).toContain('Lifecycle stage lead');
});

test('asks the lead, with who and why', async () => {
  const { exit, commands, json } = await retract('secondform1', '--because', 'a mail gateway', '--json');
  expect([exit, json]).toEqual([0, { ok: true, lead: asha.leadId, event: 'secondform1', was: 'form.submitted', says: 'Done.' }]);
  expect(commands).toEqual([
    {
      leadId: asha.leadId,
      command: expect.objectContaining({
        command: { word: 'retract', event: 'secondform1' },
        by: 'olga',
        because: 'a mail gateway',
      }) as unknown,
    },
  ]);
});

test.each([
  ['an event that is not there', ['nosuchevent', '--because', 'x'], 3, 'Nothing of the id nosuchevent'],
  ['no reason', ['secondform1'], 2, '--because'],
])('answers %s with a sentence, and asks nothing', async (_, words, exit, says) => {
  const ran = await retract(...words);
  expect([ran.exit, ran.commands]).toEqual([exit, []]);
  expect(ran.err).toContain(says);
});
