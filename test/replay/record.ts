/** Records golden histories: `node -r ./test/support/register.js test/replay/record.ts RELEASE` before a release, never to silence a failing replay. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, freshId, freshNamespace, startShell } from '../support/shell-engine';
import { publishedOf } from '../support/small-plan';
import { commandUpdate, viewQuery } from '../../workflows/messages';
import type { Input } from '../../workflows/core';
import { buildBundle } from '../../worker/bundle';
import { startDevStack } from '../../worker/dev-stack';
import { historyText } from './history-file';

const visit = (): Input => {
  const id = freshId();
  return { kind: 'engaged', id, event: { id, type: 'page.viewed', occurredAt: Date.now(), actor: 'human', data: { path: '/pricing' } } };
};

/** Three lives: a mail and visits; paused and resumed by an operator; long enough to continue as new. */
export async function recordHistories(folder: string, release: string): Promise<void> {
  const shell = await startShell({ natsUrl: process.env['NATS_URL'] ?? '', namespace: await freshNamespace(), published: publishedOf() });
  const command = (word: 'pause' | 'resume'): [Extract<Input, { kind: 'command' }>] => [
    { kind: 'command', id: freshId(), command: { word }, by: 'ada', because: 'recorded' },
  ];
  const save = async (leadId: string, name: string): Promise<void> => {
    const history = await shell.handle(leadId).fetchHistory();
    writeFileSync(join(folder, `${release}-${name}.json`), historyText(history));
  };
  const settled = (leadId: string) =>
    eventually('nothing is under way', async () => {
      const view = await shell.handle(leadId).query(viewQuery);
      return view.inbox === 0 && view.running.length === 0 ? view : undefined;
    });
  for (const leadId of ['ld_mailed', 'ld_paused', 'ld_long']) {
    await shell.deliver(leadId, {
      kind: 'command',
      id: freshId(),
      command: { word: 'enrol', sequence: 'small' },
      by: 'ada',
      because: 'recorded',
    });
    await eventually('mailed', () => shell.sends.find((send) => send.leadId === leadId));
  }
  await shell.deliver('ld_mailed', visit(), visit());
  await shell.handle('ld_paused').executeUpdate(commandUpdate, { args: command('pause') });
  await shell.handle('ld_paused').executeUpdate(commandUpdate, { args: command('resume') });
  for (let index = 0; index < 120; index += 1) await shell.deliver('ld_long', visit());
  for (const [leadId, name] of [
    ['ld_mailed', 'mailed'],
    ['ld_paused', 'paused'],
    ['ld_long', 'continued'],
  ] as const) {
    await settled(leadId);
    await save(leadId, name);
  }
  await shell.stop();
}

async function main(release: string): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'ripen-record-'));
  const stack = await startDevStack({ dir, need: ['temporal', 'nats'], env: process.env, throwAway: true });
  try {
    const bundle = join(dir, 'workflow-bundle.js');
    writeFileSync(bundle, await buildBundle());
    Object.assign(process.env, stack.addresses, { RIPEN_BUNDLE: bundle });
    await recordHistories(join(__dirname, 'histories'), release);
  } finally {
    await stack.stop();
  }
}

if (require.main === module) {
  main(process.argv[2] ?? 'next').then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
}
