/** Does an effect of the engineer's own: what it returned first is kept under its key, and a repeat is answered with that. Knows no rules. */
import type { Log } from '../events/ports';
import { customEffects, isCustomName } from '../events/custom-effects';
import type { Outcome, RunCustom } from '../workflows/core';
import type { CustomRuns } from './custom';
import { alive } from './one-call';
import type { EffectResults, Json } from './ports';

export type RunCustomDeps = {
  readonly results: EffectResults;
  readonly runs: CustomRuns;
  readonly log: Log;
  /** How long one may take; 60 s where absent. */
  readonly callMs?: number;
};

export function createRunCustom(deps: RunCustomDeps): (args: { readonly leadId: string; readonly effect: RunCustom }) => Promise<Outcome> {
  return ({ leadId, effect }) =>
    alive(async () => {
      const known = await deps.results.find(leadId, effect.touchKey);
      if (known !== undefined) return { as: 'returned', data: known };
      const ended = await call(deps, leadId, effect);
      if ('as' in ended) return ended;
      return { as: 'returned', data: await deps.results.keep(leadId, effect.touchKey, ended.data) };
    });
}

async function call(
  { runs, log, callMs = 60_000 }: RunCustomDeps,
  leadId: string,
  effect: RunCustom,
): Promise<Outcome | { readonly data: Json }> {
  const { name, touchKey: key, input } = effect;
  const about = { leadId, effect: effect.id, name };
  if (!isCustomName(name)) {
    log.error(about, `no effect is called "${name}"; write it into events/custom-effects.ts and activities/custom`);
    return { as: 'withheld', because: 'effect-unknown' };
  }
  const given = customEffects[name].input.safeParse(input);
  if (!given.success) {
    log.error({ ...about, says: given.error.issues[0]?.message }, 'the effect was given something it does not take');
    return { as: 'withheld', because: 'effect-broken' };
  }
  try {
    const returned = customEffects[name].output.safeParse(await within(callMs, runs[name](given.data, { leadId, key })));
    if (returned.success) return { data: returned.data };
    log.error({ ...about, says: returned.error.issues[0]?.message }, 'the effect returned something it does not promise');
    return { as: 'withheld', because: 'effect-broken' };
  } catch (error) {
    log.warn({ ...about, error: error instanceof Error ? error.message : String(error) }, 'the effect failed; it is tried again later');
    return { as: 'unavailable', because: 'effect-failed' };
  }
}

/** What goes on after its time goes on unheard; its key makes the next try harmless. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${ms / 1_000} s`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
