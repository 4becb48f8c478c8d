/** `ripen score what-if` and `ripen score apply` over a small world: who crosses, hand-offs a week, bands, and everybody counted again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { artefactOf, refOf } from '../../events/digest';
import type { Artefact } from '../../events/requests';
import { publishedView } from '../../client/published';
import { defineSequence, score } from '../../workflows/core/words';
import type { Fact, PointsModel } from '../../workflows/core';
import { asFile } from '../../workflows/settings/edit-points';
import { given } from '../support/given';
import { nowAt, ripen } from './fake-context';
import type { World } from './fake-context';
import { artefacts, fits } from './small-world';

const day = 86_400_000;
const began = nowAt - 60 * day;
const folder = mkdtempSync(join(tmpdir(), 'change-'));
afterAll(() => rmSync(folder, { recursive: true }));

const season = defineSequence({
  id: 'season',
  version: 1,
  model: 'b2b-points',
  handOff: [{ name: 'keen', when: score.atLeast(40), sla: { contact: '24 hours' } }],
  phases: { only: { touches: [], exhaustedAfter: '90 days' } },
});
const model = artefacts.find(({ kind }) => kind === 'model')?.body as PointsModel;
const generous: PointsModel = { ...model, version: 2, mqlAt: 50, rules: model.rules.map((rule) => ({ ...rule, points: 55 })) };
const listed = (artefact: Artefact, current = true) => {
  const { kind, id, version, digest, body } = artefact;
  return { kind, ref: refOf(id, version, digest), publishedAt: 1, current, body };
};
const old = [...artefacts.map((one) => listed(one)), listed(artefactOf('plan', season))];
const inForce = [...old.map((one) => (one.kind === 'model' ? { ...one, current: false } : one)), listed(artefactOf('model', generous))];

/** Every third person fills in a form, worth 20 points, twenty days in. */
function life(number: number): readonly Fact[] {
  const view = publishedView(old);
  if (view === undefined) throw new Error('the small world holds no settings');
  const tale = given(view, `lead-${number}`, began).command({ word: 'enrol', sequence: 'season' }).after('20 days');
  return (number % 3 === 0 ? tale.does('form.submitted', { form: 'guide' }) : tale.does('page.viewed', { path: '/' })).history();
}
const lives = Array.from({ length: 6 }, (_, number) => life(number));
function worldOf(published: typeof old): World {
  let next = 0;
  return {
    factsOf: () => lives[next++ % lives.length] ?? [],
    people: { published: () => ({ artefacts: published }), cards: () => ({ people: [] }) },
    stream: () => ({ state: { subjects: Object.fromEntries(lives.map((_, at) => [`facts.lead.lead-${at}`, 1])) }, total: lives.length }),
  };
}
const file = join(folder, 'my-points.yaml');
writeFileSync(file, asFile(generous));
const since = new Date(began - day).toISOString();

describe('score what-if', () => {
  test('says who would cross, the hand-offs of the first day and a week, and the bands before and after', async () => {
    const { exit, out, commands } = await ripen(worldOf(old), 'score', 'what-if', '--model', file, '--since', since);
    expect([exit, commands]).toEqual([0, []]);
    fits(out);
    expect(out).toContain('2 people would cross to MQL');
    expect(out).toMatch(/lead-0 +20 to 55 +D to D +warm to warm/);
    expect(out).toMatch(/51-60 +0 +2 +#+/);
    expect(out).toMatch(/in the first day +0 +0/);
    expect(out).toContain('Run again as it was, 6 of 6 people');
  });
  test('from later on, those who are over the mark already come in one wave', async () => {
    const later = new Date(nowAt - 14 * day).toISOString();
    const { json } = await ripen(worldOf(old), 'score', 'what-if', '--model', file, '--since', later, '--json');
    expect(json).toMatchObject({
      people: 6,
      handOffs: { firstDay: { was: 0, would: 2 }, perWeek: { was: 0, would: 0 } },
      up: [{ leadId: 'lead-0' }, { leadId: 'lead-3' }],
      down: [],
    });
  });
  test('takes a published version by its name', async () => {
    const { exit, out } = await ripen(worldOf(inForce), 'score', 'what-if', '--model', 'b2b-points@1', '--since', since);
    expect([exit, out.includes('Nobody') || out.includes('0 people would cross to MQL.')]).toEqual([0, true]);
  });
  test('a file that is no model, a faulty one and a name that is none are refused in a sentence', async () => {
    const faulty = join(folder, 'faulty.yaml');
    writeFileSync(faulty, asFile({ ...generous, mqlAt: 500 }));
    expect(await ripen(worldOf(old), 'score', 'what-if', '--model', faulty, '--since', since)).toMatchObject({
      exit: 1,
      err: expect.stringContaining('mqlAt: must be 1 to 100') as string,
    });
    expect((await ripen(worldOf(old), 'score', 'what-if', '--model', 'none', '--since', since)).exit).toBe(3);
    expect((await ripen(worldOf(old), 'score', 'what-if', '--model', file, '--since', '2099-01-01')).exit).toBe(2);
  });
});

describe('score apply', () => {
  test('must be told what may follow', async () => {
    expect((await ripen(worldOf(inForce), 'score', 'apply')).exit).toBe(2);
    expect((await ripen(worldOf(inForce), 'score', 'apply', '--quietly', '--and-follow')).exit).toBe(2);
  });
  test('a dry run says whose score would change, and asks nobody', async () => {
    const { exit, out, commands } = await ripen(worldOf(inForce), 'score', 'apply', '--dry-run');
    expect([exit, commands]).toEqual([0, []]);
    fits(out);
    expect(out).toMatch(/Would be counted again by b2b-points@2: 2 people of 6/);
    expect(out).toMatch(/lead-0 +20 +55/);
  });
  test('asks those leads alone, with an id that is the same when it is repeated', async () => {
    const [once, twice] = [
      await ripen(worldOf(inForce), 'score', 'apply', '--quietly', '--json'),
      await ripen(worldOf(inForce), 'score', 'apply', '--quietly'),
    ];
    expect(once.json).toMatchObject({ ok: true, model: 'b2b-points@2', people: 6, changed: 2, refused: [] });
    expect(once.commands.map(({ leadId, command }) => [leadId, command.command])).toEqual([
      ['lead-0', { word: 'rescore', model: 'b2b-points', quiet: true }],
      ['lead-3', { word: 'rescore', model: 'b2b-points', quiet: true }],
    ]);
    expect(twice.commands.map(({ command }) => command.id)).toEqual(once.commands.map(({ command }) => command.id));
  });
  test('where everybody is scored by it already nobody is asked', async () => {
    const { out, commands } = await ripen(worldOf(old), 'score', 'apply', '--and-follow');
    expect([commands, out.includes('0 people of 6')]).toEqual([[], true]);
  });
  test('what a lead refuses is said, and the exit is 1', async () => {
    const { exit, json } = await ripen(
      { ...worldOf(inForce), answer: { ok: false, says: 'Not now.' } },
      'score',
      'apply',
      '--and-follow',
      '--json',
    );
    expect([exit, json['changed'], (json['refused'] as readonly unknown[]).length]).toEqual([1, 0, 2]);
  });
});
