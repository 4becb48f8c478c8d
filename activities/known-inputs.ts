/** Which inputs a lead's log holds, those of the leads it absorbed included. Knows no stream. */
import type { StoredDecision } from './ports';

export async function knownInputs(
  decisions: (leadId: string) => Promise<readonly StoredDecision[]>,
  leadId: string,
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  const waiting = [leadId];
  const seen = new Set<string>();
  for (let lead = waiting.pop(); lead !== undefined; lead = waiting.pop()) {
    if (seen.has(lead)) continue;
    seen.add(lead);
    for (const { decision } of await decisions(lead)) {
      for (const { id } of decision.consumed) known.add(id);
      for (const fact of decision.facts) {
        if (fact.type === 'LeadAbsorbed') waiting.push(fact.from);
        if (fact.type === 'EngagementRetracted') known.add(fact.event);
      }
    }
  }
  return known;
}
