/** Random traffic for the core's properties: people, machines, reps, operators and providers, over the stated fixture of plans. Every run is decided by fast-check's seed. */
import fc from 'fast-check';
import type { Command, Input } from '../../workflows/core';
import type { Actor, Code } from '../../events/stripped';
import { yearStartsAt } from '../../bench/year';
import { yearPlans } from '../../bench/year-plans';

export const hourMs = 3_600_000;

export type Happening = { readonly after: number; readonly input: Input | undefined };
/** How the next effect ends; the last word stands for all after it. */
export type Luck = 'well' | 'unavailable' | 'uncertain' | 'refused' | 'withheld' | 'late';
export type Traffic = { readonly happenings: readonly Happening[]; readonly luck: readonly Luck[] };

const events: readonly (readonly [type: string, data: Readonly<Record<string, Code>>, weight: number])[] = [
  ['page.viewed', { path: '/pricing' }, 6],
  ['page.viewed', { path: '/blog' }, 6],
  ['app.login', {}, 4],
  ['content.downloaded', { content: 'white-paper' }, 4],
  ['project.created', {}, 3],
  ['teammate.invited', {}, 3],
  ['survey.answered', { survey: 'nps', score: 3 }, 1],
  ['form.submitted', { form: 'demo' }, 2],
  ['email.opened', {}, 2],
  ['email.bounced', { kind: 'soft' }, 1],
];
const harms: readonly (readonly [type: string, data: Readonly<Record<string, Code>>])[] = [
  ['email.bounced', { kind: 'hard' }],
  ['email.unsubscribed', {}],
  ['email.complained', {}],
  ['subscription.started', { plan: 'team' }],
  ['deal.lost', {}],
];

const idArbitrary = fc.integer({ min: 0, max: 2 ** 30 }).map((n) => `e${n.toString(36).padStart(10, '0')}`);
const actorArbitrary: fc.Arbitrary<Actor> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Actor>('human') },
  fc.constantFrom<Actor>('machine', 'unknown'),
);

const eventArbitrary = fc.oneof(...events.map(([type, data, weight]) => ({ weight, arbitrary: fc.constant([type, data] as const) })));
/** Without a moment: it happens when it is told, less a delay. */
const engaged = (kind: fc.Arbitrary<readonly [string, Readonly<Record<string, Code>>]>) =>
  fc
    .tuple(kind, idArbitrary, actorArbitrary, fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 72 * hourMs })))
    .map(([[type, data], id, actor, late]) => ({ kind: 'engaged', id, late, event: { id, type, occurredAt: 0, actor, data } }) as const);

const commandArbitrary: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...yearPlans.map(({ id }): Command => ({ word: 'enrol', sequence: id }))) },
  { weight: 2, arbitrary: fc.constantFrom<Command>({ word: 'pause' }, { word: 'resume' }, { word: 'resume' }) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom('accept' as const, 'contacted' as const, 'reject' as const, 'lost' as const), fc.integer({ min: 1, max: 4 }))
      .map(([word, handOff]): Command => ({ word, handOff })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Command>(
      { word: 'move', enrolment: 'product', phase: 'start' },
      { word: 'move', enrolment: 'product', phase: 'close' },
      { word: 'end', enrolment: 'care' },
      { word: 'nudge' },
      { word: 'suppress', channel: 'email' },
      { word: 'unsuppress', channel: 'email' },
      { word: 'settle', effect: 'e1.learn.lesson-1.1', sent: false },
    ),
  },
);

type Timeless =
  | { readonly kind: 'engaged'; readonly id: string; readonly late: number; readonly event: Extract<Input, { kind: 'engaged' }>['event'] }
  | { readonly kind: 'command'; readonly id: string; readonly command: Command }
  | { readonly kind: 'profiled'; readonly consent: 'granted' | 'withdrawn' }
  /** One of the events so far is taken back: by another system, or by an operator's word. */
  | { readonly kind: 'retracted'; readonly id: string; readonly which: number; readonly byWord: boolean };

