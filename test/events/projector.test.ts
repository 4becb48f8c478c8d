import type { Decision } from '../../workflows/core/facts';
import { startProjector, type Folded, type ProjectionStore } from '../../events/projector';
import type { Received } from '../../events/ports';
import { decision } from './decisions';
import { quiet, until } from './fakes';

describe('the projector', () => {
  const messageOf = (seq: number, value: unknown, subject = 'facts.lead.ada'): Received => ({
    subject,
    data: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
    seq,
    storedAt: 0,
    deliveries: 1,
    ack: () => Promise.resolve(true),
    giveBack: () => undefined,
  });
  const storeOf = (checkpoint = 0, fail: () => boolean = () => false): ProjectionStore & { readonly seen: Folded[]; at: number } => ({
    seen: [],
    at: checkpoint,
    checkpoint() {
      return Promise.resolve(this.at);
    },
    apply(batch, through) {
      if (fail()) return Promise.reject(new Error('database away'));
      this.seen.push(...batch);
      return Promise.resolve((this.at = through));
    },
  });
  const readerOf = (messages: readonly Received[], from: number[]) => (fromSeq: number) => {
    from.push(fromSeq);
    let stopped: () => void = () => undefined;
    const rest = messages.filter(({ seq }) => seq >= fromSeq);
    return {
      next: (max: number): Promise<readonly Received[]> =>
        rest.length > 0 ? Promise.resolve(rest.splice(0, max)) : new Promise((resolve) => (stopped = () => resolve([]))),
      stop: () => stopped(),
    };
  };

  test('it goes on behind its checkpoint, passes what is no decision, and keeps up with other subjects', async () => {
    const store = storeOf(2);
    const from: number[] = [];
    const messages = [
      messageOf(1, decision('ada', 1)),
      messageOf(3, decision('ada', 2)),
      messageOf(4, '{"junk'),
      messageOf(5, decision('ada', 3)),
      messageOf(6, { plan: 1 }, 'facts.published.abc'),
    ];
    const projector = startProjector({ store, read: readerOf(messages, from), log: quiet });
    await until(() => store.at === 6);
    await projector.stop();
    expect(from).toEqual([3]);
    expect(store.seen.map(({ seq, decision: { n } }) => [seq, n])).toEqual([
      [3, 2],
      [5, 3],
    ]);
  });

  test('a database that is away delays a batch and never skips it', async () => {
    let failures = 2;
    const store = storeOf(0, () => failures-- > 0);
    const projector = startProjector({ store, read: readerOf([messageOf(1, decision('ada', 1))], []), log: quiet });
    await until(() => store.at === 1);
    await projector.stop();
    expect(store.seen).toHaveLength(1);
  });

  test('a fact of a newer release is waited for, not skipped', async () => {
    const store = storeOf();
    let known = false;
    const upcast = (stored: Decision): Decision => {
      if (!known) throw new Error('unknown fact');
      return stored;
    };
    const projector = startProjector({ store, read: readerOf([messageOf(1, decision('ada', 1))], []), upcast, log: quiet });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(store.at).toBe(0);
    known = true;
    await until(() => store.at === 1);
    await projector.stop();
  });
});
