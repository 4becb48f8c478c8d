/** The baseline of the core's benchmark: stages, points, ring and marks of one lead as an XState 5 machine, for its pure `transition`. It sends nothing and keeps no log. */
import { assign, initialTransition, setup, transition } from 'xstate';
import type { StrippedEvent } from '../events/stripped';
import { initial } from '../workflows/core';
import type { LeadState } from '../workflows/core';
import { marked } from '../workflows/core/marks';
import { rawOfRule } from '../workflows/core/compiled-model';
import { changeBy, eachRule } from '../workflows/core/points';
import { withRaw } from '../workflows/core/cells';
import { cellsOf, withCells } from '../workflows/core/rule-cells';
import type { RuleCells } from '../workflows/core/rule-cells';
import { inRing, pushed } from '../workflows/core/ring';
import { utcDay } from '../workflows/core/time';
import { compiledPlan } from '../workflows/core/compile';
import { yearModel, yearPlans } from './year-plans';

type Context = {
  readonly ring: LeadState['ring'];
  readonly lastEngagedAt: number;
  readonly raw: RuleCells;
  readonly total: number;
  readonly marks: readonly Readonly<Record<string, readonly number[]>>[];
};
type Engaged = { readonly type: 'engaged'; readonly event: StrippedEvent };

const points = yearModel;
const plans = yearPlans.map(compiledPlan);

/** The same ring, caps, cells and marks as the core; only the machinery around them differs. Decay is left out: the baseline has it easier. */
const machine = setup({
  types: { context: {} as Context, events: {} as Engaged },
  guards: {
    fresh: ({ context, event }) => !inRing(context.ring, event.event.id),
    considers: ({ context }) => context.total >= 40_000,
    decides: ({ context }) => context.total >= 80_000,
    silent: ({ context, event }) => event.event.occurredAt - context.lastEngagedAt > 120 * 86_400_000,
  },
  actions: {
    recorded: assign(({ context, event }) => ({
      ring: pushed(context.ring, event.event.id, event.event.occurredAt),
      lastEngagedAt: event.event.occurredAt,
    })),
    scored: assign(({ context, event: { event } }) => {
      const day = utcDay(event.occurredAt);
      let { total, raw } = context;
      eachRule(points, event.type, event.data, (rule) => {
        const cells = cellsOf(raw, rule.key) ?? '';
        total += changeBy(points, rule.key, raw, day, rawOfRule(rule), day).delta;
        raw = withCells(raw, rule.key, withRaw(cells, day, rawOfRule(rule)));
      });
      return { total, raw };
    }),
    marked: assign(({ context, event: { event } }) => ({
      marks: context.marks.map((marks, at) => {
        const watches = plans[at]?.watches.get(event.type) ?? [];
        return watches.reduce(
          (next, { key }) => (next[key] === undefined ? { ...next, [key]: marked(key, next[key], event.occurredAt) } : next),
          marks,
        );
      }),
    })),
  },
}).createMachine({
  id: 'lead',
  initial: 'awareness',
  context: { ring: initial('x').ring, lastEngagedAt: 0, raw: [], total: 0, marks: plans.map(() => ({})) },
  states: {
    awareness: { always: { guard: 'considers', target: 'consideration' } },
    consideration: { always: { guard: 'decides', target: 'decision' } },
    decision: {},
    asleep: {},
  },
  on: {
    engaged: [
      { guard: 'silent', target: '.asleep' },
      { guard: 'fresh', actions: ['recorded', 'scored', 'marked'] },
    ],
  },
});

export const firstSnapshot = () => initialTransition(machine)[0];
export type Snapshot = ReturnType<typeof firstSnapshot>;
export const next = (snapshot: Snapshot, event: StrippedEvent): Snapshot => transition(machine, snapshot, { type: 'engaged', event })[0];
