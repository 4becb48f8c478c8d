/** What there is to publish: the repository's own list, or everything ever published as FACTS has it. Knows no command. */
import { z } from 'zod';
import type { Artefact } from '../events/requests';
import { publishedSubject, streamNames } from '../events/subjects';
import type * as CatalogueModule from '../workflows/catalogue';
import { DefinitionError } from '../workflows/core/definition-error';
import type { Context } from './ports';
import { failed } from './refusal';

/** Loaded late: a faulty sequence throws as it is loaded, and must spoil no other command. */
export function catalogue(context: Context): CatalogueModule.Catalogue {
  try {
    const { readCatalogue } = require('../workflows/catalogue') as typeof CatalogueModule;
    return readCatalogue(context.shipped('workflows'));
  } catch (error) {
    if (error instanceof DefinitionError) return { artefacts: [], faults: error.message.split('\n').filter((line) => line.trim() !== '') };
    throw error;
  }
}

/** Without the example journeys that are not named (`webinar` or `webinar@1`). */
export function publishable(artefacts: readonly Artefact[], named: readonly string[]): readonly Artefact[] {
  const { installed } = require('../workflows/catalogue') as typeof CatalogueModule;
  return installed(
    artefacts,
    named.map((name) => name.split('@', 1)[0] ?? name),
  );
}

/** A request stays well under NATS's 1 MB. */
const mostBytes = 400_000;

export function parts(artefacts: readonly Artefact[]): readonly (readonly Artefact[])[] {
  const made: Artefact[][] = [[]];
  let bytes = 0;
  for (const artefact of artefacts) {
    const size = Buffer.byteLength(JSON.stringify(artefact));
    if (bytes + size > mostBytes && bytes > 0) {
      made.push([]);
      bytes = 0;
    }
    made.at(-1)?.push(artefact);
    bytes += size;
  }
  return made.filter((part) => part.length > 0);
}

const artefactSchema = z.object({
  kind: z.enum(['plan', 'model', 'settings', 'content']),
  id: z.string(),
  version: z.int(),
  digest: z.string(),
  body: z.unknown(),
});

/** Everything ever published, from FACTS. */
export async function stored(context: Context): Promise<readonly Artefact[]> {
  const stream = await context.stream();
  const found = new Map<string, Artefact>();
  for (let seq = 1; ;) {
    const { error, message } = await stream.api(`STREAM.MSG.GET.${streamNames.facts}`, { seq, next_by_subj: publishedSubject('*') });
    if (error !== undefined && error.err_code !== 10037) throw failed(`FACTS cannot be read: ${error.description ?? error.code}.`);
    if (error !== undefined) return [...found.values()];
    const held = message as { readonly seq: number; readonly data?: string };
    const parsed = artefactSchema.safeParse(JSON.parse(Buffer.from(held.data ?? '', 'base64').toString('utf8')));
    if (parsed.success) found.set(`${parsed.data.kind} ${parsed.data.digest}`, { ...parsed.data, body: parsed.data.body });
    else context.warn(`Message ${held.seq} of FACTS holds no published thing and is passed over.`);
    seq = held.seq + 1;
  }
}
