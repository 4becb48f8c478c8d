/** What differs for one lead between what happened and another world, and the sums over many leads. Knows no store. */
import { dayMs } from '../core/time';
import type { Fact } from '../core';

/** What counts of a stretch of a lead's history. Instants are epoch ms, engine's clock. */
export type Course = {
  /** Content ids in the order they went. */
  readonly mails: readonly { readonly at: number; readonly content: string }[];
  readonly handOffs: readonly { readonly at: number; readonly rule: string }[];
  /** First moment of each lifecycle stage reached. */
  readonly reached: Readonly<Record<string, number>>;
  readonly withheld: readonly string[];
};

export function courseOf(facts: readonly Fact[]): Course {
  const reached: Record<string, number> = {};
  for (const fact of facts) if (fact.type === 'QualificationChanged') reached[fact.to] ??= fact.recordedAt;
  return {
    mails: facts.flatMap((fact) => (fact.type === 'TouchSent' ? [{ at: fact.recordedAt, content: idOf(fact.content) }] : [])),
    handOffs: facts.flatMap((fact) =>
      fact.type === 'HandOffRequested' ? [{ at: fact.recordedAt, rule: fact.rule.slice(fact.rule.indexOf('.') + 1) }] : [],
    ),
    reached,
    withheld: facts.flatMap((fact) => (fact.type === 'TouchWithheld' ? [fact.because] : [])),
  };
}
const idOf = (ref: string): string => ref.split('@', 1)[0] ?? ref;

export type Difference = {
  readonly leadId: string;
  /** Content ids that would go and did not, and that went and would not. */
  readonly more: readonly string[];
  readonly less: readonly string[];
  /** Sentences: `would be handed off by scored`, `2 days earlier`. */
  readonly handOff?: string;
  readonly reached: readonly string[];
};

/** `undefined` where it comes to the same: the same mails, the same hand-offs within a day, the same lifecycle stages. */
export function differenceOf(leadId: string, was: Course, would: Course): Difference | undefined {
  const [had, has] = [was.mails.map(({ content }) => content), would.mails.map(({ content }) => content)];
  const handOff = handOffSays(was, would);
  const reached = [
    ...Object.keys(would.reached)
      .filter((one) => was.reached[one] === undefined)
      .map((one) => `would become ${one}`),
    ...Object.keys(was.reached)
      .filter((one) => would.reached[one] === undefined)
      .map((one) => `would not become ${one}`),
  ];
  const [more, less] = [without(has, had), without(had, has)];
  if (more.length === 0 && less.length === 0 && handOff === undefined && reached.length === 0) return undefined;
  return { leadId, more, less, ...(handOff === undefined ? {} : { handOff }), reached };
}

/** Each of `those` takes away one equal. */
function without(all: readonly string[], those: readonly string[]): readonly string[] {
  const left = [...those];
  return all.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function handOffSays(was: Course, would: Course): string | undefined {
  const [before, after] = [was.handOffs[0], would.handOffs[0]];
  if (before === undefined && after === undefined) return undefined;
  if (before === undefined) return `would be handed off by ${after?.rule ?? ''}`;
  if (after === undefined) return 'would not be handed off';
  const days = Math.trunc((after.at - before.at) / dayMs);
  if (days !== 0) return `would be handed off ${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'} ${days < 0 ? 'earlier' : 'later'}`;
  return after.rule === before.rule ? undefined : `would be handed off by ${after.rule}, not by ${before.rule}`;
}

export type Sums = { leads: number; mails: number; handOffs: number; withheld: Record<string, number>; mailsByDay: Record<number, number> };
export const noSums = (): Sums => ({ leads: 0, mails: 0, handOffs: 0, withheld: {}, mailsByDay: {} });

/** Adds one lead's course. Days are UTC days since 1970. */
export function addCourse(sums: Sums, course: Course): void {
  sums.leads += 1;
  sums.mails += course.mails.length;
  sums.handOffs += course.handOffs.length;
  for (const because of course.withheld) sums.withheld[because] = (sums.withheld[because] ?? 0) + 1;
  for (const { at } of course.mails) {
    const day = Math.floor(at / dayMs);
    sums.mailsByDay[day] = (sums.mailsByDay[day] ?? 0) + 1;
  }
}
