/** What comes next in one enrolment, in a word or two: what people on a sequence are grouped by. */
import { viewOf } from './deciding';
import type { Published } from './plan';
import type { LeadState } from './state';
import { nextStep } from './touch-due';

/** `"pricing"`, `choice worth`, `nothing more`. Throws `UnknownRef`. */
export function describePlace(published: Published, state: LeadState, enrolment: string): string {
  const one = state.enrolments[enrolment];
  if (one === undefined) return 'left';
  const next = nextStep(viewOf({ published, state, now: state.at }, enrolment, one));
  if (next === undefined) return 'nothing more';
  return next.kind === 'choose' ? `choice ${next.step.id}` : `"${next.step.id}"`;
}
