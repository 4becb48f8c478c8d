/** Which columns count: every reading looked at alone, leaks and days to conversion taken out. Knows no fit. */
import { readingOf, reportOf, wantedOf } from './columns';
import type { Kinds, Reading, Wanted } from './columns';
import { placesOf } from './encoder';
import type { Given } from './fit';
import { findLeaks } from './leaks';
import type { Suspect, Verdict } from './leaks';
import type { LeftOut, PredictiveModel } from './model';
import { strengthOf } from './strength';
import type { Table } from './table';
import type { Days } from './when';

export type Selected = { readonly wanted: readonly Wanted[]; readonly leftOut: readonly LeftOut[]; readonly verdicts: readonly Verdict[] };

/** `keep`: columns that count though they look like leaks; `knownBefore`: none is one. */
export function selectColumns(
  given: Given,
  found: Kinds,
  days: Days | undefined,
  { keep, knownBefore }: { readonly keep: readonly string[]; readonly knownBefore?: true },
): Selected {
  const { table, labels } = given;
  const seen = wantedOf(table, found.kinds).map((wanted) => ({ wanted, suspect: suspectOf(readingOf(table, wanted, given.rows), given) }));
  const base = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  const suspects = seen.map(({ suspect }) => suspect);
  const verdicts = knownBefore === true ? [] : findLeaks(suspects, labels, base);
  const leaks = verdicts.filter(({ as, column }) => as === 'leak' && !keep.includes(column));
  const out = new Set([...leaks.map(({ column }) => column), ...(days?.columns ?? [])]);
  const wanted = seen.map((each) => each.wanted).filter(({ source, unused }) => !unused && !out.has(source.column));
  return { wanted, verdicts, leftOut: leftOutOf(found, leaks, days, table) };
}

function suspectOf({ source, encoder, levels }: Reading, given: Given): Suspect {
  const places = placesOf(encoder);
  const answers = encoder.as === 'answers' ? encoder.levels.length : encoder.spikes.length;
  return {
    column: source.column,
    strength: strengthOf(levels, places, given),
    levels,
    onlyFilled: source.take === 'filled',
    shown: (level) => (encoder.as === 'answers' ? (encoder.levels[level]?.[1] ?? '') : String(encoder.spikes[level] ?? '')),
    kindOf: (level) => (level < answers ? 'answer' : level >= places - 2 ? 'none' : encoder.as === 'number' ? 'near' : 'rare'),
  };
}

function leftOutOf({ leftOut }: Kinds, leaks: readonly Verdict[], days: Days | undefined, table: Table): readonly LeftOut[] {
  const because = new Map(leftOut.map((each) => [each.column, each.because]));
  for (const leak of leaks) because.set(leak.column, leak.because);
  for (const column of days?.columns ?? []) because.set(column, 'is known only when a lead has converted; it tells when, not whether');
  return table.columns.flatMap(({ name }) => {
    const why = because.get(name);
    return why === undefined ? [] : [{ column: name, because: why }];
  });
}

/** What is used is reported; what is not, is left out with its reason. */
export function reportColumns(
  { kinds }: Kinds,
  verdicts: readonly Verdict[],
  readings: readonly Reading[],
  wanted: readonly Wanted[],
  keep: readonly string[],
  leftOut: readonly LeftOut[],
): Pick<PredictiveModel, 'columns' | 'leftOut'> {
  const noteOf = (column: string): string | undefined => {
    const verdict = verdicts.find((each) => each.column === column);
    return verdict === undefined
      ? undefined
      : keep.includes(column)
        ? `kept on request; ${verdict.because}`
        : `doubtful: ${verdict.because}`;
  };
  const used = new Set(readings.map(({ source }) => source.name));
  const crowded = wanted.filter(({ source }) => !used.has(source.name) && !readings.some((each) => each.source.column === source.column));
  return {
    columns: readings.map((reading) => reportOf(reading, kinds.get(reading.source.column), noteOf(reading.source.column))),
    leftOut: [
      ...leftOut,
      ...[...new Set(crowded.map(({ source }) => source.column))].map((column) => ({
        column,
        because: 'tells less than the columns that were taken, and there were more of them than a model holds',
      })),
    ],
  };
}
