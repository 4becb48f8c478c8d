/** One lead's event told to others through the outbox: told if and only if how many were told is kept, so a repeat tells nobody twice. Knows no stream. */
import { createHash } from 'node:crypto';
import type { TellLeads } from '../../workflows/core/effects';
import type { LeadNews } from '../ports';
import type { Client, Database } from './database';
import { writeOutbox } from './outbox';
import { referrerOf } from './relations';

/** A list of a whole university is no account. */
const mostColleagues = 1_000;

export function leadNews(db: Database, secret: string): LeadNews {
  return {
    tell: (leadId, effect) =>
      db.transaction(async (client) => {
        // Two tries at once wait for each other here, and the second finds what the first told.
        await client.query('select 1 from lead where id = $1 for update', [leadId]);
        const { rows } = await client.query<{ reached: number }>(
          `select (result->>'reached')::int as reached from effect_result where lead_id = $1 and key = $2`,
          [leadId, effect.touchKey],
        );
        if (rows[0] !== undefined) return rows[0].reached;
        const others = await othersOf(client, secret, leadId, effect);
        await writeOutbox(
          client,
          others.map((other) => entry(leadId, effect, other)),
        );
        await client.query('insert into effect_result (lead_id, key, result) values ($1, $2, $3)', [
          leadId,
          effect.touchKey,
          JSON.stringify({ reached: others.length }),
        ]);
        return others.length;
      }),
  };
}

async function othersOf(client: Client, secret: string, leadId: string, { whom, referrer }: TellLeads): Promise<readonly string[]> {
  if (whom === 'referrer') {
    const found = await referrerOf(client, secret, leadId, referrer);
    return found === undefined ? [] : [found.leadId];
  }
  const { rows } = await client.query<{ id: string }>(
    `select other.id from lead own join lead other on other.traits->>'account' = own.traits->>'account'
      where own.id = $1 and other.id <> own.id and other.erased_at is null order by other.id limit $2`,
    [leadId, mostColleagues],
  );
  return rows.map(({ id }) => id);
}

function entry(
  from: string,
  { touchKey, event: type, data, at: occurredAt }: TellLeads,
  leadId: string,
): Parameters<typeof writeOutbox>[1][number] {
  const id = shortHash('told', from, touchKey, leadId);
  const event = { id, type, occurredAt, actor: 'engine', data };
  return { id: `told-${id}`, type: 'input.asked', data: { leadId, input: { kind: 'engaged', id, event } } };
}

/** 11 characters, as ids of events are. */
const shortHash = (...parts: readonly string[]): string => createHash('sha256').update(parts.join('|')).digest('base64url').slice(0, 11);
