/** `ripen settings`: faults told at once, changes value by value, and nothing in force ever changes under its number. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Artefact } from '../../events/requests';
import { readSettings } from '../../workflows/settings/load';
import { shipped } from '../../workflows/paths';
import { valueChanges } from '../../workflows/speech/settings-changes';
import { ripen } from './fake-context';

const folder = mkdtempSync(join(tmpdir(), 'ripen-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));
const points = readFileSync(shipped('workflows', 'settings', 'b2b-points.yaml'), 'utf8');
const version = Number(/^version: (\d+)/m.exec(points)?.[1]);
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const raised = points.replace(/^version: \d+/m, `version: ${version + 1}`);
const edited = (text: string): string => text.replace('on: content.downloaded, points: 15', 'on: content.downloaded, points: 12');

const { artefacts } = readSettings(shipped('workflows', 'settings'));
const listed = (all: readonly Artefact[]) =>
  all.map(({ kind, id, version: number, digest, body }) => ({
    kind,
    ref: `${id}@${number}#${digest}`,
    publishedAt: 1,
    current: true,
    body,
  }));
const inForce = {
  people: {
    published: () => ({ artefacts: listed(artefacts) }),
    publish: ({ artefacts: given }: { artefacts: readonly Artefact[] }) => ({
      results: given.map(({ id, version: number, digest }) => ({ ref: `${id}@${number}#${digest}`, as: 'published' as const })),
    }),
  },
};

test('what is shipped has no fault, and needs nothing that runs to be checked', async () => {
  expect(await ripen({ peopleAway: true }, 'settings', 'check', '--json')).toMatchObject({ exit: 0, json: { ok: true, faults: [] } });
});

test('every fault of a file is told with its path, and nothing is put in force', async () => {
  const path = file('wrong.yaml', raised.replace('points: 15, perDay: 30', 'points: 1.5, perDay: none').replace('bands:', 'bandz:'));
  const checked = await ripen({}, 'settings', 'check', path);
  expect(checked).toMatchObject({ exit: 1, out: expect.stringMatching(/rules\[1\]\.points[^]*rules\[1\]\.perDay[^]*band/) });
  const applied = await ripen(inForce, 'settings', 'apply', path);
  expect(applied).toMatchObject({ exit: 1, err: expect.stringContaining('Nothing was changed') });
  expect(applied.asked.map(({ verb }) => verb)).not.toContain('publish');
});

test('a change is told value by value and put in force', async () => {
  const path = file('mine.yaml', edited(raised));
  expect(await ripen(inForce, 'settings', 'diff', path)).toMatchObject({
    exit: 0,
    out: expect.stringContaining('rules.download.points: 12 (was 15)'),
  });
  const dry = await ripen(inForce, 'settings', 'apply', path, '--dry-run');
  expect(dry.asked.map(({ verb }) => verb)).toEqual(['published']);
  const applied = await ripen(inForce, 'settings', 'apply', path, '--by', 'maria', '--json');
  expect(applied).toMatchObject({ exit: 0, json: { ok: true, results: [{ as: 'changed', changes: [{ at: 'rules.download.points' }] }] } });
  expect(applied.asked.at(-1)).toMatchObject({
    verb: 'publish',
    ask: { by: 'maria', artefacts: [{ id: 'b2b-points', version: version + 1 }] },
  });
});

test('what is in force never changes under its number: the next one is asked for', async () => {
  const applied = await ripen(inForce, 'settings', 'apply', file('same.yaml', edited(points)));
  expect(applied).toMatchObject({ exit: 1, out: expect.stringContaining(`write version: ${version + 1}`) });
  expect(applied.asked.map(({ verb }) => verb)).not.toContain('publish');
});

test('the same again changes nothing, and a model that is not there is no model', async () => {
  expect(await ripen(inForce, 'settings', 'apply')).toMatchObject({ exit: 0, out: expect.stringContaining('in force already') });
  const workspace = readFileSync(shipped('workflows', 'settings', 'workspace.yaml'), 'utf8');
  const path = file('odd.yaml', workspace.replace('model: b2b-points', 'model: none-such').replace(/^version: \d+/m, 'version: 99'));
  expect(await ripen(inForce, 'settings', 'apply', path)).toMatchObject({ exit: 1, err: expect.stringContaining('none-such') });
  expect(await ripen(inForce, 'settings', 'apply', join(folder, 'not-there.yaml'))).toMatchObject({ exit: 2 });
});

test('parts of a list go by their id, so that a rule moved is no change', () => {
  const rules = [
    { id: 'a', points: 1 },
    { id: 'b', points: 2, where: { form: ['x', 'y'] } },
  ];
  expect(valueChanges({ version: 1, rules }, { version: 2, rules: rules.toReversed() })).toEqual([]);
  expect(
    valueChanges(
      { rules },
      {
        rules: [
          { id: 'b', points: 2, where: { form: ['x'] } },
          { id: 'c', points: 3 },
        ],
      },
    ),
  ).toEqual([
    { at: 'rules.b.where.form', before: 'x, y', after: 'x' },
    { at: 'rules.c.points', after: '3' },
    { at: 'rules.a.points', before: '1' },
  ]);
});
