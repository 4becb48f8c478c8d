/** A ledger of points as a table that fits the page, and what is wrong with it. Counts nothing. */
import type { Entry, Ledger } from './ledger';
import { capWords, ruleWord } from '../workflows/speech/words';
import { blocks, count, date, points, section, table, wrapped } from './print';

/** More are summed up in one line unless asked for. */
const mostEntries = 40;

/** `score`: where this model's decides. */
export function ledgerText({ model, ref, entries: whole, sum, total }: Ledger, score: number | undefined, all: boolean): string {
  // What only counts towards a rule of frequency moves nothing yet.
  const entries = all ? whole : whole.filter(({ often, counted, capped }) => often === undefined || counted !== 0 || capped !== undefined);
  const shown = entries.slice(-Math.min(all ? Infinity : mostEntries, entries.length));
  const earlier = entries.slice(0, entries.length - shown.length);
  const rows = [
    ...(earlier.length === 0
      ? []
      : [['', count(earlier.length, 'earlier entry', 'earlier entries'), '', '', points(sumOf(earlier), true), '']]),
    ...shown.map((entry) => [
      date(entry.at),
      entry.what,
      entry.rule === undefined ? '' : ruleWord(entry.rule),
      entry.rule === undefined || entry.often === true ? '' : points(entry.raw, true),
      points(entry.counted, true),
      noteOf(entry, ref),
    ]),
    ['', 'sum', '', '', points(sum), ''],
  ];
  const columns = [
    'when',
    'what',
    'rule',
    { title: 'worth', align: 'right' as const },
    { title: 'counted', align: 'right' as const },
    { title: 'note', flexible: true },
  ];
  const title = score === undefined ? `Points by ${model} (does not decide)` : `Score ${score}`;
  return section(
    title,
    blocks(
      score === undefined ? undefined : `${points(total)} points by model ${ref}. The score is the points, whole and from 1 to 100.`,
      table(columns, rows),
      sum === total
        ? undefined
        : wrapped(
            `A fault: the points are ${points(total)}, and the entries come to ${points(sum)}. What is missing is told by no entry of this lead's history. Please report it, with what \`ripen timeline LEAD --json\` prints.`,
          ),
    ),
  );
}

const sumOf = (entries: readonly Entry[]): number => entries.reduce((sum, { counted }) => sum + counted, 0);

function noteOf({ capped, counted, decayPercent, often, by, is, note }: Entry, ref: string): string {
  const notes = [
    is,
    note,
    capped === undefined ? undefined : capWords[capped],
    decayPercent === undefined ? undefined : decayPercent > 100 ? `${decayPercent}% while it is recent` : `${decayPercent}% left by age`,
    often === true ? (counted === 0 ? 'counts towards it' : 'often enough') : undefined,
    by === ref ? undefined : `by ${by}`,
  ];
  return notes.filter((one) => one !== undefined).join(', ');
}
