/** Once a run: one Temporal, one NATS, one Postgres and one workflow bundle for all server tests, their addresses in the environment. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildBundle } from '../../worker/bundle';
import { startDevStack, type DevStack } from '../../worker/dev-stack';

declare global {
  var ripenTestStack: DevStack | undefined;
}

/** Run by jest once a project that has tests; the second project finds the first one's servers. */
export default async function setup(): Promise<void> {
  if (globalThis.ripenTestStack !== undefined) return;
  const dir = mkdtempSync(join(tmpdir(), 'ripen-servers-'));
  const stack = await startDevStack({ dir, env: process.env, throwAway: true, onProgress: (line) => process.stderr.write(`${line}\n`) });
  globalThis.ripenTestStack = stack;
  Object.assign(process.env, stack.addresses);
  await bundle(join(dir, 'workflow-bundle.js'));
}

/** A bundle that cannot be built fails the tests that need it, not the others. */
async function bundle(file: string): Promise<void> {
  try {
    writeFileSync(file, await buildBundle());
    process.env.RIPEN_BUNDLE = file;
  } catch (error) {
    process.stderr.write(
      `The workflow bundle cannot be built, so tests that need it will fail: ${error instanceof Error ? error.message : String(error)}\n`,
    );
  }
}
