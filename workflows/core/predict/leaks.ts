/** Finds columns that give the answer away: written after the outcome, or with it. Judges what their cells tell; a name is supporting evidence only. */
import { namedAfterwards, nameSays, ofATalk } from './names';
import type { Labels } from './outcome';
import { grouped, percent } from './say';
import { toldBy } from './strength';
import type { Level, Strength } from './strength';

/** A column (or one reading of it) as the guard sees it. */
export type Suspect = {
  readonly column: string;
  readonly strength: Strength;
  /** Level of each row. */
  readonly levels: Uint16Array;
  /** What the rows at a level have in common. `near`: a stretch of numbers, whose ends fade into their neighbours. */
  readonly kindOf: (level: number) => 'answer' | 'near' | 'rare' | 'none';
  /** The answer as it is written. */
  readonly shown: (level: number) => string;
  /** Reads only whether the column is filled in. */
  readonly onlyFilled: boolean;
};
export type Verdict = { readonly column: string; readonly as: 'leak' | 'doubtful'; readonly because: string };

/** Above these a single column answers the question; honest columns, all together, reach about .93 and .5 on the lists we know. */
const perfect = { auc: 0.965, explains: 0.6 };
/** Alone and this far above the next; how much somebody used a thing may honestly tell more than an answer somebody picked. */
const far = { answers: 0.88, numbers: 0.9, gap: 0.1 };
/** Shares of all conversions and of all others that sit in answers which are sure. */
const bothWays = { sure: 0.25, explains: 0.35 };
/** A fiftieth of what chance would bring, for a fifth of all leads of that outcome. */
const oneWay = { rarer: 0.02, expected: 20, covers: 0.2 };
/** Of a column that is told by a leak among leads of one outcome. */
const companion = { told: 0.16, auc: 0.68, rows: 200 };
const companionByName = { ...companion, told: 0.1 };
const byName = { auc: 0.8, explains: 0.22 };
/** Nobody knows how long a talk will last; what its length tells of a lead before the talk is nothing. */
const talkByName = { auc: 0.7, explains: 0.1 };
const doubt = { auc: 0.85, byName: 0.65 };

/** Leaks first found by themselves, then by what they share with those; then what is only doubtful. */
export function findLeaks(suspects: readonly Suspect[], labels: Labels, base: number): readonly Verdict[] {
  const found = new Map<string, Verdict>();
  const add = (verdict: Verdict | undefined): void => {
    if (verdict !== undefined && !found.has(verdict.column)) found.set(verdict.column, verdict);
  };
  const used = new Set(suspects.filter(usage).map(({ column }) => column));
  for (const suspect of suspects) add(byItself(suspect, base, used));
  for (const suspect of suspects) if (!found.has(suspect.column)) add(farAbove(suspect, suspects, found));
  const primary = suspects.filter(({ column, onlyFilled }) => found.has(column) && !onlyFilled);
  for (const suspect of suspects) if (!found.has(suspect.column)) add(besideLeak(suspect, primary, labels));
  for (const suspect of suspects) if (!found.has(suspect.column)) add(doubtful(suspect));
  return [...found.values()];
}

const leak = ({ column }: Suspect, because: string): Verdict => ({ column, as: 'leak', because: `gives the answer away: ${because}` });

/** `used`: columns that say how much somebody used a thing. */
function byItself(suspect: Suspect, base: number, used: ReadonlySet<string>): Verdict | undefined {
  const { strength, onlyFilled } = suspect;
  const { auc, explains } = strength;
  if (auc >= perfect.auc || explains >= perfect.explains)
    return leak(
      suspect,
      onlyFilled ? filledSays(suspect) : `alone it tells converted from not converted nearly without a fault (AUC ${auc.toFixed(3)})`,
    );
  const exact = strength.levels.map((level, at) => ({ level, at })).filter(({ at }) => suspect.kindOf(at) !== 'near');
  const positives = strength.levels.reduce((sum, { converted }) => sum + converted, 0);
  const others = strength.levels.reduce((sum, { leads, converted }) => sum + leads - converted, 0);
  const yes = exact.filter(({ level }) => surelyYes(level, base));
  const no = exact.filter(({ level }) => surelyNo(level, base));
  const coversYes = converted(yes) / positives;
  const coversNo = notConverted(no) / others;
  if (coversYes >= bothWays.sure && coversNo >= bothWays.sure && explains >= bothWays.explains)
    return leak(
      suspect,
      `${percent(coversYes)} of the conversions and ${percent(coversNo)} of the others have answers after which the outcome is all but certain${examples(suspect, [yes[0], no[0]])}`,
    );
  const onlyYes = exact.filter(({ level }) => rareMiss(level.leads - level.converted, level.leads * (1 - base)));
  if (converted(onlyYes) / positives >= oneWay.covers)
    return leak(
      suspect,
      onlyFilled ? filledSays(suspect) : `nobody who has these answers failed to convert${examples(suspect, onlyYes.slice(0, 2))}`,
    );
  const onlyNo = exact.filter(({ level }) => rareMiss(level.converted, level.leads * base));
  if (notConverted(onlyNo) / others >= oneWay.covers && !used.has(suspect.column))
    return leak(
      suspect,
      onlyFilled ? filledSays(suspect) : `nobody who has these answers ever converted${examples(suspect, onlyNo.slice(0, 2))}`,
    );
  return undefined;
}

