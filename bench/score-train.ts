/** Training a predictive model on 10,000 and 100,000 rows beside reading the same CSV: seconds, growth, and the memory of the larger. */
import { openCsv } from '../client/csv-rows';
import { buildTable, trainModel } from '../workflows/core/predict';
import type { Table } from '../workflows/core/predict';
import { madeList } from './made-list';
import { median } from './median';

const rounds = 3;
const sizes = [10_000, 100_000] as const;

async function read(bytes: Uint8Array): Promise<Table> {
  const { columns, rows } = await openCsv(chunks(bytes), { encoding: 'utf-8' });
  const table = buildTable(columns);
  const at = new Map(columns.map((name, index) => [name, index]));
  for await (const some of rows) for (const row of some) if (row.as === 'row') table.add((column) => row.cells[at.get(column) ?? -1]);
  return table.end();
}

/** As a file comes. */
function* chunks(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

type Round = { readonly read: number; readonly train: number; readonly auc: number };

async function round(bytes: Uint8Array): Promise<Round> {
  const startedAt = performance.now();
  const table = await read(bytes);
  const readAt = performance.now();
  const answer = trainModel({ table, target: 'converted', id: 'lead', keep: [], without: [], anyway: false, dataDigest: '', createdAt: 0 });
  const endedAt = performance.now();
  if (answer.as === 'refused') throw new Error(answer.says);
  return { read: (readAt - startedAt) / 1_000, train: (endedAt - readAt) / 1_000, auc: answer.model.models[0]?.metrics.auc ?? 0 };
}

/** `trainVsRead...`: training over reading and interning the same CSV. `growth`: seconds at 100,000 over seconds at 10,000; 10 is proportional. */
export async function run(): Promise<Record<string, number>> {
  const lists = sizes.map(madeList);
  const measured: Round[][] = sizes.map(() => []);
  for (let each = 0; each < rounds; each += 1)
    for (const [at, bytes] of lists.entries()) {
      const seen = await round(bytes);
      process.stderr.write(`round ${each} ${sizes[at]} rows: read ${seen.read.toFixed(2)} s, train ${seen.train.toFixed(2)} s\n`);
      measured[at]?.push(seen);
    }
  const [small = [], large = []] = measured;
  const of = (list: readonly Round[], figure: keyof Round): number => median(list.map((one) => one[figure]));
  return {
    trainSeconds10k: of(small, 'train'),
    trainSeconds100k: of(large, 'train'),
    growth: of(large, 'train') / of(small, 'train'),
    readSeconds10k: of(small, 'read'),
    readSeconds100k: of(large, 'read'),
    trainVsRead10k: median(small.map(({ train, read: reading }) => train / reading)),
    trainVsRead100k: median(large.map(({ train, read: reading }) => train / reading)),
    auc10k: of(small, 'auc'),
    auc100k: of(large, 'auc'),
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1_024),
  };
}
