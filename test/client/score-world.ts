/** A made-up list in a folder of its own, and a model trained on it through the command line. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvLine } from '../../client/csv-rows';
import { school } from '../core/predict/lists';
import type { MadeRow } from '../core/predict/lists';
import { ripen } from './fake-context';
import type { Ran } from './fake-context';

const folder = mkdtempSync(join(tmpdir(), 'ripen-score-'));
afterAll(() => rmSync(folder, { recursive: true }));
export const scoreFolder = folder;
export const at = (name: string): string => join(folder, name);
export const file = (name: string, content: string | Uint8Array): string => {
  writeFileSync(at(name), content);
  return at(name);
};
export const csv = (made: readonly MadeRow[]): string =>
  `${csvLine(Object.keys(made[0] ?? {}))}${made.map((row) => csvLine(Object.values(row))).join('')}`;
export const without = (row: MadeRow, column: string): MadeRow =>
  Object.fromEntries(Object.entries(row).filter(([name]) => name !== column));

export const { rows, target } = school(4);
export const model = at('model.json');
const list = file('won-and-lost.csv', csv(rows));
export const train = (...words: readonly string[]): Promise<Ran> =>
  ripen({}, 'score', 'train', '--from', list, '--target', target, '--out', model, ...words);
