/** One plan, model and settings for the benchmark: points, three stages by score, a mail when a demo is asked for. */
import type { Input, Plan, PointsModel, Published, Settings, Touch } from '../workflows/core';

const asked = { kind: 'engaged', type: 'form.submitted', where: { form: 'demo' } } as const;
const reached = (to: string, atLeast: number) => ({ to, when: { kind: 'score', atLeast } }) as const;

const answer: Touch = { channel: 'email', id: 'hello', after: { kind: 'since', of: asked, span: '0 minutes' }, purpose: 'service' };

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
      touches: [answer],
      advance: [reached('weigh', 30)],
      exhaustedAfter: '80 days',
    },
    weigh: { stage: 'consideration', touches: [answer], advance: [reached('choose', 60)], exhaustedAfter: '80 days' },
    choose: { stage: 'decision', touches: [answer], advance: [], exhaustedAfter: '80 days' },
  },
};

const model: PointsModel = {
  id: 'points',
  version: 1,
  // No caps, so that a warm lead's score never stops moving: harder than life, where ten visits an hour count as one.
  rules: [
    { id: 'price-list', on: 'page.viewed', where: { path: '/pricing' }, points: 1 },
    { id: 'click', on: 'email.clicked', points: 2 },
    { id: 'download', on: 'content.downloaded', points: 5 },
    { id: 'form', on: 'form.submitted', where: { form: 'newsletter' }, points: 10 },
  ],
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
