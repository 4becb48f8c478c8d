/** Reads the commented YAML files of settings and scoring models; every fault of every file at once, with file and path. Knows no store. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { artefactOf } from '../../events/digest';
import type { Artefact } from '../../events/requests';
import { closest, meant } from '../../events/closest';
import { meaningFaults, ownTraitsOf } from '../checking/settings-faults';
import type { Fault } from '../core/definition-error';
import type { Model, Settings } from '../core/plan';
import { behaviourFile, behaviourOf } from './behaviour';
import { schemaOf } from './model-schema';
import { settingsSchema } from './schema';
import { faultsIn } from './sentences';

/** `written`: as it stands in the file, with its path's beginning; judged once the settings around it are known. */
type One = LoadedSettings & { readonly written?: { readonly name: string; readonly document: unknown } };
export type LoadedSettings = { readonly artefacts: readonly Artefact[]; readonly faults: readonly Fault[] };

/** A file with `rules` or a `kind` is a scoring model, the behaviour of simulations is checked and never published, any other is settings. */
export function readSettings(dir: string): LoadedSettings {
  const read = readdirSync(dir)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => readOne(name, readFileSync(join(dir, name), 'utf8')));
  const artefacts = read.flatMap((one) => one.artefacts);
  return { artefacts, faults: [...judged(read, artefacts), ...modelsNamed(artefacts)] };
}

/**
 * One file outside the folder, to try something with; its name is free. `around`: what it is tried beside; where that holds no settings, a trait may be one of
 * the workspace's own. Throws what the file system throws.
 */
export function readSettingsFile(path: string, around: readonly Artefact[] = []): LoadedSettings {
  const read = readOne(basename(path), readFileSync(path, 'utf8'), false);
  return { artefacts: read.artefacts, faults: judged([read], [...around, ...read.artefacts]) };
}

/** The faults of shape, and those of what the files mean beside all the settings there are. */
function judged(read: readonly One[], around: readonly Artefact[]): readonly Fault[] {
  const own = ownTraitsOf(around.filter(({ kind }) => kind === 'settings').map(({ body }) => body));
  return read.flatMap(({ faults, written }) => [
    ...faults,
    ...(written === undefined ? [] : meaningFaults(written.name, written.document, own)),
  ]);
}

function readOne(name: string, text: string, named = true): One {
  if (name === behaviourFile) return { artefacts: [], faults: behaviourOf(name, text).faults };
  const document = parseDocument(text);
  if (document.errors.length > 0)
    return { artefacts: [], faults: document.errors.map((error) => ({ path: name, says: error.message.split('\n')[0] ?? error.message })) };
  const raw: unknown = document.toJS();
  const isModel = typeof raw === 'object' && raw !== null && ('rules' in raw || 'kind' in raw);
  const schema: z.ZodType<{ readonly id: string; readonly version: number }> = isModel ? schemaOf(raw) : settingsSchema;
  const parsed = schema.safeParse(raw);
  if (!parsed.success) return { artefacts: [], faults: faultsIn(name, parsed.error.issues) };
  const { id } = parsed.data;
  if (named && name.replace(/\.ya?ml$/, '') !== id)
    return { artefacts: [], faults: [{ path: `${name}.id`, says: `is "${id}"; name the file ${id}.yaml` }] };
  return { artefacts: [artefactOf(isModel ? 'model' : 'settings', parsed.data)], faults: [], written: { name, document: raw } };
}

/** Settings that name a model which is not among the artefacts. Beside the one that decides a model may stand that only the installation has; a misspelt one is told. */
export function modelsNamed(artefacts: readonly Artefact[]): readonly Fault[] {
  const all = artefacts.filter(({ kind }) => kind === 'model').map(({ body }) => body as Model);
  return artefacts
    .filter(({ kind }) => kind === 'settings')
    .flatMap(({ id, body }) => {
      const { model, beside = [], personas = {} } = body as Pick<Settings, 'model' | 'beside' | 'personas'>;
      const nobody = Object.keys(personas).length === 0;
      return [
        ...nameFaults(`${id}.yaml.model`, model, all, nobody),
        ...beside.flatMap((one, at) =>
          all.some((other) => other.id === one) ||
          closest(
            one,
            all.map((other) => other.id),
          ) !== undefined
            ? nameFaults(`${id}.yaml.beside[${at}]`, one, all, nobody)
            : [],
        ),
      ];
    });
}

function nameFaults(path: string, name: string, all: readonly Model[], nobody: boolean): readonly Fault[] {
  const ids = all.map(({ id }) => id);
  const model = all.find(({ id }) => id === name);
  if (model === undefined) {
    const near = closest(name, ids);
    return [{ path, says: `names "${name}"; there is ${ids.join(', ') || 'no model'}${near === undefined ? '' : meant(near)}` }];
  }
  if (model.kind !== 'merodio' || !nobody) return [];
  return [{ path, says: `names "${name}", which asks how close people are to a persona, and there is none under personas` }];
}
