import { knownInputs } from '../../activities/known-inputs';
import type { StoredDecision } from '../../activities/ports';
import type { Fact } from '../../workflows/core';

const decision = (consumed: readonly string[], facts: readonly Partial<Fact>[] = []): StoredDecision =>
  ({ seq: 1, digest: 'd', decision: { consumed: consumed.map((id) => ({ id })), facts } }) as unknown as StoredDecision;

test('a lead knows what its own log took and what the logs of the leads it absorbed took, each read once', async () => {
  const logs: Readonly<Record<string, readonly StoredDecision[]>> = {
    winner: [decision(['a']), decision(['b'], [{ type: 'LeadAbsorbed', from: 'loser' }])],
    loser: [
      decision(
        ['c'],
        [
          { type: 'LeadAbsorbed', from: 'older' },
          { type: 'LeadAbsorbed', from: 'winner' },
        ],
      ),
    ],
    older: [decision(['d'])],
  };
  const read: string[] = [];
  const known = await knownInputs(async (leadId) => {
    read.push(leadId);
    return logs[leadId] ?? [];
  }, 'winner');
  expect([...known].sort()).toEqual(['a', 'b', 'c', 'd']);
  expect(read.sort()).toEqual(['loser', 'older', 'winner']);
});
