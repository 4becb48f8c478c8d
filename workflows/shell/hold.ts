/** While a lead is rebuilt nothing is decided and no effect runs until what was lost has come in; ends by itself when nobody releases it. Knows no rules. */

/** Nobody came back: whoever asked for the rebuild died, and a lead must not be held for ever. */
const longestMs = 15 * 60_000;

/** `catching-up`: released, and what came in meanwhile is being decided; only then effects start. Plain JSON, carried over continue-as-new. */
export type HeldState = { readonly as: 'held'; /** Real epoch ms. */ readonly until: number } | { readonly as: 'catching-up' };

export type Hold = {
  readonly now: () => HeldState | undefined;
  /** Nothing is decided. */
  readonly waits: () => boolean;
  /** Effects wait, too. */
  readonly effectsWait: () => boolean;
  readonly catchesUp: () => boolean;
  readonly release: () => void;
  /** Releases what was held too long. */
  readonly expire: (nowAt: number) => void;
  /** Everything that came in is decided. */
  readonly caughtUp: () => void;
};

export function createHold(carried: HeldState | undefined, startAt: number | undefined): Hold {
  let state: HeldState | undefined = carried ?? (startAt === undefined ? undefined : { as: 'held', until: startAt + longestMs });
  const release = (): void => {
    if (state?.as === 'held') state = { as: 'catching-up' };
  };
  return {
    now: () => state,
    waits: () => state?.as === 'held',
    effectsWait: () => state !== undefined,
    catchesUp: () => state?.as === 'catching-up',
    release,
    expire: (nowAt) => {
      if (state?.as === 'held' && nowAt >= state.until) release();
    },
    caughtUp: () => {
      if (state?.as === 'catching-up') state = undefined;
    },
  };
}
