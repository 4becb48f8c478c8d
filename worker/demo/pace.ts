/** How far the machine kept up with the fast clock: engine time from deciding a mail to knowing that it went. Pure. */
import type { StoredDecision } from '../../activities/ports';

/** Median in engine ms over all mails sent; 0 where there are none. */
export function medianLag(decisions: readonly StoredDecision[]): number {
  const decidedAt = new Map<string, number>();
  const lags: number[] = [];
  for (const { decision } of decisions) {
    for (const fact of decision.facts) {
      if (fact.type === 'EffectDecided') decidedAt.set(`${decision.lead}/${fact.effect.id}`, fact.recordedAt);
      const from = fact.type === 'TouchSent' ? decidedAt.get(`${decision.lead}/${fact.effect}`) : undefined;
      if (from !== undefined) lags.push(fact.recordedAt - from);
    }
  }
  return lags.toSorted((a, b) => a - b)[Math.floor(lags.length / 2)] ?? 0;
}

/** A sentence where the median mail took over an engine day, because then plans and nights slip; else nothing. */
export function paceWarning(lagMs: number, dayMs: number): string | undefined {
  const days = lagMs / 86_400_000;
  if (days <= 1) return undefined;
  const longer = `${Math.ceil((dayMs * days) / 1_000)}s`;
  return `This machine was busy: half of the mails took over ${days.toFixed(1)} engine days to go out, so people got fewer than planned. With --day ${longer} it keeps up.`;
}