const timelessArbitrary: fc.Arbitrary<Timeless | undefined> = fc.oneof(
  { weight: 14, arbitrary: engaged(eventArbitrary) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(idArbitrary, commandArbitrary)
      .map(([id, command]) => ({ kind: 'command', id: `c${id.slice(1)}`, command }) as const),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('granted' as const, 'granted' as const, 'granted' as const, 'withdrawn' as const)
      .map((consent) => ({ kind: 'profiled', consent }) as const),
  },
  { weight: 1, arbitrary: fc.constant(undefined) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(idArbitrary, fc.nat(), fc.boolean())
      .map(([id, which, byWord]) => ({ kind: 'retracted', id: `r${id.slice(1)}`, which, byWord }) as const),
  },
);

/** Mostly a session's minutes, sometimes a week. */
const gapArbitrary = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: hourMs }) },
  { weight: 2, arbitrary: fc.integer({ min: hourMs, max: 40 * hourMs }) },
  { weight: 1, arbitrary: fc.integer({ min: 48 * hourMs, max: 300 * hourMs }) },
  { weight: 1, arbitrary: fc.integer({ min: 300 * hourMs, max: 2_400 * hourMs }) },
);

const luckArbitrary = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Luck>('well') },
  fc.constantFrom<Luck>('unavailable', 'uncertain', 'refused', 'withheld', 'late'),
);

const told = (timeless: Timeless, at: number, version: number, events: readonly string[]): Input => {
  if (timeless.kind === 'retracted') {
    const { id, which, byWord } = timeless;
    const of = events[which % Math.max(1, events.length)] ?? 'not-come-yet';
    if (byWord) return { kind: 'command', id, command: { word: 'retract', event: of }, by: 'olga', because: 'a mistake' };
    const data = { of, because: 'mail-gateway' };
    return { kind: 'engaged', id, event: { id, type: 'engagement.retracted', occurredAt: at, actor: 'machine', data } };
  }
  if (timeless.kind === 'command') return { ...timeless, by: 'olga', because: 'asked' };
  if (timeless.kind === 'profiled')
    return {
      kind: 'profiled',
      id: `p${version}`,
      version,
      occurredAt: at,
      traits: { source: 'webinar', industry: 'software', seniority: 'head', zone: 'Europe/Paris' },
      consent: { email: timeless.consent },
    };
  const { kind, id, late, event } = timeless;
  return { kind, id, event: { ...event, occurredAt: at - late } };
};

/** Up to `most` inputs; `harmful` adds one thing that ends a lead's nurture, near the end. */
export const trafficArbitrary = (most = 60, harmful = true): fc.Arbitrary<Traffic> =>
  fc
    .record({
      steps: fc.array(fc.tuple(gapArbitrary, timelessArbitrary), { minLength: Math.floor(most / 4), maxLength: most, size: 'max' }),
      harm: harmful ? fc.option(fc.tuple(engaged(fc.constantFrom(...harms)), fc.nat({ max: most })), { freq: 2 }) : fc.constant(null),
      luck: fc.array(luckArbitrary, { minLength: 20, maxLength: 80, size: 'max' }),
    })
    .map(({ steps, harm, luck }) => {
      const all: (readonly [number, Timeless | undefined])[] = [...steps];
      if (harm !== null) all.splice(Math.max(1, all.length - harm[1]), 0, [hourMs, harm[0]]);
      let at = yearStartsAt;
      let version = 1;
      const events: string[] = [];
      const happenings = all.map(([after, timeless]): Happening => {
        at += after;
        if (timeless?.kind === 'profiled') version += 1;
        if (timeless?.kind === 'engaged') events.push(timeless.id);
        return { after, input: timeless === undefined ? undefined : told(timeless, at, version, events) };
      });
      return { happenings, luck };
    });
