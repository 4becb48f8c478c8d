/** What is published, in memory, for tests of the core: plans, models, settings and a fixed table of time zones. */
import { listensFor } from '../../workflows/core/listens';
import type { Model, Plan, PointsModel, Published, Settings } from '../../workflows/core';

const digest = 'd1';
export const refOf = (thing: { readonly id: string; readonly version: number }): string => `${thing.id}@${thing.version}#${digest}`;

/** Points after the requirements' worked example; half counts after 30 days, nothing after 180. */
export const b2bPoints: PointsModel = {
  id: 'b2b-points',
  version: 1,
  rules: [
    { id: 'form', on: 'form.submitted', points: 20 },
    { id: 'newsletter', on: 'newsletter.subscribed', points: 15 },
    { id: 'follow', on: 'social.followed', points: 5, total: 10 },
    { id: 'message', on: 'social.messaged', points: 10 },
    { id: 'visit', on: 'page.viewed', points: 5, perDay: 15 },
    { id: 'pricing', on: 'page.viewed', where: { path: { startsWith: '/pricing' } }, points: 10, perDay: 10 },
    { id: 'click', on: 'email.clicked', points: 5, perDay: 10 },
    { id: 'trial', on: 'trial.started', points: 25, total: 25 },
    { id: 'unsubscribed', on: 'email.unsubscribed', points: -20 },
  ],
  starting: { 'co-registration': 10, referral: 15, otherwise: 0 },
  decay: [
    { afterDays: 30, percent: 50 },
    { afterDays: 90, percent: 25 },
    { afterDays: 180, percent: 0 },
  ],
  fit: {
    industry: { software: 20, retail: 5, _other: 10, _unknown: 0 },
    seniority: { 'c-level': 20, head: 15, staff: 5, _unknown: 0 },
  },
  grades: { A: 35, B: 25, C: 10 },
  bands: { hot: 70, warm: 30 },
  mqlAt: 40,
};

export const settings: Settings = {
  id: 'workspace',
  version: 1,
  model: 'b2b-points',
  cap: { touches: 3, per: '7 days' },
  quietHours: { from: 21, to: 8, zone: 'Etc/UTC' },
  restAfter: '30 days',
  unavailable: { retryAfter: '1 hour', attempts: 3 },
};

/** Standard offset and, from the last Sunday of March to that of October 2026, one hour more. */
const zones: Readonly<Record<string, readonly [standard: number, summer: number]>> = {
  'Etc/UTC': [0, 0],
  'Europe/London': [0, 60],
  'Europe/Paris': [60, 120],
  'Europe/Berlin': [60, 120],
  'America/New_York': [-300, -240],
  'Asia/Kolkata': [330, 330],
};
const summer2026 = [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1)] as const;

export type PublishedParts = { readonly plans: readonly Plan[]; readonly models?: readonly Model[]; readonly settings?: Partial<Settings> };

/** The same objects at every call, as the real source gives them. The last version of an id is the current one. */
export function publish({ plans, models = [b2bPoints], settings: changed = {} }: PublishedParts): Published {
  const byRef = new Map(plans.map((plan) => [refOf(plan), plan]));
  const current = new Map<string, { ref: string; plan: Plan }>();
  for (const plan of plans) {
    current.set(plan.id, { ref: refOf(plan), plan });
    current.set(`${plan.id}@${plan.version}`, { ref: refOf(plan), plan });
  }
  const named = models.map((model) => ({ ref: refOf(model), model }));
  const starters = [...new Set(plans.map(({ id }) => id))].flatMap((id) => current.get(id) ?? []);
  const enrolledBy = new Map<string, { ref: string; plan: Plan }[]>();
  return {
    plan: (ref) => byRef.get(ref),
    currentPlan: (id) => current.get(id),
    enrolledBy: (type) => {
      const known = enrolledBy.get(type) ?? starters.filter(({ plan }) => listensFor(plan.on).includes(type));
      enrolledBy.set(type, known);
      return known;
    },
    model: (ref) => named.find((one) => one.ref === ref)?.model,
    currentModel: (id) => named.findLast(({ model }) => model.id === id),
    content: (id) => ({ id, version: 1, digest: 'c1', kind: 'guide' }),
    settings: { ...settings, ...changed },
    calendar: {
      offset: (zone, at) => {
        const [standard, summer] = zones[zone] ?? [];
        return at >= summer2026[0] && at < summer2026[1] ? summer : standard;
      },
    },
  };
}

/** What a persona or a rule asks of a trait. */
export const field = (name: string, ...oneOf: string[]) => ({ kind: 'field', field: name, test: { oneOf } }) as const;
