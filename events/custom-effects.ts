/** What effects of the engineer's own take and return, by name. Written here once, so that plans name them, `check` judges them and `activities/custom` does them. */
import { z } from 'zod';

const code = z.string().max(64);

/** Codes only: no name, no address, nothing longer than 64 characters. */
export const customEffects = {
  /** A discount code of the person's own, the same however often it is asked for. */
  coupon: {
    input: z.strictObject({ prefix: z.string().regex(/^[A-Z0-9]{1,16}$/, 'must be 1 to 16 capital letters and digits') }),
    output: z.strictObject({ code }),
  },
} as const satisfies Readonly<Record<string, { readonly input: z.ZodObject; readonly output: z.ZodObject }>>;

export type CustomEffects = typeof customEffects;
export type CustomName = keyof CustomEffects;
export type CustomInput<N extends CustomName> = z.infer<CustomEffects[N]['input']>;
export type CustomOutput<N extends CustomName> = z.infer<CustomEffects[N]['output']>;

export const isCustomName = (name: string): name is CustomName => Object.hasOwn(customEffects, name);
