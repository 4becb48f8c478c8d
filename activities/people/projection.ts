/** The summary table in Postgres: rows and checkpoint change in one transaction, so every decision counts exactly once however often it is delivered. */
import type { Folded, ProjectionStore } from '../../events/projector';
import type { Reply } from '../../events/requests';
import {
  columnsOf,
  emptySummary,
  foldSummary,
  handOffChanges,
  type HandOffChange,
  type LeadSummary,
} from '../../events/projections/lead-summary';
import { accountDeeds, type AccountDeed } from '../../events/projections/account-deeds';
import type { Published } from '../../workflows/core';
import { noteDeeds } from './audience/deeds';
import { foldPerson, readPerson } from './audience/person-reading';
import type { PersonKept } from './audience/person-reading';
import { noteAnswers } from './campaigns/members';
import type { Client, Database } from './database';

/** Must bear repetition: a rebuild tells the whole history again. */
export type RecordHandOff = (client: Client, change: HandOffChange) => Promise<void>;
/** Must bear repetition too. In the order of the log. */
export type TellAccounts = (client: Client, deeds: readonly AccountDeed[]) => Promise<void>;

export interface SummaryStore extends ProjectionStore {
  /** Empties the table; the projector then reads FACTS from the first message. */
  reset(): Promise<void>;
}

type Row = { readonly row: LeadSummary; readonly person: PersonKept; readonly seq: number };

/** How people read today: what is published (`undefined` while nothing is), and the engine's clock. */
export type Readings = { readonly published: () => Promise<Published | undefined>; readonly now: () => number };

export function projectionStore(
  db: Database,
  recordHandOff: RecordHandOff,
  tell: TellAccounts,
  { published, now }: Readings,
): SummaryStore {
  return {
    async checkpoint() {
      const { rows } = await db.query<{ seq: number }>(`select seq from projection_checkpoint where name = 'lead_summary'`);
      return Number(rows[0]?.seq ?? 0);
    },
    apply: async (batch, throughSeq) => {
      const plans = await published();
      return db.transaction(async (client) => {
        // The lock lets one projector at a time through; the other finds its batch already counted.
        const { rows } = await client.query<{ seq: number }>(
          `select seq from projection_checkpoint where name = 'lead_summary' for update`,
        );
        const checkpoint = Number(rows[0]?.seq ?? 0);
        if (throughSeq <= checkpoint) return checkpoint;
        const fresh = batch.filter(({ seq }) => seq > checkpoint);
        await write(client, fold(await held(client, fresh), fresh), plans, now());
        const decisions = fresh.map(({ decision }) => decision);
        await noteDeeds(client, decisions);
        await noteAnswers(client, decisions);
        for (const { decision } of fresh) for (const change of handOffChanges(decision)) await recordHandOff(client, change);
        await tell(
          client,
          fresh.flatMap(({ decision }) => accountDeeds(decision)),
        );
        const asOf = fresh.reduce((latest, { decision }) => Math.max(latest, decision.at), 0);
        await client.query(`update projection_checkpoint set seq = $1, as_of_ms = greatest(as_of_ms, $2) where name = 'lead_summary'`, [
          throughSeq,
          asOf,
        ]);
        return throughSeq;
      });
    },
    reset: () =>
      db.transaction(async (client) => {
        await client.query(`update projection_checkpoint set seq = 0, as_of_ms = 0 where name = 'lead_summary'`);
        await client.query('delete from lead_summary');
        await client.query('delete from lead_deed');
      }),
  };
}

async function held(client: Client, batch: readonly Folded[]): Promise<Map<string, Row>> {
  const leads = [...new Set(batch.map(({ decision }) => decision.lead))];
  const { rows } = await client.query<{ lead_id: string; folded: LeadSummary; person: PersonKept; seq: number }>(
    'select lead_id, folded, person, seq from lead_summary where lead_id = any($1)',
    [leads],
  );
  return new Map(rows.map(({ lead_id, folded, person, seq }) => [lead_id, { row: folded, person, seq: Number(seq) }]));
}

function fold(rows: Map<string, Row>, batch: readonly Folded[]): ReadonlyMap<string, Row> {
  for (const { seq, decision } of batch) {
    const { row = emptySummary, person = {} } = rows.get(decision.lead) ?? {};
    rows.set(decision.lead, { row: foldSummary(row, decision), person: foldPerson(decision.lead, person, decision), seq });
  }
  return rows;
}

async function write(client: Client, rows: ReadonlyMap<string, Row>, published: Published | undefined, now: number): Promise<void> {
  if (rows.size === 0) return;
  const records = [...rows].map(([lead_id, { row, person, seq }]) => {
    const { stage = null, qualification, score, sequence, problem = null } = columnsOf(row);
    const { lastEngagedAt: engaged_ms = null, knownAt: known_ms = null } = person;
    const summed = { stage, qualification, score, sequence, problem, last_fact_ms: row.lastFactAt, seq, folded: row };
    return { lead_id, ...summed, ...readPerson(lead_id, person, published, now), engaged_ms, known_ms, person };
  });
  const names = columns.map(([name]) => name);
  await client.query(
    `insert into lead_summary (lead_id, ${names.join(', ')})
     select lead_id, ${names.join(', ')} from jsonb_to_recordset($1::jsonb) as r(lead_id text, ${columns.map((column) => column.join(' ')).join(', ')})
     on conflict (lead_id) do update set ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    [JSON.stringify(records)],
  );
}

const columns = [
  ['stage', 'text'],
  ['qualification', 'text'],
  ['score', 'integer'],
  ['sequence', 'text'],
  ['problem', 'text'],
  ['last_fact_ms', 'bigint'],
  ['seq', 'bigint'],
  ['folded', 'jsonb'],
  ['score_today', 'integer'],
  ['grade', 'text'],
  ['temperature', 'text'],
  ['pain', 'numeric'],
  ['fit', 'numeric'],
  ['gains', 'jsonb'],
  ['read_by', 'text'],
  ['engaged_ms', 'bigint'],
  ['known_ms', 'bigint'],
  ['person', 'jsonb'],
] as const;

/** For the people role. `lastSeq`: newest sequence of FACTS; `lag` counts messages that the table does not know yet. Erased leads are not counted. */
export async function summary(db: Pick<Database, 'query'>, lastSeq: number): Promise<Reply<'summary'>> {
  const { rows } = await db.query<{ stage: string; qualification: string; leads: number }>(
    `select coalesce(stage, 'none') as stage, qualification, count(*)::int as leads from lead_summary where folded->>'erased' is distinct from 'true' group by 1, 2`,
  );
  const checkpoint = await db.query<{ seq: number; as_of_ms: number }>(
    `select seq, as_of_ms from projection_checkpoint where name = 'lead_summary'`,
  );
  const { seq = 0, as_of_ms = 0 } = checkpoint.rows[0] ?? {};
  const by = (key: 'stage' | 'qualification'): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const row of rows) counts[row[key]] = (counts[row[key]] ?? 0) + row.leads;
    return counts;
  };
  return {
    leads: rows.reduce((total, { leads }) => total + leads, 0),
    byStage: by('stage'),
    byQualification: by('qualification'),
    asOfAt: Number(as_of_ms),
    lag: Math.max(0, lastSeq - Number(seq)),
  };
}
