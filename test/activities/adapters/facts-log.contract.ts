/** What every facts log promises; run against the memory one and the one on NATS. */
import type { FactsLog } from '../../../activities/ports';
import { FactsAway } from '../../../activities/ports';
import type { Decision } from '../../../workflows/core/facts';

export const decisionOf = (lead: string, n: number, prev = '', run = 'run-1'): Decision => ({
  v: 1,
  lead,
  n,
  prev,
  run,
  at: 1_000 * n,
  consumed: [{ id: `id-${n}` }],
  facts: [{ v: 1, occurredAt: 1_000 * n, recordedAt: 1_000 * n, type: 'LeadResumed', run }],
});

export type FactsLogFixture = {
  readonly log: () => FactsLog;
  readonly loseNextAck: () => void;
  readonly healAck: () => void;
  readonly setUp: (up: boolean) => Promise<void>;
};

let count = 0;
const newLead = (): string => `ada-${process.pid}-${++count}`;

export function factsLogContract({ log, loseNextAck, healAck, setUp }: FactsLogFixture): void {
  test('a new lead has no last decision and nothing after any sequence', async () => {
    const lead = newLead();
    expect(await log().last(lead)).toBeUndefined();
    expect(await log().after(lead, 0, 20)).toEqual([]);
  });

  test('what is appended is read back as it was, with the digest its position names', async () => {
    const lead = newLead();
    const first = await log().append(decisionOf(lead, 1), 0);
    if (first.as !== 'stored') throw new Error('conflict on a new lead');
    expect(first.position.n).toBe(1);
    expect(first.position.digest).toMatch(/^[0-9a-f]{16}$/);
    const second = await log().append(decisionOf(lead, 2, first.position.digest), first.position.seq);
    if (second.as !== 'stored') throw new Error('conflict at the right sequence');
    expect(await log().last(lead)).toEqual({
      seq: second.position.seq,
      digest: second.position.digest,
      decision: decisionOf(lead, 2, first.position.digest),
    });
    expect((await log().after(lead, 0, 20)).map(({ decision, digest }) => [decision.n, digest])).toEqual([
      [1, first.position.digest],
      [2, second.position.digest],
    ]);
  });

  test('only the decisions after the sequence are read, oldest first and no more than asked for', async () => {
    const lead = newLead();
    const seqs = [0];
    for (let n = 1; n <= 5; n++) {
      const appended = await log().append(decisionOf(lead, n), seqs.at(-1) ?? 0);
      if (appended.as === 'stored') seqs.push(appended.position.seq);
      await log().append(decisionOf(newLead(), 1), 0);
    }
    expect((await log().after(lead, seqs[2] ?? 0, 2)).map(({ decision }) => decision.n)).toEqual([3, 4]);
    expect((await log().after(lead, seqs[5] ?? 0, 2)).map(({ decision }) => decision.n)).toEqual([]);
  });

  test('a long log is read whole, in pages or from the middle on, among those of others', async () => {
    const [lead, other] = [newLead(), newLead()];
    const seqs = [0];
    let otherSeq = 0;
    for (let n = 1; n <= 70; n++) {
      const appended = await log().append(decisionOf(lead, n), seqs.at(-1) ?? 0);
      if (appended.as === 'stored') seqs.push(appended.position.seq);
      const theirs = await log().append(decisionOf(other, n), otherSeq);
      if (theirs.as === 'stored') otherSeq = theirs.position.seq;
    }
    const numbers = async (seq: number, limit: number): Promise<readonly number[]> =>
      (await log().after(lead, seq, limit)).map(({ decision }) => decision.n);
    expect(await numbers(0, 200)).toEqual(Array.from({ length: 70 }, (_, index) => index + 1));
    expect(await numbers(0, 50)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(await numbers(seqs[30] ?? 0, 200)).toEqual(Array.from({ length: 40 }, (_, index) => index + 31));
    expect((await log().after(lead, 0, 200)).map(({ seq, digest }) => [seq, digest]).at(-1)).toEqual([
      seqs.at(-1),
      (await log().last(lead))?.digest,
    ]);
  });

  test('an append at another sequence than the last is a conflict and stores nothing', async () => {
    const lead = newLead();
    await log().append(decisionOf(lead, 1), 0);
    expect(await log().append(decisionOf(lead, 2), 0)).toEqual({ as: 'conflict' });
    expect(await log().append(decisionOf(lead, 2), 999_999)).toEqual({ as: 'conflict' });
    expect((await log().last(lead))?.decision.n).toBe(1);
  });

  test('of two appends that race for one position exactly one is stored', async () => {
    for (let round = 0; round < 20; round++) {
      const lead = newLead();
      const both = await Promise.all([
        log().append(decisionOf(lead, 1, '', 'run-a'), 0),
        log().append(decisionOf(lead, 1, '', 'run-b'), 0),
      ]);
      expect(both.map(({ as }) => as).sort()).toEqual(['conflict', 'stored']);
      expect(await log().after(lead, 0, 20)).toHaveLength(1);
    }
  });

  test('an append whose ack is lost is a conflict that the next read resolves', async () => {
    const lead = newLead();
    loseNextAck();
    const appended = await log().append(decisionOf(lead, 1), 0);
    healAck();
    expect(appended).toEqual({ as: 'conflict' });
    expect((await log().last(lead))?.decision).toEqual(decisionOf(lead, 1));
  });

  test('while the link is known to be down every call fails as FactsAway in under 50 ms', async () => {
    const lead = newLead();
    await setUp(false);
    try {
      for (const call of [() => log().append(decisionOf(lead, 1), 0), () => log().last(lead), () => log().after(lead, 0, 20)]) {
        const startedAt = performance.now();
        await expect(call()).rejects.toBeInstanceOf(FactsAway);
        expect(performance.now() - startedAt).toBeLessThan(50);
      }
    } finally {
      await setUp(true);
    }
    expect(await log().append(decisionOf(lead, 1), 0)).toMatchObject({ as: 'stored' });
  });
}
