/** How good predictive scoring is on a real list that nobody on the team wrote, beside points by hand and the vendor's score; "skipped" where the list is not here. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openCsv } from '../client/csv-rows';
import { buildTable, judge, scorerOf, trainModel } from '../workflows/core/predict';
import type { Metrics } from '../workflows/core/predict';
import { median } from './median';

const list = join(resolve(__dirname, '../../../shared/data/leads'), 'x-education-train.csv');
const target = 'Converted';
const id = 'Prospect ID';
/** Every row is held back once. */
const parts = 5;
const vendor = ['Asymmetrique Activity Score', 'Asymmetrique Profile Score', 'Asymmetrique Activity Index', 'Asymmetrique Profile Index'];

type Row = Readonly<Record<string, string>>;

async function read(): Promise<{ readonly columns: readonly string[]; readonly rows: readonly Row[] }> {
  const { columns, rows } = await openCsv([readFileSync(list)], { encoding: 'utf-8' });
  const all: Row[] = [];
  for await (const some of rows)
    for (const row of some) if (row.as === 'row') all.push(Object.fromEntries(columns.map((column, at) => [column, row.cells[at] ?? ''])));
  return { columns, rows: all };
}

/** In the style of the shipped points: form 20, newsletter 15, message 10, social 5, visit 5 each and 15 at most, 5 for every five minutes and 25 at most. */
function byHand(row: Row): number {
  const visits = Math.min(15, 5 * Number(row['TotalVisits'] ?? 0));
  const minutes = Math.min(25, 5 * Math.floor(Number(row['Total Time Spent on Website'] ?? 0) / 300));
  const form = /Landing Page Submission|Add Form/.test(row['Lead Origin'] ?? '') ? 20 : 0;
  const mail = /Email (Opened|Link Clicked)|SMS/.test(row['Last Activity'] ?? '') ? 15 : 0;
  const social = /Chat/.test(row['Lead Source'] ?? '') ? 10 : /facebook|social/i.test(row['Lead Source'] ?? '') ? 5 : 0;
  return visits + minutes + form + mail + social;
}
const byVendor = (row: Row): number => Number(row[vendor[0] ?? '']) + Number(row[vendor[1] ?? '']);
/** Nearly half of the leads have none. */
const hasVendor = (row: Row): boolean => row[vendor[0] ?? ''] !== '' && row[vendor[1] ?? ''] !== '';
const happened = (rows: readonly Row[]): Uint8Array => Uint8Array.from(rows, (row) => (row[target] === '1' ? 1 : 0));

type Judged = Pick<Metrics, 'auc' | 'logLoss' | 'ece' | 'precisionTopFifth'>;

function learnt(columns: readonly string[], known: readonly Row[], held: readonly Row[], without: readonly string[]): Judged {
  const table = buildTable(columns);
  for (const row of known) table.add((column) => row[column]);
  const answer = trainModel({ table: table.end(), target, id, keep: [], without, anyway: false, dataDigest: '', createdAt: 0 });
  if (answer.as === 'refused') throw new Error(answer.says);
  const { probability } = scorerOf(answer.model);
  return judge(Float64Array.from(held, probability), happened(held));
}

/** A score is no probability: the share of the known leads with about the same score is. Ten equal groups of them. */
function scored(known: readonly Row[], held: readonly Row[], score: (row: Row) => number): Judged {
  const sorted = known.toSorted((a, b) => score(a) - score(b));
  const edges = Array.from({ length: 9 }, (_, at) => score(sorted[Math.floor(((at + 1) * sorted.length) / 10)] ?? {}));
  const groupOf = (row: Row): number => edges.filter((edge) => score(row) >= edge).length;
  const rates = Array.from({ length: 10 }, (_, group) => {
    const rows = known.filter((row) => groupOf(row) === group);
    return (rows.filter((row) => row[target] === '1').length + 0.4) / (rows.length + 1);
  });
  const chances = judge(
    Float64Array.from(held, (row) => rates[groupOf(row)] ?? 0),
    happened(held),
  );
  const ranks = judge(Float64Array.from(held, score), happened(held));
  return { ...chances, auc: ranks.auc, precisionTopFifth: ranks.precisionTopFifth };
}

/** `model...`: honest columns; `alone...`: without the vendor's score among them; `vendor...`: that score, among the leads that have one. Medians over the five parts, each judged by what the others taught. */
export async function run(): Promise<Record<string, number>> {
  if (!existsSync(list)) {
    process.stderr.write('score-quality: skipped, the list is not here\n');
    return {};
  }
  const { columns, rows } = await read();
  const judged: Record<string, Judged[]> = { model: [], alone: [], hand: [], vendor: [] };
  for (let part = 0; part < parts; part += 1) {
    const held = rows.filter((_, at) => at % parts === part);
    const known = rows.filter((_, at) => at % parts !== part);
    judged['model']?.push(learnt(columns, known, held, []));
    judged['alone']?.push(learnt(columns, known, held, vendor));
    judged['hand']?.push(scored(known, held, byHand));
    judged['vendor']?.push(scored(known.filter(hasVendor), held.filter(hasVendor), byVendor));
    process.stderr.write(`part ${part + 1} of ${parts}: AUC ${judged['model']?.at(-1)?.auc.toFixed(3)}\n`);
  }
  const figures = (['auc', 'logLoss', 'ece', 'precisionTopFifth'] as const).flatMap((figure) =>
    Object.entries(judged).map(
      ([name, all]) => [`${name}${figure[0]?.toUpperCase()}${figure.slice(1)}`, median(all.map((one) => one[figure]))] as const,
    ),
  );
  return { leads: rows.length, ...Object.fromEntries(figures) };
}
