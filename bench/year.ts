/** The stated fixture "a year of traffic": one lead, 400 events in sessions, 3 enrolments, about 60 touches. The same for bench and tests; no chance in it. */
import { decide, fold, initial, nextWake, outstanding } from '../workflows/core';
import type { Command, Effect, Fact, Input, LeadState, Outcome, Published, Settings } from '../workflows/core';
import { yearModel, yearPlans, yearSettings } from './year-plans';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
export const yearStartsAt = Date.UTC(2026, 0, 5, 9);
export const yearMs = 365 * dayMs;

export function yearPublished(changed: Partial<Settings> = {}): Published {
  const current = new Map(yearPlans.map((plan) => [plan.id, { ref: `${plan.id}@${plan.version}#0123456789abcdef`, plan }]));
  const byRef = new Map([...current.values()].map(({ ref, plan }) => [ref, plan]));
  const named = { ref: 'b2b-points@1#0123456789abcdef', model: yearModel };
  return {
    plan: (ref) => byRef.get(ref),
    currentPlan: (id) => current.get(id),
    enrolledBy: () => [],
    model: (ref) => (ref === named.ref ? yearModel : undefined),
    currentModel: (id) => (id === yearModel.id ? named : undefined),
    content: (id) => ({ id, version: 1, digest: '0123456789abcdef', kind: 'guide' }),
    settings: { ...yearSettings, ...changed },
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
