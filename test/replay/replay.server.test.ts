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

type Event = { eventId: string; eventType: string; [attributes: string]: unknown };
type Doctor = (events: Event[]) => void;
const named = (events: readonly Event[], type: string): number => events.findIndex(({ eventType }) => eventType === `EVENT_TYPE_${type}`);
/** What two events say changes places; their numbers stay. */
const swap = (events: Event[], a: number, b: number): void => {
  const [one, two] = [events[a], events[b]];
  if (one === undefined || two === undefined) throw new Error('there are no two events to swap');
  [events[a], events[b]] = [
    { ...two, eventId: one.eventId },
    { ...one, eventId: two.eventId },
  ];
};

/** What a careless change of the shell would have made of the same life: each must be caught here, not by a lead in production. */
const breakages: readonly (readonly [what: string, file: string, doctor: Doctor])[] = [
  [
    'a mail sent by another activity',
    '0.1.0-mailed.json',
    (events) => {
      const attributes = events[named(events, 'ACTIVITY_TASK_SCHEDULED')]?.['activityTaskScheduledEventAttributes'] as {
        activityType: { name: string };
      };
      attributes.activityType.name = 'sendSomethingElse';
    },
  ],
  [
    'a decision made by another activity',
    '0.1.0-mailed.json',
    (events) => {
      const attributes = events[named(events, 'MARKER_RECORDED')]?.['markerRecordedEventAttributes'] as {
        details: { data: { payloads: { data: string }[] } };
      };
      const payload = attributes.details.data.payloads[0];
      if (payload === undefined) throw new Error('the marker holds nothing');
      const said = Buffer.from(payload.data, 'base64').toString('utf8');
      expect(said).toMatch(/"(decide|loadLead)"/);
      payload.data = Buffer.from(said.replace(/"(decide|loadLead)"/, '"judge"')).toString('base64');
    },
  ],
  [
    'the list of leads told before the mail, not after it',
    '0.1.0-mailed.json',
    (events) => {
      const at = named(events, 'ACTIVITY_TASK_SCHEDULED');
      swap(events, at, at + 1);
    },
  ],
  [
    'a timer where there was none',
    '0.1.0-mailed.json',
    (events) => {
      const [at, from] = [named(events, 'ACTIVITY_TASK_SCHEDULED'), named(events, 'TIMER_STARTED')];
      const timer = events[from];
      if (timer === undefined) throw new Error('there is no timer');
      events[at] = { ...timer, eventId: String(at + 1) };
    },
  ],
  [
    'a pause that leaves the timer running',
    '0.1.0-paused.json',
    (events) => {
      const at = named(events, 'TIMER_CANCELED');
      swap(events, at, at - 1);
      events[at - 1] = { ...(events[at] as Event), eventId: String(at) };
    },
  ],
];

test.each(breakages)('%s is caught by the replay of %s', async (_what, file, doctor) => {
  const history = JSON.parse(textOf(file)) as { events: Event[] };
  doctor(history.events);
  await expect(replay(JSON.stringify(history), 'lead/doctored')).rejects.toThrow(DeterminismViolationError);
});
