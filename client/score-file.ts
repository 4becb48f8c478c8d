/** Model files and lists of results: read whole and checked, written whole or not at all. Knows no scoring. */
import { accessSync, constants, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { readPredictiveModel } from '../events/predictive-model';
import { modelOfAge } from '../workflows/core/predict';
import type { PredictiveModel } from '../workflows/core/predict';
import { failed, messageOf, noSuchThing, wrongUsage } from './refusal';

export function readModelFile(file: string): PredictiveModel {
  if (!existsSync(file))
    throw noSuchThing(`There is no model "${file}". Train one: ripen score train --from LIST --target COLUMN --out ${file}`);
  if (!statSync(file).isFile()) throw wrongUsage(`"${file}" is no file.`);
  const read = readPredictiveModel(parsed(file));
  if (read.as === 'refused') throw failed(`"${file}" ${read.says}.`);
  return read.model;
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw failed(`"${file}" cannot be read as a model: ${messageOf(error)}.`);
  }
}

/** Refused before hours of work, not after. */
export function checkPlace(file: string): void {
  const folder = dirname(file);
  if (existsSync(folder) && !statSync(folder).isDirectory()) throw wrongUsage(`"${folder}" is no folder to write "${file}" into.`);
  if (!existsSync(folder)) throw noSuchThing(`There is no folder "${folder}" to write "${file}" into.`);
  if (existsSync(file) && !statSync(file).isFile()) throw wrongUsage(`"${file}" is no file that could be written.`);
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw failed(`Nothing can be written into the folder "${folder}": it is not permitted.`);
  }
}

/** A reader sees the old file or the new one, never half of it. */
export function writeWhole(file: string, text: string): void {
  const beside = `${file}.${process.pid}.part`;
  try {
    writeFileSync(beside, text);
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw failed(`"${file}" cannot be written: ${messageOf(error)}.`);
  }
}

/** For lists: a model from the engine's own log reads what no list has. */
export function readListModel(file: string): PredictiveModel {
  const model = readModelFile(file);
  if (modelOfAge(model, 'listed') === undefined)
    throw failed(
      `"${file}" was trained from the engine's log, where it was judged on the leads that came last; a list holds nothing that it reads.`,
    );
  return model;
}
