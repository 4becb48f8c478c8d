/** The words of steps that write nothing to the lead: `run`, `tell`, `task`. What may be said of each, the compiler checks. */
import type { CustomInput, CustomName } from '../../events/custom-effects';
import type { Whom } from './effects';
import type { EventType, Events } from './event-types';
import { placed } from './place';
import type { Values } from './plan';
import type { Said, SaidStep, When } from './words';

/** Taken when the step is done: a trait, `data.<field>` of the enrolment, or `lead`, the lead's own id. Where it is not known the step is left out. */
export const own = (of: string): Own => ({ kind: 'value', of });
type Own = { readonly kind: 'value'; readonly of: string };
type OrOwn<F> = { readonly [K in keyof F]: F[K] | Own };

export type DeedOptions<R extends string> = When<R> & { readonly when?: Said<R>; readonly unless?: Said<R> };

export type RunOptions<N extends CustomName, R extends string> = DeedOptions<R> & {
  /** As `events/custom-effects.ts` names it. */
  readonly effect: N;
  readonly with: OrOwn<CustomInput<N>>;
  /** What it returns joins the enrolment's data as `<into>.<field>`: `field('data.coupon.code')`, `{{ data.coupon.code }}`. */
  readonly into?: string;
};

/** Does what the engineer wrote, once, however often it is tried. */
export const run = <const I extends string, const N extends CustomName, R extends string = never>(
  id: I,
  options: RunOptions<N, R>,
): SaidStep<I, NoInfer<R>> => placed({ ...(options as DeedOptions<R>), kind: 'run', id, effect: options.effect, ...withOf(options) });

const withOf = ({
  with: values,
  into,
}: {
  readonly with: unknown;
  readonly into?: string;
}): { readonly with: Values; readonly into?: string } => ({
  with: values as Values,
  ...(into === undefined ? {} : { into }),
});

type Data<E extends EventType> = keyof Events[E] extends never
  ? { readonly data?: undefined }
  : { readonly data?: Partial<OrOwn<Events[E]>> };

/** Lets others hear of an event: who referred the person, or everybody else of the account. Nobody to tell is no fault. */
export const tell = <const I extends string, const E extends EventType, R extends string = never>(
  id: I,
  whom: Whom,
  event: E,
  options: DeedOptions<R> & Data<E>,
): SaidStep<I, NoInfer<R>> => placed({ ...(options as DeedOptions<R> & { readonly data?: Values }), kind: 'tell', id, whom, event });

export type TaskOptions<R extends string> = DeedOptions<R> & {
  /** What the rep is to do, in a sentence without names: who it is about, the mail says. */
  readonly says: string;
  /** The rep who has the person, else the next in turn (`owner`, where absent), or always the next. */
  readonly to?: 'owner' | 'next';
};

/** Asks a rep to do something, by mail and without a hand-off. */
export const task = <const I extends string, R extends string = never>(id: I, options: TaskOptions<R>): SaidStep<I, NoInfer<R>> =>
  placed({ ...options, kind: 'task', id });
