/** The stated fixture "a year of traffic": one lead, 400 events in sessions, 3 enrolments, about 60 touches. The same for bench and tests; no chance in it. */
import { decide, fold, initial, nextWake, outstanding } from '../workflows/core';
import type { Command, Effect, Fact, Input, LeadState, Model, Outcome, Plan, Published, Settings } from '../workflows/core';
import { all, any, clicked, defineSequence, email, engaged, field, grade, score, silentFor, since } from '../workflows/core/words';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
export const yearStartsAt = Date.UTC(2026, 0, 5, 9);
export const yearMs = 365 * dayMs;

const lessons = (prefix: string, count: number, days: number) =>
  Array.from({ length: count }, (_, at) => email(`${prefix}-${at + 1}`, { after: `${days} days` }));

const newsletter = defineSequence({
  id: 'newsletter',
  version: 1,
  programme: 'educational',
  model: 'b2b-points',
  exit: [engaged('email.complained')],
  phases: {
    learn: {
      stage: 'awareness',
      touches: lessons('lesson', 24, 14),
      advance: [{ to: 'compare', when: all(score.atLeast(101), engaged('content.downloaded', { times: 2, within: '14 days' })) }],
      exhaustedAfter: '340 days',
      exhausted: { to: 'compare' },
    },
    compare: { stage: 'consideration', touches: lessons('comparison', 12, 10), exhaustedAfter: '200 days' },
  },
});

const product = defineSequence({
  id: 'product',
  version: 1,
  programme: 'active-funnel',
  model: 'b2b-points',
  goal: engaged('subscription.started'),
  exit: [engaged('email.complained'), engaged('deal.lost')],
  handOff: [
    {
      name: 'hand-raiser',
      when: engaged('form.submitted', { where: { form: 'demo' } }),
      sla: { contact: '15 minutes' },
      rearm: { points: 50, after: '60 days' },
    },
    {
      name: 'scored',
      when: all(score.atLeast(95), grade.atLeast('A')),
      sla: { accept: '4 hours', contact: '24 hours' },
      during: 'continue',
      rearm: { points: 50, after: '60 days' },
    },
  ],
  phases: {
    start: {
      stage: 'consideration',
      touches: [
        email('first-login', { after: '0 minutes', purpose: 'service' }),
        email('make-a-project', { after: '1 day', unless: engaged('project.created') }),
        email('invite-team', {
          after: since(engaged('project.created'), '2 days'),
          unless: engaged('teammate.invited', { times: 2, within: '7 days' }),
        }),
        ...lessons('tip', 10, 9),
      ],
      advance: [
        {
          to: 'close',
          when: any(clicked('invite-team'), engaged('page.viewed', { where: { path: '/pricing' }, times: 6, within: '7 days' })),
        },
      ],
      exhaustedAfter: '170 days',
      exhausted: { to: 'close' },
    },
    close: {
      stage: 'decision',
      touches: [email('pricing', { after: '1 day', variants: { plain: 50, story: 50 } }), ...lessons('offer', 12, 14)],
      exhaustedAfter: '300 days',
    },
  },
});

const care = defineSequence({
  id: 'care',
  version: 1,
  programme: 'engagement',
  for: 'both',
  model: 'b2b-points',
  exit: [engaged('email.complained')],
  phases: {
    keep: {
      stage: 'awareness',
      touches: [
        email('still-useful', { after: '20 days', when: field('industry').is('software') }),
        ...lessons('story', 15, 21).map((touch) => ({ ...touch, unless: engaged('survey.answered', { where: { score: { atMost: 6 } } }) })),
      ],
      advance: [
        { end: 'silent', when: silentFor('120 days') },
        { end: 'asked', when: engaged('form.submitted', { where: { form: 'goodbye' } }) },
      ],
      exhaustedAfter: '400 days',
    },
  },
});

const model: Model = {
  id: 'b2b-points',
  version: 1,
  rules: [
    { id: 'form', on: 'form.submitted', points: 20 },
    { id: 'download', on: 'content.downloaded', points: 10, perDay: 20 },
    { id: 'visit', on: 'page.viewed', points: 1, perDay: 3 },
    { id: 'pricing', on: 'page.viewed', where: { path: { startsWith: '/pricing' } }, points: 5, perDay: 5 },
    { id: 'click', on: 'email.clicked', points: 3, perDay: 6 },
    { id: 'login', on: 'app.login', points: 1, perDay: 2 },
    { id: 'project', on: 'project.created', points: 5, total: 20 },
    { id: 'survey', on: 'survey.answered', points: 5 },
  ],
  starting: { webinar: 5 },
  decay: [
    { afterDays: 30, percent: 50 },
    { afterDays: 90, percent: 25 },
    { afterDays: 180, percent: 0 },
  ],
  fit: { industry: { software: 20 }, seniority: { head: 20 } },
  grades: { A: 35, B: 25, C: 10 },
  bands: { hot: 70, warm: 30 },
  mqlAt: 40,
};

const settings: Settings = {
  id: 'workspace',
  version: 1,
  model: 'b2b-points',
  cap: { touches: 3, per: '7 days' },
  quietHours: { from: 21, to: 8, zone: 'Etc/UTC' },
  restAfter: '30 days',
  unavailable: { retryAfter: '1 hour', attempts: 3 },
};

export const yearPlans: readonly Plan[] = [newsletter, product, care];

