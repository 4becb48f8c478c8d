/** An enrolment goes on with another version of its sequence: where it stands there, and what of its past counts there. */
import type { StrippedEvent } from '../../events/stripped';
import { compiledPlan } from './compile';
import type { CompiledPlan } from './compile';
import { conclude, planOf, recordedIn } from './deciding';
import type { Deciding } from './deciding';
import type { Judged } from './hand-off-words';
import type { Command } from './inputs';
import { marked } from './marks';
import { counts, matching } from './progress';
import type { Advance } from './plan';
import type { Program } from './program';
import { eventsIn } from './recorded';
import type { Enrolment } from './state';
import { partsOfEffectId } from './touch-key';

type Target = { readonly ref: string; readonly plan: CompiledPlan };
type Place = { readonly phase: string; readonly next: number; readonly ways: readonly (readonly [end: number, behind: number])[] };

export function judgeUpgrade(deciding: Deciding, id: string, { to, when }: Extract<Command, { word: 'upgrade' }>, by: string): Judged {
  const enrolment = deciding.state.enrolments[id];
  const found = deciding.published.currentPlan(to);
  if (enrolment === undefined || found === undefined) return { ok: false, says: `There is no sequence "${to}".` };
  const from = planOf(deciding.published, enrolment);
  if (found.plan.id !== from.plan.id) return { ok: false, says: `${id} is in ${from.plan.id}, not in ${found.plan.id}.` };
  const name = `${found.plan.id}@${found.plan.version}`;
  if (found.ref === enrolment.sequence) return { ok: false, says: `${id} is on ${name} already.` };
  const because = `moved to another version by ${by}`;
  if (when === 'next-phase')
    return {
      ok: true,
      says: `${id} goes on with ${name} when it enters its next phase.`,
      act: () => conclude(deciding, { type: 'SequenceChangePlanned', enrolment: id, to: found.ref, because }),
    };
  const target = { ref: found.ref, plan: compiledPlan(found.plan) };
  const place = placeIn(target.plan, from, enrolment);
  if (place === undefined)
    return {
      ok: false,
      says: `${name} has no phase "${enrolment.phase}" and does not say what replaces it; move it with its next phase, or to a phase by hand.`,
    };
  return { ok: true, says: `${id} goes on with ${name}, phase ${place.phase}.`, act: () => change(deciding, id, target, place, because) };
}

/** On entry to a phase: the version that was planned takes over, where it has that phase. Its name there; `undefined` = nothing changes. */
export function changeVersion(deciding: Deciding, id: string, phase: string): string | undefined {
  const enrolment = deciding.state.enrolments[id];
  const plan = enrolment?.moving === undefined ? undefined : deciding.published.plan(enrolment.moving);
  if (enrolment?.moving === undefined || plan === undefined) return undefined;
  const there = plan.replaces?.phases?.[phase] ?? phase;
  if (plan.phases[there] === undefined) return undefined;
  const target = { ref: enrolment.moving, plan: compiledPlan(plan) };
  change(deciding, id, target, { phase: enrolment.phase, next: enrolment.next, ways: [] }, 'moved to another version with this phase');
  return there;
}

function change(deciding: Deciding, id: string, target: Target, place: Place, because: string): void {
  const enrolment = deciding.state.enrolments[id];
  if (enrolment === undefined) return;
  const marks = marksIn(target.plan, id, enrolment, planOf(deciding.published, enrolment), eventsIn(recordedIn(deciding)));
  conclude(deciding, { type: 'SequenceChanged', enrolment: id, from: enrolment.sequence, to: target.ref, ...place, marks, because });
}

/** At the first step, from the one it stands at on, that the other version has too; behind its last where there is none. */
function placeIn(to: CompiledPlan, from: CompiledPlan, enrolment: Enrolment): Place | undefined {
  const { replaces } = to.plan;
  const phase = replaces?.phases?.[enrolment.phase] ?? enrolment.phase;
  const there = to.phases.get(phase)?.program;
  if (there === undefined) return undefined;
  const ahead = (from.phases.get(enrolment.phase)?.program ?? []).slice(enrolment.next);
  for (const { step } of ahead) {
    const next = there.findIndex((one) => one.step.id === (replaces?.steps?.[step.id] ?? step.id));
    if (next >= 0) return { phase, next, ways: waysTo(there, next) };
  }
  return { phase, next: there.length, ways: [] };
}

/** The arms a step stands in, outermost first. */
const waysTo = (program: Program, address: number): Place['ways'] =>
  program.flatMap((one) => {
    if (one.kind !== 'choose') return [];
    const block = [...one.arms, one.otherwise].find(({ at, end }) => at <= address && address < end);
    return block === undefined ? [] : [[block.end, one.behind] as const];
  });

/** Progress is computed anew from what was recorded since the enrolment (PROTOCOL 22). */
function marksIn(
  to: CompiledPlan,
  id: string,
  enrolment: Enrolment,
  from: CompiledPlan,
  recorded: readonly StrippedEvent[],
): Enrolment['marks'] {
  const marks: Record<string, readonly number[]> = {};
  const mark = (key: string, at: number): void => {
    marks[key] = marked(key, marks[key], at);
  };
  for (const event of recorded) {
    if (event.occurredAt < enrolment.enrolledAt || !counts(event)) continue;
    for (const [key, at] of matching(to, { ...enrolment, marks }, event)) mark(key, at);
    const clicked = event.type === 'email.clicked' ? clickedIn(to, id, event) : undefined;
    if (clicked !== undefined) mark(clicked, event.occurredAt);
  }
  for (const [key, at] of firedIn(to, from, enrolment)) mark(key, at);
  return marks;
}

function clickedIn(to: CompiledPlan, id: string, event: StrippedEvent): string | undefined {
  const parts = partsOfEffectId(event.effect ?? '');
  if (parts?.enrolment !== id) return undefined;
  return to.clicks.get(to.plan.replaces?.steps?.[parts.touch] ?? parts.touch);
}

const wayOf = ({ start = '', endOther = '' }: Advance): string => `${start}|${endOther}`;
const staysHere = ({ to, start, end, stay }: Advance): boolean =>
  to === undefined && (start === undefined ? end === undefined : stay === true);

/** A rule that started or ended another sequence beside this one does not do so again in its new place. */
function firedIn(to: CompiledPlan, from: CompiledPlan, enrolment: Enrolment): readonly (readonly [key: string, at: number])[] {
  const fired = [...from.phases.values()]
    .flatMap(({ advance }) => advance)
    .flatMap(({ rule, key }) => (enrolment.marks[key] === undefined ? [] : [{ way: wayOf(rule), at: enrolment.marks[key][0] ?? 0 }]));
  return [...to.phases.values()]
    .flatMap(({ advance }) => advance)
    .flatMap(({ rule, key }) => {
      const before = staysHere(rule) ? fired.find(({ way }) => way === wayOf(rule)) : undefined;
      return before === undefined ? [] : [[key, before.at] as const];
    });
}
