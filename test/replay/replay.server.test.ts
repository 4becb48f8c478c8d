/** Histories of leads recorded on earlier releases replay on this one's shell; a doctored copy must not, or this test could not fail. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { historyOf } from './history-file';

jest.setTimeout(60_000);

const folder = join(__dirname, 'histories');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8');
const replay = (text: string, workflowId: string) =>
  Worker.runReplayHistory({ workflowBundle: { codePath: process.env['RIPEN_BUNDLE'] ?? '' } }, historyOf(text), workflowId);

test('there are golden histories', () => expect(files.length).toBeGreaterThanOrEqual(3));

test.each(files)('%s replays', async (file) => {
  await expect(replay(textOf(file), 'lead/golden')).resolves.toBeUndefined();
});

test('a copy whose first mail was scheduled as another activity does not replay', async () => {
  const text = files.map(textOf).find((candidate) => candidate.includes('"sendTouch"')) ?? '';
  expect(text).toContain('"sendTouch"');
  await expect(replay(text.replaceAll('"sendTouch"', '"sendSomethingElse"'), 'lead/doctored')).rejects.toThrow(DeterminismViolationError);
});
