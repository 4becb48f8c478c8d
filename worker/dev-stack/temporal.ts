/** A Temporal dev server on the loopback, with the project's search attributes; in memory or in the given folder. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { searchAttributes } from '../search-attributes';
import { findBinary } from './binaries';
import type { Progress } from './error';
import type { Kept } from './keeper';
import type { Ports } from './ports';
import { serve } from './serve';

export type TemporalOptions = {
  readonly dir: string;
  readonly ports: Ports;
  readonly env: NodeJS.ProcessEnv;
  readonly onProgress: Progress;
  readonly started: (kept: Kept) => void;
  /** Nothing survives its end; faster. */
  readonly inMemory?: boolean;
  readonly ui?: boolean;
  /** More flags of `temporal server start-dev`. */
  readonly extraArgs?: readonly string[];
};

/** Campaigns share a queue fairly, and a lead whose tasks fail is flagged after two failures instead of five. */
const dynamicConfig = ['matching.enableFairness=true', 'system.numConsecutiveWorkflowTaskProblemsToTriggerSearchAttribute=2'];

export async function startTemporal(
  options: TemporalOptions,
): Promise<{ readonly address: string; readonly uiUrl?: string; readonly kept: Kept }> {
  const program = await findBinary('temporal', options.env, options.onProgress);
  mkdirSync(options.dir, { recursive: true });
  let port = 0;
  let uiPort = 0;
  const { kept } = await serve({
    name: 'temporal',
    start: async () => {
      port = await options.ports.of('temporal');
      if (options.ui) uiPort = await options.ports.of('temporal-ui');
      const args = ['server', 'start-dev', ...flags(options, port, uiPort), ...(options.extraArgs ?? [])];
      return { program, args, signal: 'SIGTERM', log: join(options.dir, 'temporal.log'), env: withoutTemporalSettings(options.env) };
    },
    answers: () => answers(`127.0.0.1:${port}`),
    otherPorts: () => ['temporal', 'temporal-ui'].forEach((name) => options.ports.forget(name)),
    started: options.started,
  });
  return { address: `127.0.0.1:${port}`, ...(options.ui ? { uiUrl: `http://127.0.0.1:${uiPort}` } : {}), kept };
}

function flags(options: TemporalOptions, port: number, uiPort: number): readonly string[] {
  return [
    '--ip=127.0.0.1',
    `--port=${port}`,
    '--log-level=error',
    ...(options.inMemory ? [] : ['--db-filename', join(options.dir, 'temporal.db')]),
    ...(options.ui ? ['--ui-ip', '127.0.0.1', '--ui-port', String(uiPort), '--ui-disable-news-fetch'] : ['--headless']),
    ...Object.entries(searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
    ...dynamicConfig.flatMap((value) => ['--dynamic-config-value', value]),
  ];
}

/** The program also reads TEMPORAL_* (an address, a namespace, keys of some cloud): those are for clients. */
function withoutTemporalSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('TEMPORAL_')));
}

async function answers(address: string): Promise<boolean> {
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect({ address, connectTimeout: '2 seconds' });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
    return Object.keys(searchAttributes).every((name) => customAttributes?.[name] != null);
  } catch {
    return false; // not yet
  } finally {
    await connection?.close();
  }
}
