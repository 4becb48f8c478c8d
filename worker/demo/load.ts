/** Gives the engine its work: publishes the catalogue, adds the reps, imports and enrols the list, all through the door the CLI uses. */
import { readFile } from 'node:fs/promises';
import type { Nats } from '../../activities/adapters/nats-connection';
import type { Ask, PeopleVerb, Reply, RowOutcome } from '../../events/requests';
import { peopleSubject } from '../../events/subjects';
import { batchSize } from '../../client/import-run';
import { named, openCsv, type CsvRow } from '../../client/csv-rows';
import { survey } from '../../client/csv-text';
import { installed, readCatalogue } from '../../workflows/catalogue';
import { shipped } from '../../workflows/paths';
import { reps } from './reps';

const by = 'demo';

export class DemoFailed extends Error {
  override name = 'DemoFailed';
}

export async function ask<V extends PeopleVerb>(nats: Nats, verb: V, body: Ask<V>): Promise<Reply<V>> {
  const answer = await nats.request(peopleSubject(verb), Buffer.from(JSON.stringify(body)), 60_000);
  const reply = JSON.parse(Buffer.from(answer).toString('utf8')) as
    Reply<V> | { readonly problem: { readonly code: string; readonly says: string } };
  if (typeof reply === 'object' && reply !== null && 'problem' in reply)
    throw new DemoFailed(`${verb} was refused, ${reply.problem.code}: ${reply.problem.says}`);
  return reply;
}

/** Everything this repository ships; returns the refs that are there now. */
export async function publishCatalogue(nats: Nats): Promise<readonly string[]> {
  const { artefacts: all, faults } = readCatalogue(shipped('workflows'));
  const artefacts = installed(all);
  if (faults.length > 0) throw new DemoFailed(`The shipped catalogue is faulty:\n${faults.join('\n')}`);
  const { results } = await ask(nats, 'publish', { artefacts, by });
  const refused = results.filter((result) => result.as === 'refused');
  if (refused.length > 0)
    throw new DemoFailed(`not published: ${refused.map(({ ref, says }) => `${ref} (${says ?? 'no reason given'})`).join(', ')}`);
  return results.map(({ ref }) => ref);
}

/** Rep id -> name; who is there already stays. */
export async function addReps(nats: Nats): Promise<ReadonlyMap<string, string>> {
  const there = new Set((await ask(nats, 'reps', {})).reps.map(({ email }) => email));
  for (const { name, email } of reps) if (!there.has(email)) await ask(nats, 'addRep', { name, email, by });
  return new Map((await ask(nats, 'reps', {})).reps.map(({ id, name }) => [id, name]));
}

/** With the names of the columns where it can be read. */
export type ListRow = CsvRow & { readonly fields?: Readonly<Record<string, string>> };

/** The shipped list as the CLI reads it. */
export async function readList(): Promise<readonly ListRow[]> {
  const bytes = await readFile(shipped('worker', 'demo', 'list.csv'));
  const { columns, rows } = await openCsv([bytes], await survey([bytes]));
  const all: ListRow[] = [];
  for await (const some of rows) for (const row of some) all.push(row.as === 'row' ? { ...row, fields: named(columns, row.cells) } : row);
  return all;
}

export type Imported = { readonly rows: number; readonly outcomes: readonly RowOutcome[] };

/** Imports everyone and enrols whom the import took. `at`: engine's clock. */
export async function importList(nats: Nats, rows: readonly ListRow[], run: string, at: number): Promise<Imported> {
  const outcomes: RowOutcome[] = rows.flatMap((row) =>
    row.as === 'rejected' ? [{ row: row.row, as: 'rejected', code: row.code, says: row.says }] : [],
  );
  const readable = rows.flatMap((row) => (row.fields === undefined ? [] : [{ row: row.row, fields: row.fields }]));
  for (let from = 0; from < readable.length; from += batchSize) {
    const reply = await ask(nats, 'import', {
      batch: `${run}/${from / batchSize}`,
      source: 'demo-list',
      consent: { text: 'Agreed to be written to about planning, on the form or at the fair where the address was given.', obtainedAt: at },
      sequence: 'buyers-journey',
      campaign: 'demo',
      by,
      rows: readable.slice(from, from + batchSize),
    });
    outcomes.push(...reply.outcomes);
  }
  if (!outcomes.some(({ as }) => as === 'created'))
    throw new DemoFailed(
      'Nobody on the list was new: this database holds the people of an earlier demo. Name an empty one in DATABASE_URL, or none.',
    );
  return { rows: rows.length, outcomes };
}
