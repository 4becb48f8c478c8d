/** Results of effects in memory, for tests: the same answers as on Postgres. */
import type { EffectResults, Json } from '../ports';

export function memoryEffectResults(): EffectResults {
  const kept = new Map<string, Json>();
  const at = (leadId: string, key: string): string => `${leadId}/${key}`;
  return {
    find: (leadId, key) => Promise.resolve(kept.get(at(leadId, key))),
    keep(leadId, key, result) {
      const first = kept.get(at(leadId, key)) ?? result;
      kept.set(at(leadId, key), first);
      return Promise.resolve(first);
    },
  };
}
