/** A process for tests to kill: starts NATS and Postgres in the folder given, says their pids on one line, waits. */
import { startDevStack } from '../../worker/dev-stack';

void startDevStack({ dir: process.argv[2] ?? '', need: ['nats', 'postgres'], env: process.env }).then(({ pids }) => {
  process.stdout.write(`${JSON.stringify(pids)}\n`);
  setInterval(() => undefined, 1_000);
});