type At = { readonly level: Level; readonly at: number };
const converted = (levels: readonly At[]): number => levels.reduce((sum, { level }) => sum + level.converted, 0);
const notConverted = (levels: readonly At[]): number => levels.reduce((sum, { level }) => sum + level.leads - level.converted, 0);
const surelyYes = ({ leads, converted: won }: Level, base: number): boolean =>
  leads >= 30 && won >= 0.95 * leads && leads - won <= 0.1 * leads * (1 - base);
const surelyNo = ({ leads, converted: won }: Level, base: number): boolean =>
  leads * base >= 10 && won <= 0.05 * leads && won <= 0.1 * leads * base;
/**
 * Whoever never used a thing hardly ever buys it, and who used it more buys more often: that is honest. What is written in the course of a sale (an amount,
 * a number) says by being there at all how far the sale went, and little more by how large it is.
 */
function usage({ strength, kindOf, onlyFilled }: Suspect): boolean {
  const near = onlyFilled ? [] : strength.levels.filter((_, level) => kindOf(level) === 'near');
  const won = near.reduce((sum, level) => sum + level.converted, 0);
  const lost = near.reduce((sum, { leads }) => sum + leads, 0) - won;
  if (won < usageAt.each || lost < usageAt.each) return false;
  let below = 0;
  let ranked = 0;
  for (const level of near) {
    const others = level.leads - level.converted;
    ranked += level.converted * (below + others / 2);
    below += others;
  }
  return Math.abs(ranked / (won * lost) - 0.5) >= usageAt.grades;
}
/** Leads of each outcome among those that have a number, and how far above chance (AUC) the size of the number tells them apart. */
const usageAt = { each: 50, grades: 0.08 };

const rareMiss = (seen: number, expected: number): boolean => expected >= oneWay.expected && seen <= oneWay.rarer * expected;

function examples(suspect: Suspect, levels: readonly (At | undefined)[]): string {
  const shown = levels.flatMap((each) =>
    each === undefined ? [] : [`${saying(suspect, each.at)}: ${grouped(each.level.converted)} of ${grouped(each.level.leads)} converted`],
  );
  return shown.length === 0 ? '' : ` (${shown.join('; ')})`;
}

function saying({ kindOf, shown }: Suspect, level: number): string {
  const kind = kindOf(level);
  return kind === 'none' ? 'not filled in' : kind === 'rare' ? 'rare answers' : `"${shown(level)}"`;
}

function filledSays({ strength, levels, shown }: Suspect): string {
  const said = strength.levels.flatMap((level, at) =>
    level.leads === 0 || !levels.includes(at) ? [] : [`${shown(at)}: ${grouped(level.converted)} of ${grouped(level.leads)} converted`],
  );
  return `whether it is filled in follows the outcome (${said.join('; ')})`;
}

function farAbove(suspect: Suspect, all: readonly Suspect[], found: ReadonlyMap<string, Verdict>): Verdict | undefined {
  const { column, strength } = suspect;
  const least = strength.levels.some(({ leads }, level) => leads > 0 && suspect.kindOf(level) === 'near') ? far.numbers : far.answers;
  const next = all
    .filter((other) => other.column !== column && !found.has(other.column) && other.strength.auc < least)
    .reduce((best, other) => Math.max(best, other.strength.auc), 0.5);
  if (strength.auc >= least && strength.auc - next >= far.gap)
    return leak(suspect, `alone it tells far more than any other column (AUC ${strength.auc.toFixed(3)}, the next ${next.toFixed(3)})`);
  const named = ofATalk(column) ? talkByName : byName;
  if (!namedAfterwards(column) || strength.auc < named.auc || strength.explains < named.explains) return undefined;
  const others = all
    .filter((other) => other.column !== column && !namedAfterwards(other.column) && !found.has(other.column))
    .reduce((best, other) => Math.max(best, other.strength.auc), 0.5);
  return strength.auc > others
    ? leak(suspect, `it tells more than any other column (AUC ${strength.auc.toFixed(3)}) and its name is of ${nameSays(column)}`)
    : undefined;
}

function besideLeak(suspect: Suspect, leaks: readonly Suspect[], labels: Labels): Verdict | undefined {
  const least = namedAfterwards(suspect.column) ? companionByName : companion;
  if (suspect.strength.auc < least.auc || suspect.onlyFilled) return undefined;
  for (const other of leaks) {
    const { share, rows } = toldBy(seenAs(suspect), seenAs(other), labels);
    if (rows >= least.rows && share >= least.told)
      return leak(
        suspect,
        `it was written together with "${other.column}", which does (${percent(share)} of what it says is told there, among leads that ended alike; alone AUC ${suspect.strength.auc.toFixed(3)})`,
      );
  }
  return undefined;
}

const seenAs = ({ levels, strength, kindOf }: Suspect) => ({
  levels,
  count: strength.levels.length,
  unsaid: (level: number): boolean => kindOf(level) === 'none',
});

function doubtful(suspect: Suspect): Verdict | undefined {
  const { column, strength } = suspect;
  const named = namedAfterwards(column);
  if (strength.auc < (named ? doubt.byName : doubt.auc)) return undefined;
  return {
    column,
    as: 'doubtful',
    because: `alone it has AUC ${strength.auc.toFixed(3)}${named ? ` and its name is of ${nameSays(column)}` : ''}: if it is written after the outcome, leave it out with --without`,
  };
}
