/** What people did, summed up per day, for questions such as `did(page.viewed) 3 times in 7 days`. Filled in the projector's transaction. */
import type { Decision, FactOf } from '../../../workflows/core/facts';
import { utcDay } from '../../../workflows/core/time';
import { counts } from '../../../workflows/core/progress';
import type { Client } from '../database';

type Deed = {
  readonly lead_id: string;
  readonly event: string;
  readonly content: string;
  readonly day: number;
  times: number;
  last_ms: number;
};

export async function noteDeeds(client: Client, decisions: readonly Decision[]): Promise<void> {
  const deeds = new Map<string, Deed>();
  for (const { lead, facts } of decisions) for (const fact of facts) if (fact.type === 'EngagementRecorded') add(deeds, lead, fact);
  if (deeds.size === 0) return;
  await client.query(
    `insert into lead_deed (lead_id, event, content, day, times, last_ms)
     select lead_id, event, content, day, times, last_ms from jsonb_to_recordset($1::jsonb) as d(lead_id text, event text, content text, day integer, times integer, last_ms bigint)
     on conflict (lead_id, event, content, day) do update set times = lead_deed.times + excluded.times, last_ms = greatest(lead_deed.last_ms, excluded.last_ms)`,
    [JSON.stringify([...deeds.values()])],
  );
}

/** As conditions count: not what a machine did, or nobody knows who. */
function add(
  deeds: Map<string, Deed>,
  lead: string,
  { event, actor, content = '', occurredAt, recordedAt }: FactOf<'EngagementRecorded'>,
): void {
  if (!counts({ actor, type: event })) return;
  // A clock ahead of ours must not make the deed younger than it can be.
  const at = Math.min(occurredAt, recordedAt);
  const piece = content.split('@', 1)[0] ?? '';
  const day = utcDay(at);
  const key = `${lead} ${event} ${piece} ${day}`;
  const known = deeds.get(key);
  if (known === undefined) deeds.set(key, { lead_id: lead, event, content: piece, day, times: 1, last_ms: at });
  else [known.times, known.last_ms] = [known.times + 1, Math.max(known.last_ms, at)];
}
