/** Silence that enrols: somebody known has done nothing for so long. One silence enrols once in a sequence, whatever the rules of re-entry. */
import { clockOf } from './calendar';
import { momentOf } from './civil';
import type { Deciding } from './deciding';
import { enrol, refusalOf } from './enrol';
import { silence, silenceIn } from './listens';
import { pastKey } from './past-key';
import type { Plan, Published } from './plan';
import type { LeadState } from './state';
import { msOf } from './time';
import type { Span } from './time';

/** `at`: when it enrols if nothing happens until then; a moment that has passed means now. `since`: when the silence began. */
export type SilenceEntry = { readonly ref: string; readonly plan: Plan; readonly at: number; readonly since: number; readonly span: Span };

/** Sequences that this silence will put the lead on, and when. None for people nobody knows by name: there is nobody to write to. */
export function silenceEntries(published: Published, state: LeadState): readonly SilenceEntry[] {
  const plans = published.enrolledBy(silence);
  const since = state.lastEngagedAt ?? state.knownAt;
  if (plans.length === 0 || since === undefined || state.profileVersion === 0) return none;
  return plans.flatMap(({ ref, plan }) => {
    const span = silenceIn(plan.on);
    if (span === undefined || (state.silences?.[plan.id] ?? -1) >= since) return [];
    const at = Math.max(since + msOf(span), ...opensAt(published, state, plan));
    const refused = refusalOf({ published, state, now: Math.max(at, state.at) }, { ref, plan, data: {}, because: '' });
    return refused === undefined ? [{ ref, plan, at, since, span }] : [];
  });
}
const none: readonly SilenceEntry[] = [];

/** Moments before which nobody, or not this person again, may enter. */
function opensAt(published: Published, state: LeadState, plan: Plan): readonly number[] {
  const endedAt = state.past[pastKey(plan.id, undefined)];
  const again = endedAt === undefined || plan.reenter === 'never' || plan.reenter === 'always' ? [] : [endedAt + msOf(plan.reenter)];
  const from = plan.from === undefined ? undefined : momentOf(plan.from, clockOf(published, state));
  return from === undefined ? again : [...again, from];
}

export function enrolSilent(deciding: Deciding): void {
  for (const { ref, plan, at, since, span } of silenceEntries(deciding.published, deciding.state))
    if (at <= deciding.now) enrol(deciding, { ref, plan, data: {}, because: `silent for ${span}`, silentSince: since });
}

/** When silence next enrols; `undefined` where it does not, and for a sleeping lead, which only something new wakes. */
export function nextSilence(published: Published, state: LeadState): number | undefined {
  if (state.resting === true) return undefined;
  let soonest: number | undefined;
  for (const { at } of silenceEntries(published, state)) if (soonest === undefined || at < soonest) soonest = at;
  return soonest;
}
