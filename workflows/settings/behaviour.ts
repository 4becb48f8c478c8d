/** Reads a behaviour file for simulations; every fault at once, with file and path. Knows no simulation. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseDocument } from 'yaml';
import type { Fault } from '../core/definition-error';
import type { Behaviour } from '../core/simulate/behaviour';
import { behaviourSchema } from './behaviour-schema';
import { faultsIn } from './sentences';

export type LoadedBehaviour =
  { readonly behaviour: Behaviour; readonly faults: readonly [] } | { readonly behaviour?: undefined; readonly faults: readonly Fault[] };

/** The name of the shipped file; it lies beside the settings and is none of them. */
export const behaviourFile = 'behaviour.yaml';

/** Throws what the file system throws. */
export const readBehaviour = (path: string): LoadedBehaviour => behaviourOf(basename(path), readFileSync(path, 'utf8'));

export function behaviourOf(name: string, text: string): LoadedBehaviour {
  const document = parseDocument(text);
  if (document.errors.length > 0)
    return { faults: document.errors.map((error) => ({ path: name, says: error.message.split('\n')[0] ?? error.message })) };
  const parsed = behaviourSchema.safeParse(document.toJS());
  return parsed.success ? { behaviour: parsed.data, faults: [] } : { faults: faultsIn(name, parsed.error.issues) };
}
