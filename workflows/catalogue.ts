/** Everything the repository publishes, in one list: sequences, models, settings, content, and what is wrong with them together. Knows no store. */
import { join } from 'node:path';
import { artefactOf } from '../events/digest';
import type { Artefact } from '../events/requests';
import type { ContentPiece } from '../events/templates';
import { readContent } from './content/load';
import type { Fault } from './core/definition-error';
import type { Plan, Touch, Pool } from './core/plan';
import { everyStep, everyTouch } from './core/steps';
import { faultsOfDeed } from './deed-faults';
import { examples, sequences as shippedSequences } from './sequences';
import { editsOf, readVersions } from './sequences/versions';
import { readSettings } from './settings/load';

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
  const faults = [
    ...settings.faults,
    ...content.faults,
    ...versions.faults,
    ...editsOf(versions.stored, sequences),
    ...twice(artefacts),
    ...sequences.flatMap((plan) => faultsOf(plan, pieces, artefacts, sequences)),
  ];
  return { artefacts, faults: faults.map(({ path, says }) => `${path}: ${says}`) };
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

/** What a plan names outside itself: its model, other sequences, and the content of each touch. */
function faultsOf(
  plan: Plan,
  pieces: readonly ContentPiece[],
  artefacts: readonly Artefact[],
  sequences: readonly Plan[],
): readonly Fault[] {
  const models = artefacts.filter(({ kind }) => kind === 'model').map(({ id }) => id);
  const started = Object.entries(plan.phases).flatMap(([name, phase]) => [
    ...phase.advance.flatMap(({ start }, at) => (start === undefined ? [] : [{ path: `phases.${name}.advance[${at}].start`, start }])),
    ...(phase.exhausted?.start === undefined ? [] : [{ path: `phases.${name}.exhausted.start`, start: phase.exhausted.start }]),
  ]);
  return [
    ...(models.includes(plan.model) ? [] : [{ path: `${plan.id}.model`, says: `there is no model "${plan.model}" in workflows/settings` }]),
    ...started
      .filter(({ start }) => !sequences.some(({ id }) => id === start))
      .map(({ path, start }) => ({ path: `${plan.id}.${path}`, says: `there is no sequence "${start}"` })),
    ...everyStep(plan).flatMap(({ path, step }) =>
      faultsOfDeed(step).map((fault) => ({ ...fault, path: `${plan.id}.${path}${fault.path}` })),
    ),
    ...everyTouch(plan).flatMap(({ path, step }) => faultsOfTouch(step, pieces).map((says) => ({ path: `${plan.id}.${path}`, says }))),
  ];
}

/** Of what a pool asks of the person (their topic, their stage) nothing can be said here. */
export const fitsPool = ({ from }: Pool, piece: ContentPiece): boolean =>
  piece.kind !== 'rep' &&
  (from.topic === undefined || from.topic === 'own' || piece.topic === from.topic) &&
  (from.stage === undefined || from.stage === 'own' || piece.stage === from.stage) &&
  (from.kind === undefined || from.kind.includes(piece.kind)) &&
  (from.language === undefined || piece.language === from.language);

function faultsOfTouch(touch: Touch, pieces: readonly ContentPiece[]): readonly string[] {
  const { pool } = touch;
  if (pool !== undefined)
    return pieces.some((piece) => fitsPool(pool, piece))
      ? []
      : ['no content fits this pool; look at the topic, stage, kind and language it asks for'];
  const content = touch.content ?? touch.id;
  const wanted = touch.variants === undefined ? [content] : Object.keys(touch.variants).map((variant) => `${content}.${variant}`);
  return wanted.flatMap((id) => {
    const piece = pieces.find((one) => one.id === id);
    if (piece === undefined) return [`there is no content "${id}"; write workflows/content/${id}.liquid`];
    if (piece.kind === 'rep') return [`"${id}" is a mail to reps`];
    if (touch.purpose === 'service' && piece.purpose !== 'service')
      return [`is a service mail, but the content "${id}" is not marked "purpose: service"; marketing must not reach people who opted out`];
    return [];
  });
}
