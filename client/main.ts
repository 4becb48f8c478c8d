#!/usr/bin/env node
/** The `ripen` program: binds the command line to this process and its terminal. Knows no command. */
import { readFileSync } from 'node:fs';
import { openContext } from './context';
import { shipped } from '../workflows/paths';
import { runCli } from './program';

/** Whoever reads our output may stop reading (`ripen timeline … | head`): nothing is left to say then. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    if (process.stderr.isTTY) process.stderr.write('\nStopped.\n');
    process.exit(signal === 'SIGINT' ? 130 : 143);
  });

const { version } = JSON.parse(readFileSync(shipped('package.json'), 'utf8')) as { readonly version: string };
/** Output to a pipe is written later than `process.exit` ends us, so the code waits until it is out. */
const flushed = (stream: NodeJS.WriteStream): Promise<void> => new Promise((resolve) => stream.write('', () => resolve()));

runCli(process.argv.slice(2), version, (warn) => openContext(process.env, process.cwd(), warn), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
}).then(
  async (code) => {
    await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
    process.exit(code);
  },
  (error: unknown) => {
    process.stderr.write(`This is a bug in ripen:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
