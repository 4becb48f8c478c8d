/** A scoring model by the file it stands in or by the name it is published under. Knows no command. */
import { existsSync, statSync } from 'node:fs';
import { parseRef } from '../events/digest';
import type { Artefact, Reply } from '../events/requests';
import type * as CatalogueModule from '../workflows/catalogue';
import type { Model } from '../workflows/core';
import { failed, noSuchThing } from './refusal';

export type ModelAtHand = { readonly model: Model; readonly digest: string };

/** `name`: a path, `id@version`, or an id (the version in force). Throws a refusal. */
export function modelAtHand(artefacts: Reply<'published'>['artefacts'], name: string): ModelAtHand {
  if (existsSync(name) && statSync(name).isFile()) return fromFile(name, artefacts);
  const [id, version] = name.split('@', 2);
  const found = artefacts.find((one) => {
    const parsed = parseRef(one.ref);
    return one.kind === 'model' && parsed?.id === id && (version === undefined ? one.current : String(parsed?.version) === version);
  });
  const digest = found === undefined ? undefined : parseRef(found.ref)?.digest;
  if (found?.body === undefined || digest === undefined)
    throw noSuchThing(`"${name}" is neither a file nor a published scoring model. \`ripen settings diff\` names those in force.`);
  return { model: found.body as Model, digest };
}

/** In force, as what a file is judged beside. */
export const settingsIn = (there: Reply<'published'>['artefacts']): readonly Artefact[] =>
  there.flatMap(({ kind, ref, current, body }) => {
    const parsed = parseRef(ref);
    return kind !== 'settings' || !current || parsed?.digest === undefined || body === undefined
      ? []
      : [{ kind, id: parsed.id, version: parsed.version, digest: parsed.digest, body }];
  });

function fromFile(file: string, there: Reply<'published'>['artefacts']): ModelAtHand {
  const { readSettingsFile } = require('../workflows/catalogue') as typeof CatalogueModule;
  const { artefacts, faults } = readSettingsFile(file, settingsIn(there));
  if (faults.length > 0)
    throw failed(`"${file}" cannot be tried; first mend:\n${faults.map(({ path, says }) => `  ${path}: ${says}`).join('\n')}`);
  const [artefact] = artefacts;
  if (artefact?.kind !== 'model') throw failed(`"${file}" holds no scoring model.`);
  return { model: artefact.body as Model, digest: artefact.digest };
}
