/** The ids of every lead that has facts, and work over all of them with their facts. Knows no command. */
import { leadOfSubject, streamNames } from '../events/subjects';
import type { Fact } from '../workflows/core';
import { inParallel } from './in-parallel';
import type { Context } from './ports';
import { failed } from './refusal';

/** In the order NATS lists them. Throws a refusal where FACTS cannot be read. */
export async function everyLeadId(context: Context): Promise<readonly string[]> {
  const stream = await context.stream();
  const found: string[] = [];
  for (let offset = 0; ;) {
    const info = await stream.api(`STREAM.INFO.${streamNames.facts}`, { subjects_filter: 'facts.lead.>', offset });
    if (info.error !== undefined) throw failed(`FACTS cannot be read: ${info.error.description ?? info.error.code}.`);
    const subjects = Object.keys(
      (info as { readonly state?: { readonly subjects?: Readonly<Record<string, number>> } }).state?.subjects ?? {},
    );
    found.push(...subjects.flatMap((subject) => leadOfSubject(subject) ?? []));
    offset += subjects.length;
    const total = (info as { readonly total?: number }).total ?? offset;
    if (subjects.length === 0 || offset >= total) return found;
  }
}

const atOnce = 16;

/** `work` gets the lead's facts, oldest first; a lead without any is passed over. Progress is shown on a terminal. */
export async function forEveryLead<R>(
  context: Context,
  title: string,
  leadIds: readonly string[],
  work: (leadId: string, facts: readonly Fact[]) => R,
): Promise<readonly R[]> {
  const progress = context.progress(title, leadIds.length);
  let done = 0;
  const results = await inParallel(leadIds, atOnce, async (leadId) => {
    const facts = await context.facts(leadId);
    progress.at((done += 1));
    return facts.length === 0 ? [] : [work(leadId, facts)];
  });
  progress.end();
  return results.flat();
}
