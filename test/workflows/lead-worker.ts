/** A worker process of its own for crash tests: ends itself by SIGKILL right after the append that consumed input `KILL_ON`, before the task completes. */
import type { FactsLog } from '../../activities/ports';
import { publishedOf } from '../support/small-plan';
import { startShell } from '../support/shell-engine';

const { NATS_URL = '', NAMESPACE = '', KILL_ON } = process.env;

const killing = (real: FactsLog): FactsLog => ({
  ...real,
  append: async (decision, lastSeq) => {
    const appended = await real.append(decision, lastSeq);
    if (KILL_ON !== undefined && decision.consumed.some(({ id }) => id === KILL_ON)) process.kill(process.pid, 'SIGKILL');
    return appended;
  },
});

void startShell({ natsUrl: NATS_URL, namespace: NAMESPACE, published: publishedOf(), facts: killing }).then(() =>
  process.stdout.write('ready\n'),
);
