import { memoryFactsLog } from '../../activities/adapters/memory-facts-log';
import { freshOf } from '../../activities/decision';
import { knownInputs } from '../../activities/known-inputs';
import type { StoredDecision } from '../../activities/ports';
import { initial } from '../../workflows/core';
import type { Fact } from '../../workflows/core';
import { eventInput, monday } from '../support/given';

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

describe('an event that was taken back before it came', () => {
  const taken: Fact = {
    v: 1,
    type: 'EngagementRetracted',
    occurredAt: monday,
    recordedAt: monday,
    event: 'late-event0',
    by: 'x',
    because: 'y',
  };
  test('is known, so that nothing read again brings it', async () => {
    const known = await knownInputs(async () => [decision(['a'], [taken])], 'ada');
    expect([...known]).toEqual(['a', 'late-event0']);
  });

  test('is found in the log when the ring has given it up', async () => {
    const log = memoryFactsLog();
    await log.append({ v: 1, lead: 'ada', n: 1, prev: '', run: 'r', at: monday, consumed: [], facts: [taken] }, 0);
    const state = { ...initial('ada'), ring: { ...initial('ada').ring, floorAt: monday + 1 } };
    const [late, other] = ['late-event0', 'other-event'].map((id) => eventInput('page.viewed', monday, {}, { id }));
    if (late === undefined || other === undefined) throw new Error('two inputs were made');
    expect(await freshOf(log, 'ada', state, [late, other])).toEqual([other]);
  });
});
