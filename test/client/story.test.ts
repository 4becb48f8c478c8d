import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { artefactOf, refOf } from '../../events/digest';
import type { Reply } from '../../events/requests';
import type { Settings } from '../../workflows/core';
import { buyersJourney, trialOffer } from '../../workflows/sequences';
import { journey } from '../../workflows/testing';
import { asha, ripen } from './fake-context';
import type { World } from './fake-context';

const folder = mkdtempSync(join(tmpdir(), 'ripen-stories-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string): string => join(folder, name);

const begin = (settings: Partial<Settings> = {}) => journey(buyersJourney, { with: [trialOffer], settings });
const facts = begin().lead().after('4 days').clicks('how-to-guide').after('10 days').facts();
const world: World = { facts, people: { published: () => ({ artefacts: [] }) } };

test('a complaint becomes a test in one command: what the person did, what came of it, and where to say what should have', async () => {
  const { exit, out, err } = await ripen(world, 'story', 'from', asha.leadId);
  expect([exit, err]).toEqual([0, '']);
  expect(out).toMatch(
    /^\/\*\* Written by `ripen story from`[^]+journey\(buyersJourney, \{ with: \[trialOffer\] \}\)[^]+\.clicks\('how-to-guide'\)[^]+What came of it/,
  );
  expect(out).not.toMatch(/asha|orchard|lead-asha/i);
});

test('written to a file it imports from there; a file that exists is left alone', async () => {
  const out = file('asked-twice.test.ts');
  const { exit, json } = await ripen(world, 'story', 'from', asha.leadId, '--out', out, '--json');
  expect([exit, json]).toEqual([0, { ok: true, lead: asha.leadId, same: true, differs: [], file: out }]);
  expect(readFileSync(out, 'utf8')).toMatch(/from '(\.\.\/)+.*\/workflows\/testing';/);
  writeFileSync(out, 'mine');
  expect(await ripen(world, 'story', 'from', asha.leadId, '--out', out)).toMatchObject({
    exit: 1,
    err: expect.stringContaining('exists already'),
  });
  expect(readFileSync(out, 'utf8')).toBe('mine');
});

test('facts that were exported tell the same story, with nothing running', async () => {
  const exported = file('facts.json');
  writeFileSync(exported, (await ripen(world, 'timeline', asha.leadId, '--json')).out);
  const away: World = { peopleAway: true, temporalAway: true };
  const [live, stored] = [await ripen(world, 'story', 'from', asha.leadId), await ripen(away, 'story', 'from', '--from', exported)];
  expect([stored.exit, stored.out]).toEqual([0, live.out]);
});

test('settings that marketing changed stand in the story, or it would be another one', async () => {
  const { body } = artefactOf('settings', {
    ...(begin().script().published.settings as Settings),
    version: 99,
    cap: { touches: 1, per: '14 days' },
  });
  const inForce = artefactOf('settings', body as Settings);
  const artefacts: Reply<'published'>['artefacts'] = [
    { kind: 'settings', ref: refOf(inForce.id, inForce.version, inForce.digest), publishedAt: 1, current: true, body },
  ];
  const capped = begin({ cap: { touches: 1, per: '14 days' } })
    .lead()
    .after('10 days')
    .facts();
  const { json } = await ripen({ facts: capped, people: { published: () => ({ artefacts }) } }, 'story', 'from', asha.leadId, '--json');
  expect(json).toMatchObject({ same: true, text: expect.stringContaining("settings: { cap: { touches: 1, per: '14 days' } }") });
  const unknown = await ripen({ ...world, facts: capped }, 'story', 'from', asha.leadId, '--json');
  expect(unknown.json).toMatchObject({ same: false, differs: [expect.stringContaining('the cap on messages per person is reached')] });
  expect(unknown.err).toContain('the cap on messages per person is reached');
});

test('a lead without a story, and facts of a later release, are refused in a sentence', async () => {
  expect(await ripen({ ...world, facts: [] }, 'story', 'from', asha.leadId)).toMatchObject({
    exit: 3,
    err: expect.stringContaining('was never on a sequence'),
  });
  const later = file('later.json');
  writeFileSync(later, JSON.stringify([{ v: 1, type: 'MindRead', occurredAt: 1, recordedAt: 1 }]));
  expect(await ripen({}, 'story', 'from', '--from', later)).toMatchObject({ exit: 1, err: expect.stringContaining('MindRead') });
  expect(await ripen({}, 'story', 'from', '--from', file('nowhere.json'))).toMatchObject({ exit: 2 });
  expect(existsSync(file('nowhere.json'))).toBe(false);
});
