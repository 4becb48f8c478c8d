/** One plan, model and settings for the benchmark: points for visits, a mail when a form is submitted. */
import type { Input, Model, Plan, Published, Settings } from '../workflows/core';

const asked = { kind: 'engaged', type: 'form.submitted' } as const;

export const benchPlan: Plan = {
  id: 'bench',
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
      touches: [{ channel: 'email', id: 'hello', after: { kind: 'since', of: asked, span: '0 minutes' }, purpose: 'service' }],
      advance: [],
      exhaustedAfter: '80 days',
    },
  },
};

const model: Model = {
  id: 'points',
  version: 1,
  rules: [{ id: 'visit', on: 'page.viewed', points: 5, perDay: 15 }],
  decay: [{ afterDays: 30, percent: 50 }],
  fit: {},
  grades: { A: 30, B: 20, C: 10 },
  bands: { hot: 70, warm: 30 },
  mqlAt: 60,
};

const settings: Settings = {
  id: 'workspace',
  version: 1,
  model: 'points',
  cap: { touches: 3, per: '7 days' },
  quietHours: { from: 21, to: 8, zone: 'Etc/UTC' },
  restAfter: '30 days',
  unavailable: { retryAfter: '1 hour', attempts: 3 },
};

export function benchPublished(calendar: Published['calendar']): Published {
  const plan = { ref: 'bench@1#bench', plan: benchPlan };
  const points = { ref: 'points@1#bench', model };
  return {
    plan: (ref) => (ref === plan.ref ? benchPlan : undefined),
    currentPlan: (id) => (id === 'bench' ? plan : undefined),
    enrolledBy: () => [],
    model: (ref) => (ref === points.ref ? model : undefined),
    currentModel: (id) => (id === 'points' ? points : undefined),
    content: (id) => ({ id, version: 1, digest: 'bench', kind: 'blog' }),
    settings,
    calendar,
  };
}

export const enrol = (id: string): Input => ({
  kind: 'command',
  id,
  command: { word: 'enrol', sequence: benchPlan.id },
  by: 'bench',
  because: 'bench',
});
export const visit = (id: string): Input => ({
  kind: 'engaged',
  id,
  event: { id, type: 'page.viewed', occurredAt: Date.now(), actor: 'human', data: { path: '/' } },
});
export const askForm = (id: string): Input => ({
  kind: 'engaged',
  id,
  event: { id, type: 'form.submitted', occurredAt: Date.now(), actor: 'human', data: { form: 'demo' } },
});
