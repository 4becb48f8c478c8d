/** Which cells of the target column mean that the lead converted. Knows the spellings of yes and no and when they are not clear. */
import { keyOf, noAnswer } from './answers';
import { grouped } from './say';
import { countsOf } from './table';
import type { Column } from './table';

/** How the outcome is written. Kept in the model, so that a later file is read the same way. */
export type OutcomeWords = {
  readonly column: string;
  /** Keys of the cells that mean converted. */
  readonly yes: readonly string[];
  /** Keys of those that mean not converted; `undefined`: every other answer. */
  readonly no?: readonly string[];
};
/** Per row 1, 0, or 2 where the cell says neither. */
export type Labels = Uint8Array;
export const noLabel = 2;

const yesWords: ReadonlySet<string> = new Set(
  `1|1.0|yes|y|true|t|won|win|closed won|deal won|converted|convert|customer|sold|success|successful|signed|bought|purchased|positive|subscribed|accepted|approved|responded|enrolled|registered|booked
  |ja|j|wahr|gewonnen|oui|o|vrai|gagne|gagné|si|sí|s|verdadero|ganado|sim|vero|vinto|waar|gewonnen|tak|да`
    .split('|')
    .map((word) => word.trim()),
);
const noWords: ReadonlySet<string> = new Set(
  `0|0.0|-1|no|n|false|f|lost|loss|closed lost|deal lost|unconverted|failure|failed|unsuccessful|negative|rejected|declined|refused|denied|unsubscribed
  |nein|falsch|verloren|non|faux|perdu|falso|perdido|nao|não|perso|nee|onwaar|nie|нет`
    .split('|')
    .map((word) => word.trim()),
);

const negated = /^(not|no|non|never|nicht|kein|keine|pas|niet|geen|nao) /;

/** Marks between words do not count: "Closed - Won". */
const plain = (key: string): string => key.replace(/[\s_/|:–—-]+/g, ' ').trim();

/** "not" in front of a yes is a no. */
function saysOf(key: string): 0 | 1 | undefined {
  for (const words of [key, plain(key)]) {
    if (yesWords.has(words)) return 1;
    if (noWords.has(words)) return 0;
  }
  return negated.test(plain(key)) && yesWords.has(plain(key).replace(negated, '')) ? 0 : undefined;
}

export type FoundOutcome =
  | { readonly as: 'outcome'; readonly words: OutcomeWords; readonly says?: string }
  | { readonly as: 'refused'; readonly because: 'unclear' | 'one-class' | 'empty'; readonly says: string };

const shownValues = (values: readonly string[]): string =>
  `${values
    .slice(0, 5)
    .map((value) => `"${value.slice(0, 40)}"`)
    .join(', ')}${values.length > 5 ? ', ...' : ''}`;

/** `positive`: the answer that the user says means converted. */
export function findOutcome(column: Column, positive?: string): FoundOutcome {
  const shown = new Map<string, string>();
  const counts = countsOf(column);
  column.values.forEach((value, at) => {
    if ((counts[at] ?? 0) > 0 && noAnswer(value) === undefined && !shown.has(keyOf(value))) shown.set(keyOf(value), value);
  });
  const keys = [...shown.keys()];
  if (keys.length === 0) return refused('empty', `column "${column.name}" holds no answer in any row, so there is nothing to learn`);
  if (positive !== undefined) return named(column, keys, shown, keyOf(positive));
  const yes = keys.filter((key) => saysOf(key) === 1);
  const no = keys.filter((key) => saysOf(key) === 0);
  if (keys.length === 1) return refused('one-class', oneClass(column, shown.get(keys[0] ?? '') ?? ''));
  if (yes.length + no.length === keys.length && yes.length > 0 && no.length > 0) return clear(column, yes, no);
  return keys.length === 2 ? halfClear(column, keys, yes, no, shown) : refused('unclear', manyValues(column, keys, yes, no, shown));
}

const refused = (because: 'unclear' | 'one-class' | 'empty', says: string): FoundOutcome => ({ as: 'refused', because, says });
const clear = ({ name }: Column, yes: readonly string[], no: readonly string[]): FoundOutcome => ({
  as: 'outcome',
  words: { column: name, yes, no },
});
const oneClass = ({ name }: Column, value: string): string =>
  `every row says "${value}" in column "${name}": a model needs leads that converted and leads that did not`;

function named(column: Column, keys: readonly string[], shown: ReadonlyMap<string, string>, yes: string): FoundOutcome {
  if (!keys.includes(yes))
    return refused('unclear', `no row says "${yes}" in column "${column.name}"; it holds ${shownValues([...shown.values()])}`);
  return keys.length === 1
    ? refused('one-class', oneClass(column, shown.get(yes) ?? yes))
    : { as: 'outcome', words: { column: column.name, yes: [yes] } };
}

/** Two answers of which one at most is a known word. */
function halfClear(
  column: Column,
  keys: readonly string[],
  yes: readonly string[],
  no: readonly string[],
  shown: ReadonlyMap<string, string>,
): FoundOutcome {
  const words = (list: readonly string[]): string => shownValues(list.map((key) => shown.get(key) ?? key));
  const denied = keys.find(
    (key) => negated.test(plain(key)) && keys.some((other) => other !== key && plain(other) === plain(key).replace(negated, '')),
  );
  if (denied !== undefined)
    return clear(
      column,
      keys.filter((key) => key !== denied),
      [denied],
    );
  // 1 and 2 may number anything; 0 and 5 are nothing and something.
  const numbered = yes.length === 1 && keys.every((key) => /^[\d.]+$/.test(key));
  if (yes.length + no.length !== 1 || numbered)
    return refused(
      'unclear',
      `column "${column.name}" holds ${words(keys)}, and it is not clear which of them means converted: say it with --positive`,
    );
  const rest = keys.filter((key) => !yes.includes(key) && !no.includes(key));
  const found = yes.length === 1 ? clear(column, yes, rest) : clear(column, rest, no);
  const [won, lost] = yes.length === 1 ? [yes, rest] : [rest, no];
  return {
    ...found,
    ...(found.as === 'outcome'
      ? { says: `${words(won)} was taken as converted and ${words(lost)} as not; if not so, say --positive` }
      : {}),
  };
}

function manyValues(
  column: Column,
  keys: readonly string[],
  yes: readonly string[],
  no: readonly string[],
  shown: ReadonlyMap<string, string>,
): string {
  const words = (list: readonly string[]): string => shownValues(list.map((key) => shown.get(key) ?? key));
  const odd = keys.filter((key) => !yes.includes(key) && !no.includes(key));
  const why =
    yes.length > 0 && no.length > 0
      ? `holds ${words(odd)} beside yes and no`
      : `holds ${grouped(keys.length)} different values (${words(keys)}), not yes and no`;
  return `column "${column.name}" ${why}: correct it, or say with --positive which answer means converted`;
}

/** Rows whose cell says neither get `noLabel`. */
export function labelsOf(column: Column, { yes, no }: OutcomeWords): Labels {
  const of = column.values.map((value) => {
    const key = keyOf(value);
    if (yes.includes(key)) return 1;
    if (no === undefined ? noAnswer(value) === undefined : no.includes(key)) return 0;
    // Another spelling than the one the model was trained on.
    if (no !== undefined && noAnswer(value) === undefined) return saysOf(key) ?? noLabel;
    return noLabel;
  });
  return Uint8Array.from(column.codes, (code) => of[code] ?? noLabel);
}
