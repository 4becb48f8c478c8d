/** Moments at which an event matched a condition: which to keep, and when enough of them hold. Knows no plan. */

/** Late events may fall between kept ones, so a few more than needed are kept. */
const slack = 4;

/** `c3`, `c3x2` for two times, `r3` where the newest moments matter; `p3`, `q3` for the same within a phase: a fold knows from the key alone what to keep. */
export const markKey = (n: number, times: number, rolling: boolean, ofPhase: boolean): string =>
  `${ofPhase ? (rolling ? 'q' : 'p') : rolling ? 'r' : 'c'}${n}${times === 1 ? '' : `x${times}`}`;

/** Under which the first moment of a wait is remembered that cannot be told from marks later. */
export const sinceKey = (step: string, ofPhase: boolean): string => `${ofPhase ? 'sp' : 's'}.${step}`;

/** Are the moments under that key forgotten on entry to a phase? */
export const endsWithPhase = (key: string): boolean => /^(?:[pq]\d|sp\.)/.test(key);

/** The moment from which `times` marks, `within` ms of each other, hold; `undefined` while they do not. Only marks after `floorAt` count. */
export function heldFrom(
  marks: readonly number[] | undefined,
  times: number,
  within: number | undefined,
  floorAt: number,
): number | undefined {
  if (marks === undefined) return undefined;
  let first = 0;
  while (first < marks.length && (marks[first] ?? 0) <= floorAt) first += 1;
  for (let last = first + times - 1; last < marks.length; last += 1) {
    const moment = marks[last] ?? 0;
    if (within === undefined || moment - (marks[last - times + 1] ?? 0) <= within) return moment;
  }
  return undefined;
}

/** Would this moment change what is kept? Where the condition holds already only an earlier one does; a `rolling` one always. */
export function worthMarking(
  marks: readonly number[] | undefined,
  times: number,
  within: number | undefined,
  rolling: boolean,
  at: number,
): boolean {
  if (rolling || marks === undefined) return true;
  const held = heldFrom(marks, times, within, -1);
  return held === undefined || at < held;
}

/** The moments of that key with one more: ascending; one earliest where one is enough, else the newest as far as `times` needs. */
export function marked(key: string, marks: readonly number[] | undefined, at: number): readonly number[] {
  if (marks === undefined) return [at];
  const last = marks[marks.length - 1] ?? 0;
  const all = at >= last ? [...marks, at] : [...marks, at].sort((a, b) => a - b);
  const times = key.lastIndexOf('x') > 0 ? Number(key.slice(key.lastIndexOf('x') + 1)) : 1;
  if (key.startsWith('r') || key.startsWith('q')) return all.slice(-times);
  return times === 1 ? all.slice(0, 1) : all.slice(-times - slack);
}

/** Those of an enrolment with some put anew; a condition without any moment is none. */
export const withMarks = (
  marks: Readonly<Record<string, readonly number[]>>,
  anew: Readonly<Record<string, readonly number[]>>,
): Readonly<Record<string, readonly number[]>> =>
  Object.fromEntries(Object.entries({ ...marks, ...anew }).filter(([, moments]) => moments.length > 0));
