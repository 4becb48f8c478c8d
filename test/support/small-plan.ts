/** One small published plan for tests of the shell: a mail at once, one a day later, points for clicks and visits. */
import type { Model, Plan, Published, Settings } from '../../workflows/core';

export const smallPlan: Plan = {
  id: 'small',
  version: 1,
  for: 'leads',
  model: 'points',
  reenter: 'never',
  exit: [],
  handOff: [],
  entry: [],
  phases: {
    start: {
      stage: 'awareness',
      touches: [
        { channel: 'email', id: 'hello', after: '0 minutes', purpose: 'service' },
        { channel: 'email', id: 'again', after: '30 days', purpose: 'service' },
      ],
      advance: [],
      exhaustedAfter: '80 days',
    },
  },
};

const model: Model = {
  id: 'points',
  version: 1,
  rules: [
    { id: 'click', on: 'email.clicked', points: 10, perDay: 1_000 },
    { id: 'visit', on: 'page.viewed', points: 1 },
  ],
  decay: [],
  fit: {},
  grades: { A: 30, B: 20, C: 10 },
  bands: { hot: 70, warm: 30 },
  mqlAt: 60,
};

const settings: Settings = {
  id: 'workspace',
  version: 1,
  model: 'points',
  cap: { touches: 100, per: '1 day' },
  quietHours: { from: 0, to: 0, zone: 'Etc/UTC' },
  restAfter: '30 days',
  unavailable: { retryAfter: '1 hour', attempts: 3 },
};

/** The same objects at every call, as the real source gives them. */
export function publishedOf(plan: Plan = smallPlan): Published {
  const ref = `${plan.id}@${plan.version}#test`;
  const current = { ref, plan };
  return {
    plan: (asked) => (asked === ref ? plan : undefined),
    currentPlan: (id) => (id === plan.id || id === `${plan.id}@${plan.version}` ? current : undefined),
    enrolledBy: () => [],
    model: (asked) => (asked === 'points@1#test' ? model : undefined),
    currentModel: (id) => (id === 'points' ? { ref: 'points@1#test', model } : undefined),
    content: (id) => ({ id, version: 1, digest: 'test', kind: 'blog' }),
    settings,
    calendar: { offset: () => 0 },
  };
}
