/** Published versions of sequences as they lie in the repository: one file each, so that an edit of a published plan is seen before it is shipped. Knows no store. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digestOf, refOf } from '../../events/digest';
import type { Fault } from '../core/definition-error';
import type { Plan } from '../core/plan';

/** What a file `sequences/<id>/versions/<version>.json` holds. */
export type StoredVersion = { readonly digest: string; readonly plan: Plan };

export type Versions = { readonly stored: readonly StoredVersion[]; readonly faults: readonly Fault[] };

const folderOf = (root: string, id: string): string => join(root, 'sequences', id, 'versions');
const fileOf = (root: string, { id, version }: Pick<Plan, 'id' | 'version'>): string => join(folderOf(root, id), `${version}.json`);

/** Every stored version by sequence and number, oldest first. `root`: the folder that holds `sequences`. */
export function readVersions(root: string): Versions {
  const sequences = join(root, 'sequences');
  const files = (existsSync(sequences) ? readdirSync(sequences) : []).sort().flatMap((id) => {
    const folder = folderOf(root, id);
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => /^\d+\.json$/.test(name)) : [];
    return names.sort((a, b) => parseInt(a, 10) - parseInt(b, 10)).map((name) => ({ id, name, file: join(folder, name) }));
  });
  const read = files.map(({ id, name, file }) => {
    const path = `${id}/versions/${name}`;
    const stored = storedIn(readFileSync(file, 'utf8'));
    return typeof stored === 'string' ? { path, fault: stored } : { path, stored };
  });
  return {
    stored: read.flatMap(({ stored }) => (stored === undefined ? [] : [stored])),
    faults: read.flatMap(({ path, fault }) => (fault === undefined ? [] : [{ path, says: fault }])),
  };
}

/** The version, or what is wrong with its file. */
function storedIn(text: string): StoredVersion | string {
  const mended = 'a published version never changes; bring the file back from version control';
  let parsed: Partial<StoredVersion>;
  try {
    parsed = JSON.parse(text) as Partial<StoredVersion>;
  } catch (error) {
    return `is no JSON (${error instanceof Error ? error.message : String(error)}); ${mended}`;
  }
  const { digest, plan } = parsed;
  if (digest === undefined || plan === undefined) return `must hold a digest and a plan; ${mended}`;
  return digestOf(plan) === digest ? { digest, plan } : `has been edited; ${mended}`;
}

/** An edit of a published plan, in a sentence that says what to do. */
export const editsOf = (stored: readonly StoredVersion[], plans: readonly Plan[]): readonly Fault[] =>
  plans.flatMap((plan) => {
    const { id, version } = plan;
    const published = stored.find((one) => one.plan.id === id && one.plan.version === version);
    if (published === undefined || published.digest === digestOf(plan)) return [];
    const newest = Math.max(...stored.filter((one) => one.plan.id === id).map((one) => one.plan.version));
    return [
      {
        path: `${id}@${version}`,
        says: `is published as ${refOf(id, version, published.digest)} and has been edited; write version: ${newest + 1} (who is on version ${version} stays there unless moved), or take the edit back`,
      },
    ];
  });

/** Stores the plans that are not stored yet; their names. A stored one is never written again. */
export function lockVersions(root: string, plans: readonly Plan[]): readonly string[] {
  const missing = plans.filter((plan) => !existsSync(fileOf(root, plan)));
  for (const plan of missing) {
    mkdirSync(folderOf(root, plan.id), { recursive: true });
    writeFileSync(fileOf(root, plan), `${JSON.stringify({ digest: digestOf(plan), plan }, undefined, 2)}\n`, { flag: 'wx' });
  }
  return missing.map(({ id, version }) => `${id}@${version}`);
}
