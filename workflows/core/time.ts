/** Spans such as '3 days' and their length; knows no clock. Every instant elsewhere is epoch milliseconds in a name that ends in `At`. */

type Unit = 'minute' | 'minutes' | 'hour' | 'hours' | 'day' | 'days' | 'week' | 'weeks';

/** A length of elapsed time as an engineer or marketer writes it: `'15 minutes'`, `'1.5 hours'`, `'3 days'`. */
export type Span = `${number} ${Unit}`;

const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 } as const;

/** Milliseconds in one UTC day, the grain of point caps and decay. */
export const dayMs = unitMs.day;

/** Milliseconds of a span. Throws `RangeError` on text that is no span; spans in published plans were checked before. */
export function msOf(span: Span): number {
  const known = lengths.get(span);
  if (known !== undefined) return known;
  const parsed = parseSpan(span);
  if (parsed === undefined) throw new RangeError(`"${span}" is no span; write for example '3 days' or '15 minutes'`);
  lengths.set(span, parsed);
  return parsed;
}
/** Rules and settings hold few spans and ask for them all the time. */
const lengths = new Map<string, number>();

/** Milliseconds of the text, or `undefined` where it is not `<number> minutes|hours|days|weeks`. */
export function parseSpan(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?) (minute|hour|day|week)s?$/.exec(text);
  if (match === null) return undefined;
  return Math.round(Number(match[1]) * unitMs[match[2] as keyof typeof unitMs]);
}

/** Length of the span, and whether it is counted in days or weeks. Throws `RangeError` as `msOf` does. */
export const spanUnits = (span: Span): { readonly ms: number; readonly calendar: boolean } => ({
  ms: msOf(span),
  calendar: / (day|week)s?$/.test(span),
});

/** The UTC day an instant falls in, counted from 1970-01-01. */
export const utcDay = (at: number): number => Math.floor(at / dayMs);

/** Whole minutes since 1970, for moments that need no more. */
export const epochMinute = (at: number): number => Math.floor(at / unitMs.minute);
