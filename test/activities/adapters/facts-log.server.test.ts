import { natsFactsLog } from '../../../activities/adapters/facts-log';
import { readAllDecisions, readDecisions } from '../../../activities/adapters/facts-reader';
import { openNats, type Nats } from '../../../activities/adapters/nats-connection';
import { FactsAway, type FactsLog } from '../../../activities/ports';
import { ensureStreams } from '../../../events/streams';
import { freshNats } from '../../support/servers';
import { decisionOf, factsLogContract } from './facts-log.contract';
import { tcpProxy, type TcpProxy } from './tcp-proxy';

let server: Awaited<ReturnType<typeof freshNats>>;
let proxy: TcpProxy;
let nats: Nats;
let log: FactsLog;

const linkIs = async (up: boolean): Promise<void> => {
  for (let waited = 0; nats.isUp() !== up; waited += 20) {
    if (waited > 10_000) throw new Error(`the link did not turn ${up ? 'up' : 'down'}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
const setUp = async (up: boolean): Promise<void> => {
  if (up) proxy.mend();
  else proxy.cut();
  await linkIs(up);
};

beforeAll(async () => {
  server = await freshNats();
  proxy = await tcpProxy(new URL(server.url));
  nats = await openNats({ url: `nats://127.0.0.1:${proxy.port}`, name: 'facts-log-test' });
  await ensureStreams(nats);
  log = natsFactsLog(nats);
}, 60_000);

afterAll(async () => {
  await nats?.close();
  await proxy?.close();
  await server?.remove();
});

describe('the facts log on NATS', () => {
  factsLogContract({ log: () => log, loseNextAck: () => proxy.swallowAnswers(), healAck: () => proxy.passAnswers(), setUp });

  test('an append that is under way when the link breaks fails as FactsAway at once, and may still have been stored', async () => {
    proxy.swallowAnswers();
    const startedAt = performance.now();
    const append = log.append(decisionOf('grace', 1), 0);
    setTimeout(() => proxy.cut(), 100);
    await expect(append).rejects.toBeInstanceOf(FactsAway);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    proxy.passAnswers();
    await setUp(true);
    expect((await log.last('grace'))?.decision.n).toBe(1);
  });

  test('all decisions of a lead, and of every lead in stream order, can be read back', async () => {
    const before = await readAllDecisions(nats, () => undefined);
    const wanted: string[] = [];
    const seqs = new Map<string, number>();
    for (let n = 1; n <= 300; n++) {
      for (const lead of ['edsger', 'barbara', 'tony']) {
        const appended = await log.append(decisionOf(lead, n), seqs.get(lead) ?? 0);
        if (appended.as !== 'stored') throw new Error('conflict');
        seqs.set(lead, appended.position.seq);
        wanted.push(`${lead} ${n}`);
      }
    }
    const seen: string[] = [];
    const through = await readAllDecisions(nats, ({ decision }) => void seen.push(`${decision.lead} ${decision.n}`), { afterSeq: before });
    expect(seen).toEqual(wanted);
    expect(through).toBe(Math.max(...seqs.values()));
    const barbara = await readDecisions(nats, 'barbara');
    expect(barbara.map(({ decision }) => decision.n)).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
    expect(barbara.at(-1)?.digest).toBe((await log.last('barbara'))?.digest);
    expect(await readDecisions(nats, 'nobody')).toEqual([]);
  });
});
