/** What a row of the tables of mistakes is, and small plans to make mistakes in. */
import type { Plan } from '../../workflows/core';
import type { Condition, Step } from '../../workflows/core/plan';

export type Mistake = readonly [what: string, plan: Plan, path: string, says: string];

export const base: Plan = {
  id: 'plan',
  version: 1,
  for: 'leads',
  model: 'b2b-points',
  reenter: 'never',
  exit: [],
  handOff: [],
  entry: [],
  phases: {},
};
export const phase = (touches: readonly Step[], more: Partial<Plan['phases'][string]> = {}) => ({
  touches,
  advance: [],
  exhaustedAfter: '9 days' as const,
  ...more,
});
export const of = (...touches: readonly Step[]): Plan => ({ ...base, phases: { start: phase(touches) } });
export const planWith = (more: Partial<Plan>): Plan => ({ ...of(mail('welcome')), ...more });
export const mail = (id: string, more: Partial<Extract<Step, { kind?: undefined }>> = {}): Step => ({
  channel: 'email',
  id,
  after: '1 day',
  purpose: 'marketing',
  ...more,
});
export const two = (a: Condition, b: Condition): Plan => ({
  ...base,
  phases: { a: phase([], { advance: [{ to: 'b', when: a }] }), b: phase([], { advance: [{ to: 'a', when: b }] }) },
});
export const way = (when: Condition, more: object = {}): Plan => ({
  ...base,
  phases: { start: phase([], { advance: [{ when, ...more }] }) },
});
export const span = (text: string) => text as '1 day';

export const start = 'phases.start.touches[0]';
