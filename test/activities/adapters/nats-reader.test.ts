import type { Nats, NatsMessage } from '../../../activities/adapters/nats-connection';
import { orderedReader } from '../../../activities/adapters/nats-reader';

/** A NATS that hands out numbered messages and can lose one on the way. */
function lossyNats(messages: number, lose: (seq: number, opening: number) => boolean) {
  const openedAt: number[] = [];
  const inboxes = new Map<string, (message: NatsMessage) => void>();
  let inbox = 0;
  const send: Nats['send'] = (_, data, reply) => {
    const deliver = inboxes.get(reply ?? '');
    if (deliver === undefined) return;
    const opening = openedAt.length;
    const { batch } = JSON.parse(Buffer.from(data).toString()) as { batch: number };
    const from = openedAt.at(-1) ?? 1;
    for (let seq = from; seq <= Math.min(messages, from + batch - 1); seq++) {
      const order = seq - from + 1;
      if (!lose(seq, opening))
        queueMicrotask(() =>
          deliver({
            subject: 'facts.lead.ada',
            data: Buffer.from(`${seq}`),
            reply: `$JS.ACK.FACTS.c.1.${seq}.${order}.1000000.0`,
            code: undefined,
            description: undefined,
          }),
        );
    }
  };
  const nats = {
    isUp: () => true,
    onLink: () => () => undefined,
    newInbox: () => `inbox-${++inbox}`,
    subscribe: (subject: string, onMessage: (message: NatsMessage) => void) => {
      inboxes.set(subject, onMessage);
      return () => void inboxes.delete(subject);
    },
    send,
    api: (_: string, body: { config: { opt_start_seq: number } }) => {
      openedAt.push(body.config.opt_start_seq);
      return Promise.resolve({ name: `c${openedAt.length}` });
    },
  } as unknown as Nats;
  return { nats, openedAt };
}

test('a message lost on the way is noticed by the gap and read again, in order', async () => {
  const { nats, openedAt } = lossyNats(10, (seq, opening) => seq === 4 && opening === 1);
  const reader = orderedReader(nats, { stream: 'FACTS', fromSeq: 1 });
  const seen: number[] = [];
  while (seen.length < 10) seen.push(...(await reader.next(100)).map(({ seq }) => seq));
  reader.stop();
  expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(openedAt[0]).toBe(1);
  expect(openedAt.length).toBe(2);
});

test('it starts at the sequence asked for', async () => {
  const { nats, openedAt } = lossyNats(3, () => false);
  const reader = orderedReader(nats, { stream: 'FACTS', fromSeq: 2 });
  expect((await reader.next(1)).map(({ seq }) => seq)).toEqual([2]);
  reader.stop();
  expect(openedAt).toEqual([2]);
});
