/** Histories of leads recorded on earlier releases replay on this one's shell; a doctored copy must not, or this test could not fail. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';

jest.setTimeout(60_000);

type Json = {
  events: {
    eventType: string;
    markerRecordedEventAttributes?: unknown;
    activityTaskScheduledEventAttributes?: { activityType?: { name?: string } };
  }[];
};
const folder = join(__dirname, 'histories');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const historyOf = (file: string): Json => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Json;
const replay = (history: unknown, workflowId: string) =>
  Worker.runReplayHistory({ workflowBundle: { codePath: process.env['RIPEN_BUNDLE'] ?? '' } }, history, workflowId);

test('there are golden histories', () => expect(files.length).toBeGreaterThanOrEqual(3));

test.each(files)('%s replays', async (file) => {
  await expect(replay(historyOf(file), 'lead/golden')).resolves.toBeUndefined();
});

test('a copy whose first mail was scheduled as another activity does not replay', async () => {
  const file = files.find((name) => JSON.stringify(historyOf(name)).includes('sendTouch'));
  const doctored = historyOf(file ?? '');
  for (const event of doctored.events) {
    const type = event.activityTaskScheduledEventAttributes?.activityType;
    if (type?.name === 'sendTouch') type.name = 'sendSomethingElse';
  }
  await expect(replay(doctored, 'lead/doctored')).rejects.toThrow(DeterminismViolationError);
});
