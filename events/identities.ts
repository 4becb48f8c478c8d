/** Finds the leads of a batch of events: a short-lived cache in front, one query for the rest. Knows no database. */
import { identitiesOf, type Who } from './engagement';
import { normalIdentity, type Identity } from './hashes';
import type { Identified, Identifier } from './ports';

/** Short, because a merge moves an identity to another lead. */
const keptMs = 30_000;
const mostKept = 50_000;

/** Answers for each `who` by its surest known identity. The unknown are asked again every time: an import may be under way. */
export function cachedIdentities(
  identifier: Identifier,
  now: () => number = Date.now,
): { find(whos: readonly Who[]): Promise<readonly Identified[]> } {
  const cache = new Map<string, { readonly leadId: string; readonly until: number }>();
  const keyOf = ({ kind, value }: Identity): string => `${kind}:${value}`;

  const cached = (key: string): string | undefined => {
    const hit = cache.get(key);
    if (hit === undefined) return undefined;
    if (hit.until > now()) return hit.leadId;
    cache.delete(key);
    return undefined;
  };
  const keep = (key: string, leadId: string): void => {
    if (cache.size >= mostKept) cache.delete(cache.keys().next().value ?? key);
    cache.set(key, { leadId, until: now() + keptMs });
  };

  return {
    async find(whos) {
      const wanted = whos.map((who) => identitiesOf(who).map(normalIdentity));
      const unknown = new Map<string, Identity>();
      for (const identities of wanted) {
        for (const identity of identities) {
          if (cached(keyOf(identity)) !== undefined) break;
          unknown.set(keyOf(identity), identity);
        }
      }
      const asked = [...unknown.values()];
      const answers = asked.length === 0 ? [] : await identifier.identify(asked);
      const erased = new Set<string>();
      asked.forEach((identity, index) => {
        const answer = answers[index];
        if (answer?.as === 'lead') keep(keyOf(identity), answer.leadId);
        else if (answer?.as === 'erased') erased.add(keyOf(identity));
      });
      return wanted.map((identities): Identified => {
        for (const identity of identities) {
          const leadId = cached(keyOf(identity));
          if (leadId !== undefined) return { as: 'lead', leadId };
          if (erased.has(keyOf(identity))) return { as: 'erased' };
        }
        return undefined;
      });
    },
  };
}
