/** What is published, as the core reads it: the people role's answer put on shelves. Knows no command. */
import { parseRef } from '../events/digest';
import type { Artefact, Reply } from '../events/requests';
import type { Published } from '../workflows/core';
import { intlCalendar } from '../workflows/published/intl-calendar';
import { publishedIndex } from '../workflows/published/published-index';

type Listed = Reply<'published'>['artefacts'][number];

/** `undefined` where no settings are published yet. */
export function publishedView(listed: readonly Listed[]): Published | undefined {
  const index = publishedIndex(intlCalendar());
  index.add(listed.flatMap(artefactOf));
  return index.published();
}

/** A thing whose name cannot be read, or that came without its body, is none. */
function artefactOf({ kind, ref, body }: Listed): readonly Artefact[] {
  const parsed = parseRef(ref);
  if (parsed?.digest === undefined || body === undefined) return [];
  return [{ kind, id: parsed.id, version: parsed.version, digest: parsed.digest, body }];
}
