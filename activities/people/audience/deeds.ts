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
  readonly ids: string[];
  last_ms: number;
};

/** Each decision once, in the order of the log: what is taken back was noted before. */
export async function noteDeeds(client: Client, decisions: readonly Decision[]): Promise<void> {
  const deeds = new Map<string, Deed>();
  const back: { readonly lead_id: string; readonly id: string; readonly event: string }[] = [];
  for (const { lead, facts } of decisions)
    for (const fact of facts) {
      if (fact.type === 'EngagementRecorded') add(deeds, lead, fact);
      if (fact.type === 'EngagementRetracted' && fact.was !== undefined) back.push({ lead_id: lead, id: fact.event, event: fact.was });
    }
  if (deeds.size > 0)
    await client.query(
      `insert into lead_deed (lead_id, event, content, day, times, last_ms, ids)
       select lead_id, event, content, day, cardinality(ids), last_ms, ids
         from jsonb_to_recordset($1::jsonb) as d(lead_id text, event text, content text, day integer, last_ms bigint, ids text[])
       on conflict (lead_id, event, content, day) do update set
         times = lead_deed.times + excluded.times, last_ms = greatest(lead_deed.last_ms, excluded.last_ms), ids = lead_deed.ids || excluded.ids`,
      [JSON.stringify([...deeds.values()])],
    );
  if (back.length > 0) await takeBack(client, back);
}

/** The moment of a day's last deed stays as it was where others are left. */
async function takeBack(
  client: Client,
  back: readonly { readonly lead_id: string; readonly id: string; readonly event: string }[],
): Promise<void> {
  for (const { lead_id, id, event } of back) {
    await client.query(
      `update lead_deed set times = times - 1, ids = array_remove(ids, $3) where lead_id = $1 and event = $2 and $3 = any(ids)`,
      [lead_id, event, id],
    );
    await client.query('delete from lead_deed where lead_id = $1 and event = $2 and times = 0', [lead_id, event]);
  }
}

/** As conditions count: not what a machine did, or nobody knows who. */
function add(deeds: Map<string, Deed>, lead: string, fact: FactOf<'EngagementRecorded'>): void {
  const { id, event, actor, content = '', occurredAt, recordedAt } = fact;
  if (!counts({ actor, type: event })) return;
  // A clock ahead of ours must not make the deed younger than it can be.
  const at = Math.min(occurredAt, recordedAt);
  const piece = content.split('@', 1)[0] ?? '';
  const day = utcDay(at);
  const key = `${lead} ${event} ${piece} ${day}`;
  const known = deeds.get(key);
  if (known === undefined) return void deeds.set(key, { lead_id: lead, event, content: piece, day, ids: [id], last_ms: at });
  known.ids.push(id);
  known.last_ms = Math.max(known.last_ms, at);
}
