/** Published versions in the repository: kept once, never edited, and an edit of the plan is told with what to do. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shipped } from '../../workflows/paths';
import { readCatalogue } from '../../workflows/catalogue';
import type { Plan } from '../../workflows/core';
import { defineSequence, email } from '../../workflows/core/words';
import { sequences } from '../../workflows/sequences';
import { editsOf, lockVersions, readVersions } from '../../workflows/sequences/versions';

const planOf = (version: number, after: '1 day' | '2 days'): Plan =>
  defineSequence({
    id: 'plan',
    version,
    model: 'b2b-points',
    phases: {
      zeta: { touches: [email('welcome', { after })], exhaustedAfter: '9 days', exhausted: { to: 'be' } },
      be: { touches: [], exhaustedAfter: '1 day' },
    },
  });

let root = '';
const fileOf = (version: number) => join(root, 'sequences', 'plan', 'versions', `${version}.json`);
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ripen-versions-'));
});
afterEach(() => rmSync(root, { recursive: true }));

test('a version is kept once and read back as it was, with the order of its phases', () => {
  expect(lockVersions(root, [planOf(1, '1 day')])).toEqual(['plan@1']);
  expect(lockVersions(root, [planOf(1, '2 days'), planOf(2, '2 days')])).toEqual(['plan@2']);
  const { stored, faults } = readVersions(root);
  expect(faults).toEqual([]);
  expect(stored.map(({ plan }) => plan)).toEqual([planOf(1, '1 day'), planOf(2, '2 days')]);
  expect(Object.keys(stored[0]?.plan.phases ?? {})).toEqual(['zeta', 'be']);
});

test('an edit of a kept version is a fault that names the next version', () => {
  lockVersions(root, [planOf(1, '1 day'), planOf(2, '1 day')]);
  const [fault, ...others] = editsOf(readVersions(root).stored, [planOf(1, '2 days')]);
  expect(others).toEqual([]);
  expect(fault?.path).toBe('plan@1');
  expect(fault?.says).toMatch(/is published as plan@1#[0-9a-f]{12} and has been edited; write version: 3 /);
  expect(editsOf(readVersions(root).stored, [planOf(1, '1 day'), planOf(3, '2 days')])).toEqual([]);
});

test('an edit of the kept file itself is a fault, and so is a file that is no version', () => {
  lockVersions(root, [planOf(1, '1 day')]);
  writeFileSync(fileOf(1), readFileSync(fileOf(1), 'utf8').replace('"1 day"', '"4 days"'));
  writeFileSync(fileOf(2), '{');
  writeFileSync(fileOf(3), '{}');
  expect(readVersions(root).faults.map(({ path, says }) => `${path} ${says.split('(')[0]}`)).toEqual([
    'plan/versions/1.json has been edited; a published version never changes; bring the file back from version control',
    'plan/versions/2.json is no JSON ',
    'plan/versions/3.json must hold a digest and a plan; a published version never changes; bring the file back from version control',
  ]);
});

test('where nothing was ever kept there is nothing to compare', () => {
  mkdirSync(join(root, 'sequences'));
  expect(readVersions(root)).toEqual({ stored: [], faults: [] });
});

test('earlier versions are published beside the current one', () => {
  const refs = readCatalogue(shipped('workflows')).artefacts.filter(({ kind }) => kind === 'plan');
  const kept = readVersions(shipped('workflows')).stored;
  for (const { plan } of kept) expect(refs.filter(({ id, version }) => id === plan.id && version === plan.version)).toHaveLength(1);
  for (const { id, version } of sequences) expect(refs.some((ref) => ref.id === id && ref.version === version)).toBe(true);
});
