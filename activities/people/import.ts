/** Imports rows of a list: each ends in one outcome, a repeated request in the same ones, a dry run in the same ones without a trace. Knows no file. */
import type { Ask, Reply, RowOutcome } from '../../events/requests';
import type { Client, Database } from './database';
import { keyed, type Claim } from './identities';
import { claimName, openDesk, type Claimant, type ImportContext } from './import-desk';
import { takePerson } from './import-person';
import { termsOf, type ImportTerms } from './import-terms';
import { writeDesk } from './import-write';
import { vendorId } from './vendors';
import { readRow, type ReadRow } from '../../events/list/row';
import { judged } from '../../events/list/rules';

export type ImportAsk = Ask<'import'>;
export type ImportDeps = { readonly secret: string; /** Engine's clock; the real one where absent. */ readonly now?: () => number };

/** All rows in one transaction. Imports of the same people may run at once: the second finds what the first made. */
export function importRows(db: Database, ask: ImportAsk, { secret, now = Date.now }: ImportDeps): Promise<Reply<'import'>> {
  return db.transaction(
    async (client) => {
      await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [ask.batch]);
      const list = ask.list ?? ask.source;
      const terms = await termsOf(client, ask);
      const context: ImportContext = { client, secret, ask, file: fileOf(ask.batch), list, now: now(), ...terms };
      const before = await earlier(client, ask);
      const read = ask.rows
        .filter(({ row }) => !before.has(row))
        .map(({ row, fields }) => ({ row, read: claiming(readRow(fields), terms, secret) }));
      const people = read.flatMap(({ read: each }) => (each.as === 'person' ? [each.person] : []));
      await inTurn(
        client,
        people.flatMap(({ claims }) => claims),
      );
      const desk = await openDesk(context, people);
      const fresh = read.map(({ row, read: each }): RowOutcome =>
        each.as === 'fault' ? { row, as: 'rejected', ...each.fault } : takePerson(desk, row, each.person),
      );
      await writeDesk(desk);
      await remember(context, fresh);
      const outcomes = new Map([...before, ...fresh.map((outcome) => [outcome.row, outcome] as const)]);
      return { outcomes: ask.rows.flatMap(({ row }) => outcomes.get(row) ?? []) };
    },
    { dry: ask.dryRun === true },
  );
}

type Claiming = { readonly as: 'person'; readonly person: Claimant } | Extract<ReadRow, { as: 'fault' }>;
function claiming(read: ReadRow, { rules, terms, all }: ImportTerms, secret: string): Claiming {
  const kept = read.as === 'fault' ? read : judged(rules, terms, all.fields ?? {}, read.person);
  if (kept.as === 'fault') return kept;
  return { as: 'person', person: { ...kept.person, claims: kept.person.contacts.map((contact) => keyed(secret, contact)) } };
}

/** Two imports of the same people in another order would each wait for the other; locks taken in one order make the second wait at its start. */
async function inTurn(client: Client, claims: readonly Claim[]): Promise<void> {
  const names = [...new Set(claims.map(claimName))].sort();
  await client.query('select pg_advisory_xact_lock(hashtextextended(name, 1)) from unnest($1::text[]) as name', [names]);
}

async function earlier(client: Client, { batch, rows }: ImportAsk): Promise<ReadonlyMap<number, RowOutcome>> {
  const found = await client.query<{ row: number; outcome: RowOutcome }>(
    'select row, outcome from import_row where batch = $1 and row = any($2)',
    [batch, rows.map(({ row }) => row)],
  );
  return new Map(found.rows.map(({ row, outcome }) => [row, outcome]));
}

/** The file as a whole: a batch may be one of its pieces, `file/3`. */
export const fileOf = (batch: string): string => batch.replace(/\/\d+$/, '');

/** Outcomes hold ids, codes and sentences of ours: nothing of the person, who may ask to be erased. */
async function remember({ client, ask, list, file }: ImportContext, outcomes: readonly RowOutcome[]): Promise<void> {
  const { name = null, source, vendor, by, sequence = null, campaign = null, cost, sample = false } = ask;
  // Taken back and imported again, it is an import like any other.
  await client.query(
    `insert into import (id, file, list, source, vendor, by, sequence, campaign, cost_cents, currency, sample)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (id) do update set undone_at = null, undone_by = null, undone_because = null where import.undone_at is not null`,
    [
      file,
      name,
      list,
      source,
      vendor === undefined ? null : vendorId(vendor),
      by,
      sequence,
      campaign,
      cost?.cents ?? null,
      cost?.currency ?? null,
      sample,
    ],
  );
  await client.query('insert into import_batch (batch, list, source, by) values ($1, $2, $3, $4) on conflict do nothing', [
    ask.batch,
    list,
    ask.source,
    ask.by,
  ]);
  await client.query(
    'insert into import_row (batch, row, outcome) select $1, row, outcome from jsonb_to_recordset($2) as r(row integer, outcome jsonb) on conflict do nothing',
    [ask.batch, JSON.stringify(outcomes.map((outcome) => ({ row: outcome.row, outcome })))],
  );
}
