/** Steps that write nothing to the lead: an effect of the engineer's own, news for other leads, a task for a rep. No cap, night or hand-off holds them. */
import type { Code } from '../../events/stripped';
import type { CompiledDeed } from './program';
import { holds } from './conditions';
import type { View } from './conditions';
import { conclude, sending, viewsOf } from './deciding';
import type { Deciding } from './deciding';
import type { DeedEffect } from './effects';
import type { WithheldBecause } from './facts';
import { isPast } from './planned';
import type { Value, Values } from './plan';
import { dueBefore } from './touches';
import { dueStep } from './touch-due';
import { touchKeyOf } from './touch-key';
import { given } from './without';

/** Decides every such step that is due. Not during a pause. */
export function doAll(deciding: Deciding): void {
  if (deciding.state.paused !== undefined) return;
  for (const view of viewsOf(deciding)) {
    const next = dueStep(view);
    if (next?.step.kind !== 'deed' || next.at > deciding.now || sending(deciding.state, view.id)) continue;
    doOne(deciding, next.step, view, dueBefore(next.plannedAt, view));
  }
}

function doOne(deciding: Deciding, compiled: CompiledDeed, view: View, due: { readonly dueAt?: number }): void {
  const { id, enrolment } = view;
  const touch = compiled.step.id;
  const campaign = given('campaign', enrolment.campaign);
  const effect = unwantedBecause(compiled, view) ?? effectOf(compiled, view);
  if (typeof effect === 'string')
    return conclude(deciding, { type: 'TouchWithheld', enrolment: id, touch, content: touch, because: effect, ...campaign, ...due });
  conclude(deciding, { type: 'EffectDecided', effect, ...due });
}

function unwantedBecause(compiled: CompiledDeed, view: View): WithheldBecause | undefined {
  const { step, when, unless } = compiled;
  if (isPast(compiled, view)) return 'past';
  if (when !== undefined && !holds(when, view)) return 'condition';
  if (unless !== undefined && holds(unless, view)) return 'condition';
  // A rep would write to the person.
  return step.kind === 'task' && view.state.suppressed.all !== undefined ? 'suppressed' : undefined;
}

function effectOf({ step }: CompiledDeed, view: View): DeedEffect | WithheldBecause {
  const { id, enrolment } = view;
  const touchKey = touchKeyOf(id, enrolment, step.id);
  const ofStep = {
    id: `${touchKey}.${enrolment.attempt + 1}`,
    touchKey,
    enrolment: id,
    sequence: enrolment.sequence,
    ...given('campaign', enrolment.campaign),
    phase: enrolment.phase,
    touch: step.id,
  };
  if (step.kind === 'task') return { type: 'GiveTask', ...ofStep, to: step.to ?? 'owner', says: step.says };
  const codes = codesOf((step.kind === 'run' ? step.with : step.data) ?? {}, view);
  if (codes === undefined) return 'template-field-missing';
  if (step.kind === 'run') return { type: 'RunCustom', ...ofStep, name: step.effect, input: codes, ...given('into', step.into) };
  const { referrer } = enrolment.data;
  const by = given('referrer', typeof referrer === 'string' ? referrer : undefined);
  return { type: 'TellLeads', ...ofStep, whom: step.whom, event: step.event, data: codes, at: view.now, ...by };
}

/** `undefined`: one of them is not known of this person. */
function codesOf(values: Values, view: View): Readonly<Record<string, Code>> | undefined {
  const codes: Record<string, Code> = {};
  for (const [name, value] of Object.entries(values)) {
    const code = codeOf(value, view);
    if (code === undefined) return undefined;
    codes[name] = code;
  }
  return codes;
}

function codeOf(value: Value, { enrolment, state }: View): Code | undefined {
  if (typeof value !== 'object') return value;
  if (value.of === 'lead') return state.leadId;
  return value.of.startsWith('data.') ? enrolment.data[value.of.slice(5)] : state.traits[value.of];
}
