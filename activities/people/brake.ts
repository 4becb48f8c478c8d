/**
 * The brake on hand-offs: when an hour brings more than so many times the usual number, the rest is held until an operator answers.
 * Every hand-off passes here once, before anybody is asked to take it. Knows no rep and no rule.
 */
import type { HeldHandOff, ScoringVerbs } from '../../events/scoring-requests';
import type { Client, Database } from './database';

const hourMs = 3_600_000;
const monthMs = 28 * 24 * hourMs;
/** Any number all processes agree on: two at once would both count themselves as the last that may pass. */
const gateLock = 7_261_073;
/** Where the settings say nothing. */
const usual = { times: 3, atLeast: 20 };

type Asked = { readonly handOff: number; readonly rule: string };
type Db = Pick<Database, 'query'> | Client;

/** Is this hand-off held? Asked again it answers the same until an operator has answered. `at`: engine's clock. */
export function brakeHolds(db: Database, leadId: string, { handOff, rule }: Asked, at: number): Promise<boolean> {
  return db.transaction(async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [gateLock]);
    const known = await client.query<{ state: string }>('select state from hand_off_gate where lead_id = $1 and number = $2', [
      leadId,
      handOff,
    ]);
    const state = known.rows[0]?.state;
    if (state !== undefined) return state === 'held' || state === 'dropped';
    const { lastHour, mayBe } = await brakeFigures(client, at);
    const held = lastHour >= mayBe;
    await client.query('insert into hand_off_gate (lead_id, number, rule, state, at_ms) values ($1, $2, $3, $4, $5)', [
      leadId,
      handOff,
      rule,
      held ? 'held' : 'passed',
      at,
    ]);
    return held;
  });
}

/**
 * Usual is the mean over those hours of the last 28 days that brought any, the last one left out. What an operator let through counts for neither:
 * it says nothing of what is usual, and must not hold back what comes after it.
 */
export async function brakeFigures(db: Db, at: number): Promise<{ readonly lastHour: number; readonly mayBe: number }> {
  const { rows } = await db.query<{ last_hour: number; before: number; hours: number }>(
    `select count(*) filter (where at_ms > $1::bigint - ${hourMs})::int as last_hour,
            count(*) filter (where at_ms <= $1::bigint - ${hourMs})::int as before,
            count(distinct at_ms / ${hourMs}) filter (where at_ms <= $1::bigint - ${hourMs})::int as hours
       from hand_off_gate where state = 'passed' and at_ms > $1::bigint - ${monthMs}`,
    [at],
  );
  const { last_hour = 0, before = 0, hours = 0 } = rows[0] ?? {};
  const { times, atLeast } = await rules(db);
  return { lastHour: last_hour, mayBe: Math.max(atLeast, Math.ceil(times * (hours === 0 ? 0 : before / hours))) };
}

async function rules(db: Db): Promise<typeof usual> {
  const { rows } = await db.query<{ brake: typeof usual | null }>(
    `select body->'handOffBrake' as brake from published where kind = 'settings' and id = 'workspace' order by version desc limit 1`,
  );
  return rows[0]?.brake ?? usual;
}

export async function brakeStanding(
  db: Database,
  at: number,
): Promise<{ readonly held: readonly HeldHandOff[]; readonly lastHour: number; readonly mayBe: number }> {
  const { rows } = await db.query<{ lead_id: string; number: number; rule: string; at_ms: number }>(
    `select g.lead_id, g.number, g.rule, g.at_ms from hand_off_gate g where g.state = 'held' order by g.at_ms, g.lead_id limit 1000`,
  );
  const held = rows.map(({ lead_id, number, rule, at_ms }) => ({ leadId: lead_id, handOff: number, rule, heldAt: at_ms }));
  return { ...(await brakeFigures(db, at)), held };
}

/** So many were still held. */
export async function answerBrake(db: Database, { as, handOffs, by }: ScoringVerbs['brakeAnswer']['ask']): Promise<number> {
  const { rowCount } = await db.query(
    `update hand_off_gate g set state = $1, answered_by = $2
       from jsonb_to_recordset($3::jsonb) as a("leadId" text, "handOff" integer)
      where g.lead_id = a."leadId" and g.number = a."handOff" and g.state = 'held'`,
    [as, by, JSON.stringify(handOffs)],
  );
  return rowCount ?? 0;
}