export function yearPublished(changed: Partial<Settings> = {}): Published {
  const current = new Map(yearPlans.map((plan) => [plan.id, { ref: `${plan.id}@${plan.version}#0123456789abcdef`, plan }]));
  const byRef = new Map([...current.values()].map(({ ref, plan }) => [ref, plan]));
  const named = { ref: 'b2b-points@1#0123456789abcdef', model };
  return {
    plan: (ref) => byRef.get(ref),
    currentPlan: (id) => current.get(id),
    enrolledBy: () => [],
    model: (ref) => (ref === named.ref ? model : undefined),
    currentModel: (id) => (id === model.id ? named : undefined),
    content: (id) => ({ id, version: 1, digest: '0123456789abcdef', kind: 'guide' }),
    settings: { ...settings, ...changed },
    calendar: { offset: () => 60 },
  };
}

/** A small generator with a fixed seed (Park and Miller's). */
export function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

const kinds: readonly (readonly [type: string, data: Readonly<Record<string, string | number>>])[] = [
  ['page.viewed', { path: '/blog/how-to-choose' }],
  ['page.viewed', { path: '/pricing' }],
  ['page.viewed', { path: '/customers/northwind' }],
  ['email.clicked', { link: 'guide' }],
  ['app.login', {}],
  ['app.login', {}],
  ['content.downloaded', { content: 'white-paper' }],
  ['project.created', {}],
  ['teammate.invited', {}],
  ['survey.answered', { survey: 'nps', score: 9 }],
];

/** 400 events on 80 days, five a session. */
export function yearEvents(seed = 20_260_105): readonly Extract<Input, { kind: 'engaged' }>[] {
  const pick = numbers(seed);
  return Array.from({ length: 400 }, (_, at) => {
    const session = Math.floor(at / 5);
    const occurredAt = yearStartsAt + Math.floor((session * 365 * dayMs) / 80) + (at % 5) * (hourMs / 10) + pick(hourMs / 20);
    const [type, data] = kinds[pick(kinds.length)] ?? ['app.login', {}];
    const id = `${String(at).padStart(4, '0')}${pick(9_999_999).toString(36).padStart(7, 'x')}`.slice(0, 11);
    return { kind: 'engaged', id, event: { id, type, occurredAt, actor: 'human', data } };
  });
}

export type Step = { readonly at: number; readonly inputs: readonly Input[] };
export type Year = {
  readonly steps: readonly Step[];
  readonly facts: readonly Fact[];
  readonly state: LeadState;
  readonly touches: number;
};

const word = (at: number, id: string, command: Command): Timed => ({
  at,
  input: { kind: 'command', id: id.padEnd(11, '0'), command, by: 'rep-rosa', because: 'said so' },
});
type Timed = { readonly at: number; readonly input: Input };

/** The rep accepts after two hours, calls after five, and gives the lead back after three weeks. */
const repWords = (handOff: number, at: number): readonly Timed[] => [
  word(at + 2 * hourMs, `accept${handOff}`, { word: 'accept', handOff }),
  word(at + 5 * hourMs, `called${handOff}`, { word: 'contacted', handOff }),
  word(at + 21 * dayMs, `reject${handOff}`, { word: 'reject', handOff }),
];

const outcomeOf = (effect: Effect): Outcome => {
  if (effect.type === 'SendTouch') return { as: 'sent', content: `${effect.content}@1#0123456789abcdef` };
  return effect.type === 'AssignRep' ? { as: 'assigned', rep: 'rep-rosa' } : { as: 'notified' };
};

const begins: readonly Input[] = [
  {
    kind: 'profiled',
    id: 'p1',
    version: 1,
    occurredAt: yearStartsAt,
    traits: { source: 'webinar', industry: 'software', seniority: 'head', zone: 'Europe/Paris', language: 'fr' },
    consent: { email: 'granted' },
  },
  ...yearPlans.map(({ id }, at): Input => ({
    kind: 'command',
    id: `command000${at}`,
    command: { word: 'enrol', sequence: id, campaign: 'spring' },
    by: 'olga',
    because: 'spring campaign',
  })),
];

/** Lives the year as the shell would: inputs when they come, wakes in between, every effect done at once. */
export function liveTheYear(
  published: Published,
  events: readonly Timed[] = yearEvents().map((input) => ({ at: input.event.occurredAt, input })),
  leadId = 'lead-year',
): Year {
  let state = initial(leadId);
  const steps: Step[] = [];
  const facts: Fact[] = [];
  const coming = [...events];
  const step = (at: number, inputs: readonly Input[]): void => {
    steps.push({ at, inputs });
    if (steps.length > 5_000) throw new Error(`the year goes round and round at ${new Date(at).toISOString()}`);
    const concluded = decide(published, state, inputs, at);
    facts.push(...concluded);
    state = fold(state, concluded);
    for (const fact of concluded) if (fact.type === 'HandOffOffered') coming.push(...repWords(fact.handOff, at));
    coming.sort((a, b) => a.at - b.at);
    const done = outstanding(state).map((effect): Input => ({ kind: 'outcome', id: effect.id, outcome: outcomeOf(effect) }));
    if (done.length > 0) step(at, done);
  };
  step(yearStartsAt, begins);
  for (;;) {
    const wake = nextWake(published, state) ?? Infinity;
    const next = coming[0];
    const at = Math.min(wake, next?.at ?? Infinity);
    if (at > yearStartsAt + yearMs) break;
    if (next !== undefined && next.at <= wake) coming.shift();
    step(Math.max(at, state.at), next !== undefined && next.at <= wake ? [next.input] : []);
  }
  return { steps, facts, state, touches: facts.filter(({ type }) => type === 'TouchSent').length };
}
