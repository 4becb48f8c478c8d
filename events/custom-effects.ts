/** What effects of the engineer's own take and return, by name. Written here once, so that plans name them, `check` judges them and `activities/custom` does them. */
import { z } from 'zod';
import type { Code } from './stripped';

const code = z.string().max(64);

/** `example`: what it might return, for previews, simulations and tests, where nothing is really done. */
const effect = <I extends z.ZodObject, O extends z.ZodObject>(made: {
  readonly input: I;
  readonly output: O;
  readonly example: z.infer<NoInfer<O>>;
}): typeof made => made;

/** Codes only: no name, no address, nothing longer than 64 characters. */
export const customEffects = {
  /** A discount code of the person's own, the same however often it is asked for. */
  coupon: effect({
    input: z.strictObject({ prefix: z.string().regex(/^[A-Z0-9]{1,16}$/, 'must be 1 to 16 capital letters and digits') }),
    output: z.strictObject({ code }),
    example: { code: 'EXAMPLE-7KQ2M9XWPA' },
  }),
} as const;

export type CustomEffects = typeof customEffects;
export type CustomName = keyof CustomEffects;
export type CustomInput<N extends CustomName> = z.infer<CustomEffects[N]['input']>;
export type CustomOutput<N extends CustomName> = z.infer<CustomEffects[N]['output']>;

export const isCustomName = (name: string): name is CustomName => Object.hasOwn(customEffects, name);

/** Nothing for an effect that this repository does not know. */
export const exampleOf = (name: string): Readonly<Record<string, Code>> => (isCustomName(name) ? customEffects[name].example : {});
