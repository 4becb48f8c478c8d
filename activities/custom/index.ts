/** Effects of the engineer's own, by the names of `events/custom-effects.ts`; one that is missing here does not compile. Knows no lead's rules. */
import type { CustomInput, CustomName, CustomOutput } from '../../events/custom-effects';
import { coupon } from './coupon';

/** `key`: the same for every try of this step of this lead, so that whatever is made outside can be made once. */
export type CustomContext = { readonly leadId: string; readonly key: string };
export type CustomRun<N extends CustomName> = (input: CustomInput<N>, context: CustomContext) => Promise<CustomOutput<N>>;
export type CustomRuns = { readonly [N in CustomName]: CustomRun<N> };

/** `secret`: of the installation, to make codes that nobody guesses. */
export const customRuns = ({ secret }: { readonly secret: string }): CustomRuns => ({ coupon: coupon(secret) });
