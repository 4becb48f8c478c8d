/** One switch for all messages to leads. */
import type { SendingHold } from '../../events/campaign-requests';
import { ripen } from './fake-context';
import type { World } from './fake-context';
import { fits } from './small-world';

const everything: SendingHold = { scope: '*', because: 'operator', says: 'wrong price', by: 'olga', sinceAt: Date.UTC(2026, 10, 23, 9) };
const world = (holds: readonly SendingHold[]): World => ({
  people: {
    stopSending: () => ({ stopped: holds.length === 0 }),
    startSending: () => ({ started: holds.length > 0 }),
    sending: () => ({ holds, lastHour: { sent: 12, 'unavailable sender-at-fault': 3 } }),
  },
});

test('stop tells the store who and why; a second one says that it was stopped already', async () => {
  const { exit, asked, out } = await ripen(world([]), 'sending', 'stop', '--because', 'wrong price');
  expect([exit, asked.map(({ ask }) => ask)]).toEqual([0, [{ because: 'wrong price', by: 'olga' }]]);
  expect(out).toContain('Stopped: no message to a lead begins from now on.');
  expect((await ripen(world([everything]), 'sending', 'stop', '--because', 'again', '--json')).json).toEqual({ ok: true, stopped: false });
});

test('nobody stops everything without saying why', async () => {
  const nothing = await ripen(world([]), 'sending', 'stop');
  const blank = await ripen(world([]), 'sending', 'stop', '--because', '  ');
  expect([nothing.exit, blank.exit, nothing.asked, blank.asked]).toEqual([2, 2, [], []]);
});

test('start lets messages go again, and says so where nothing was stopped', async () => {
  expect((await ripen(world([everything]), 'sending', 'start')).out).toContain('Messages go again');
  expect((await ripen(world([]), 'sending', 'start')).out).toContain('Sending was not stopped.');
});

test('status says what is held, since when, by whom and why, and how the last hour went', async () => {
  const { out } = await ripen(world([everything]), 'sending', 'status');
  fits(out);
  expect(out).toMatch(/everything +\S.* +olga +wrong price/);
  expect(out).toMatch(/12 messages sent[^]+3 messages unavailable sender at fault/);
});

test('the status of all begins with what is stopped', async () => {
  const all: World = {
    people: {
      ...world([everything, { ...everything, scope: 'spring', says: 'six of a hundred bounced' }]).people,
      summary: () => ({ leads: 0, byStage: {}, byQualification: {}, asOfAt: 0, lag: 0 }),
      uncertain: () => ({ sends: [] }),
    },
  };
  const { out } = await ripen(all, 'status');
  fits(out);
  expect(out).toMatch(/^All sending is stopped since [^\n]+wrong price[^]+Campaign spring is paused since[^]+bounced/);
});
