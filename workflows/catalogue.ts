/** Everything the repository publishes, in one list: sequences, models, settings, content, and what is wrong with them together. Knows no store. */
import { dirname, join } from 'node:path';
import { artefactOf } from '../events/digest';
import { rulesIn, type ImportRules } from '../events/list/rules';
import type { Artefact } from '../events/requests';
import type { ContentPiece } from '../events/templates';
import { contentFaults } from './checking/content-faults';
import { sequenceFaults } from './checking/sequence-faults';
import { sourcePlace } from './checking/source-place';
import { readContent } from './content/load';
import type { Fault } from './core/definition-error';
import { placeAt } from './core/place';
import type { Plan, Settings } from './core/plan';
import { examples, sequences as shippedSequences } from './sequences';
import { editsOf, readVersions } from './sequences/versions';
import { personaText, withPersona } from './settings/edit-persona';
import { asFile, withPoints } from './settings/edit-points';
import { readSettings, readSettingsFile } from './settings/load';
import type { LoadedSettings } from './settings/load';

/** For whoever deals with settings alone. */
export { asFile, personaText, readSettings, readSettingsFile, withPersona, withPoints };
export type { LoadedSettings };

export type Catalogue = {
  readonly artefacts: readonly Artefact[];
  /** Sentences with the path of what they are about; nothing is published while there is one. */
  readonly faults: readonly string[];
};

/** `root`: the folder that holds `content`, `settings` and the published versions of `sequences`. Earlier versions are published again: people may still be on them. */
export function readCatalogue(root: string, sequences: readonly Plan[] = [...shippedSequences, ...examples]): Catalogue {
  const content = readContent(join(root, 'content'));
  const settings = readSettings(join(root, 'settings'));
  const versions = readVersions(root);
  const current = new Set(sequences.map(({ id, version }) => `${id}@${version}`));
  const earlier = versions.stored.map(({ plan }) => plan).filter(({ id, version }) => !current.has(`${id}@${version}`));
  const plans = [...earlier, ...sequences].map((plan) => artefactOf('plan', plan));
  const artefacts = [...settings.artefacts, ...content.artefacts, ...plans];
  const pieces = content.artefacts.map(({ body }) => body as ContentPiece);
  const around = {
    all: sequences,
    models: artefacts.filter(({ kind }) => kind === 'model').map(({ id }) => id),
    settings: artefacts.find(({ kind, id }) => kind === 'settings' && id === 'workspace')?.body as Settings | undefined,
  };
  const faults = [
    ...settings.faults,
    ...content.faults,
    ...versions.faults,
    ...editsOf(versions.stored, sequences),
    ...twice(artefacts),
    ...sequences.flatMap((plan) => aboutPlan(plan, [...sequenceFaults(plan, around), ...contentFaults(plan, pieces, sequences)], root)),
  ];
  return { artefacts, faults: faults.map(({ path, says }) => `${path}: ${says}`) };
}

/** What the settings of the folder, or of one file, say of imports. */
export function readImportRules(root: string, file?: string): { readonly rules: ImportRules; readonly faults: readonly string[] } {
  const { artefacts, faults } = file === undefined ? readSettings(join(root, 'settings')) : readSettingsFile(file);
  const settings = artefacts.find(({ kind, id }) => kind === 'settings' && (file !== undefined || id === 'workspace'));
  return { rules: rulesIn(settings?.body), faults: faults.map(({ path, says }) => `${path}: ${says}`) };
}

const exampleIds: ReadonlySet<string> = new Set(examples.map(({ id }) => id));

/** What an installation publishes: everything but the example journeys it did not name. */
export const installed = (artefacts: readonly Artefact[], named: readonly string[] = []): readonly Artefact[] =>
  artefacts.filter(({ kind, id }) => kind !== 'plan' || !exampleIds.has(id) || named.includes(id));

const twice = (artefacts: readonly Artefact[]): readonly Fault[] =>
  artefacts
    .filter(
      ({ kind, id, version }, at) =>
        artefacts.findIndex((other) => other.kind === kind && other.id === id && other.version === version) !== at,
    )
    .map(({ kind, id, version }) => ({ path: `${id}@${version}`, says: `there are two of this ${kind}` }));

/** With the sequence in front of its path and, where it is known, the place it was written at. */
const aboutPlan = (plan: Plan, faults: readonly Fault[], root: string): readonly Fault[] =>
  faults.map(({ path, says }) => {
    const at = placeAt(plan, path);
    return { path: `${plan.id}.${path}`, says: at === undefined ? says : `${says} (${sourcePlace(at, dirname(root))})` };
  });
