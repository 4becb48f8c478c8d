import { leadQueues, queueDefaults } from '../../events/lead-queues';
import type { Delivered } from '../../events/ports';
import { fakeDoor, until } from './fakes';

const ended: string[] = [];
const waiting = (id: string) => ({
  input: { kind: 'outcome', id, outcome: { as: 'notified' } } as const,
  size: 100,
  done: () => void ended.push(id),
  refused: () => undefined,
  giveBack: () => undefined,
});

test('what is decided ahead of the workflows says nothing about Temporal being back, until nobody waits for it any more', async () => {
  let graceIsAhead = false;
  const ahead: Delivered = { as: 'delivered', ahead: true };
  const door = fakeDoor((leadId) => (leadId === 'ada' || graceIsAhead ? ahead : { as: 'away', says: 'UNAVAILABLE' }));
  const queues = leadQueues(door, { ...queueDefaults, retryMs: 5 }, () => undefined);
  queues.push('grace', waiting('grace'));
  await until(() => queues.isAway());
  queues.push('ada', waiting('ada'));
  await until(() => ended.includes('ada'));
  expect(queues.isAway()).toBe(true);
  // Her signal had arrived although its answer was lost: the log shows it.
  graceIsAhead = true;
  await until(() => ended.includes('grace'));
  expect(queues.isAway()).toBe(false);
  await queues.drain(100);
});

test('what the door asks to hold comes again with what has gathered meanwhile, in order, and is no failure', async () => {
  let asked = 0;
  const door = fakeDoor(() => (++asked < 8 ? { as: 'later', afterMs: 5, says: 'not yet' } : { as: 'delivered' }));
  const queues = leadQueues(door, { ...queueDefaults, attempts: 2 }, () => undefined);
  queues.push('alan', waiting('first'));
  queues.push('alan', waiting('second'));
  await until(() => ended.includes('second'));
  expect(door.batches.map(({ inputs }) => inputs.map(({ id }) => id))).toEqual([['first', 'second']]);
  expect(queues.isAway()).toBe(false);
  await queues.drain(100);
});
