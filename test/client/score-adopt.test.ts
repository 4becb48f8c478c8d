/** `ripen score adopt`: what is published, what it says, and what it refuses. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { artefactOf } from '../../events/digest';
import { schemaOf } from '../../workflows/settings/model-schema';
import type { Settings } from '../../workflows/core';
import { scoringOf } from '../../workflows/core/predict';
import { artefactFromLog } from '../core/predict/from-log';
import { ripen } from './fake-context';
import type { World } from './fake-context';
import { fits, listed, published } from './small-world';

jest.setTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), 'adopt-'));
afterAll(() => rmSync(folder, { recursive: true }));
const artefact = artefactFromLog();
const write = (name: string, body: unknown): string => {
  writeFileSync(join(folder, name), JSON.stringify(body));
  return join(folder, name);
};
const good = write('model.json', artefact);
const worldOf = (there = published): World => ({
  people: { published: () => ({ artefacts: there }), publish: () => ({ results: [] }) },
});
const sentBy = ({
  asked,
}: Awaited<ReturnType<typeof ripen>>): readonly { kind: string; version: number; body: Record<string, unknown> }[] =>
  ((asked.find(({ verb }) => verb === 'publish')?.ask as { artefacts?: never } | undefined)?.artefacts ?? []) as never;

test('the model and settings that name it beside the points are published together, and the sentence says how good it is', async () => {
  const ran = await ripen(worldOf(), 'score', 'adopt', good, '--by', 'maria');
  expect([ran.exit, ran.err]).toEqual([0, '']);
  fits(ran.out);
  expect(ran.out).toMatch(/predicted@1: learnt on .* from [\d,]+ leads/);
  expect(ran.out.replace(/\s+/g, ' ')).toContain('It stands beside b2b-points, which decides.');
  expect(ran.out).toContain('beside: [predicted]');
  const [model, settings] = sentBy(ran);
  expect(schemaOf(model?.body).safeParse(model?.body).success).toBe(true);
  expect(settings).toMatchObject({ kind: 'settings', version: 2, body: { model: 'b2b-points', beside: ['predicted'] } });
});

test('with --decide it takes the place of the points, which stand beside it then', async () => {
  const ran = await ripen(worldOf(), 'score', 'adopt', good, '--decide', '--json');
  expect(ran.json).toMatchObject({ ok: true, decides: true, beside: ['b2b-points'], settings: 'workspace@2' });
});

test('a dry run publishes nothing', async () => {
  const ran = await ripen(worldOf(), 'score', 'adopt', good, '--dry-run');
  expect([ran.exit, ran.asked.map(({ verb }) => verb)]).toEqual([0, ['published']]);
});

const settings = { ...(published.find(({ kind }) => kind === 'settings')?.body as Settings), version: 2, beside: ['predicted'] };
const adopted = [
  ...published.filter(({ kind }) => kind !== 'settings'),
  listed(artefactOf('settings', settings)),
  listed(artefactOf('model', scoringOf(artefact, 'predicted', 1))),
];

test('the same again changes nothing, and a newer one is the next version', async () => {
  const again = await ripen(worldOf(adopted), 'score', 'adopt', good);
  expect([again.out.trim(), sentBy(again)]).toEqual(['It is in the workspace already.', []]);
  const newer = await ripen(worldOf(adopted), 'score', 'adopt', write('newer.json', { ...artefact, createdAt: artefact.createdAt + 1 }));
  expect(sentBy(newer)).toMatchObject([{ kind: 'model', version: 2 }]);
});

test('one that was learnt from too little may stand beside and never decides', async () => {
  const few = write('few.json', { ...artefact, mayDecide: false });
  expect(await ripen(worldOf(), 'score', 'adopt', few, '--decide')).toMatchObject({
    exit: 1,
    err: expect.stringContaining('learnt from too little to decide'),
  });
  expect((await ripen(worldOf(), 'score', 'adopt', few)).out.replace(/\s+/g, ' ')).toContain('learnt from too little to decide itself');
});

test.each<[string, readonly string[], number, RegExp]>([
  [
    'a model of a list',
    [write('list.json', { ...artefact, models: artefact.models.map((one) => ({ ...one, age: 'listed' })) })],
    1,
    /trained on a list and reads columns that no lead has/,
  ],
  ['a file that is not there', [join(folder, 'none.json')], 3, /There is no model/],
  ['the name of a model of points', [good, '--id', 'b2b-points'], 2, /another kind of model; take a name of its own/],
  ['a name that is none', [good, '--id', 'Ours!'], 2, /is no name/],
])('%s is refused', async (_, args, code, says) => {
  const ran = await ripen(worldOf(), 'score', 'adopt', ...args);
  expect([ran.exit, ran.err]).toEqual([code, expect.stringMatching(says)]);
  expect(sentBy(ran)).toEqual([]);
});
