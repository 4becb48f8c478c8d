import type { Input } from '../../workflows/core/inputs';
import { leadDoor } from '../../events/lead-door';
import type { Delivered, Identifier } from '../../events/ports';
import { startRouter, type Router, type RouterOptions, type RouterPorts } from '../../events/router';
import { eventOf, fakeAnonymous, fakeDoor, fakeInflow, fakePeople, fakeRejected, quiet, secret, until } from './fakes';

let router: Router | undefined;
afterEach(() => router?.stop());

function routed(ports: Partial<RouterPorts> = {}, options: Partial<RouterOptions> = {}) {
  const inflow = fakeInflow();
  const door = fakeDoor();
  const people = fakePeople(['ada', 'grace', 'alan']);
  const rejected = fakeRejected();
  const anonymous = fakeAnonymous();
  const start = () =>
    (router = startRouter(
      { inflow, door, identifier: people, rejected, anonymous, toEngine: (at) => at, log: quiet, ...ports },
      { secret, retryMs: 1, drainMs: 500, ...options },
    ));
  return { inflow, door, people, rejected, anonymous, start };
}
const login = (email: string, id?: string) => eventOf('app.login', { email }, {}, id === undefined ? {} : { id });

test('events that wait together reach their lead in one delivery, in order, and are acked after it', async () => {
  const { inflow, door, start } = routed();
  for (const id of ['1', '2', '3']) inflow.put(login('ada@example.com', id));
  inflow.put(login('grace@example.com', '4'));
  start();
  await until(() => inflow.acked.length === 4);
  expect(door.batches.length).toBeLessThan(4);
  expect(door.idsOf('ada')).toHaveLength(3);
  expect(door.idsOf('grace')).toHaveLength(1);
});

test('a lone event does not wait for company', async () => {
  const { inflow, start } = routed({}, { lingerMs: 60_000 });
  start();
  inflow.put(login('ada@example.com'));
  await until(() => inflow.acked.length === 1, 500);
});

test('while we are busy a lead gathers its events before it is disturbed', async () => {
  const { inflow, door, start } = routed({}, { lingerMs: 600, busyAbove: 0 });
  start();
  for (let round = 0; round < 4; round++) {
    inflow.put(login('ada@example.com'));
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await until(() => inflow.acked.length === 4);
  expect(door.batches.map(({ inputs }) => inputs.length)).toEqual([4]);
});

test('a delivery holds at most 100 inputs and well under 500 KB', async () => {
  const { inflow, door, start } = routed();
  for (let n = 0; n < 250; n++) inflow.put(login('ada@example.com', `small-${n}`));
  for (let n = 0; n < 20; n++)
    inflow.put({ ...login('grace@example.com', `big-${n}`), data: { who: { email: 'grace@example.com' }, note: 'x'.repeat(60_000) } });
  start();
  await until(() => inflow.acked.length === 270);
  expect(Math.max(...door.batches.map(({ inputs }) => inputs.length))).toBe(100);
  expect(Math.max(...door.batches.filter(({ leadId }) => leadId === 'grace').map(({ inputs }) => inputs.length))).toBeLessThan(8);
});

test('everyone in a batch is looked up in one query, and not again soon after', async () => {
  const { inflow, people, start } = routed();
  for (const email of ['ada@example.com', 'Grace@Example.com', 'ada@example.com', 'alan@example.com']) inflow.put(login(email));
  start();
  await until(() => inflow.acked.length === 4);
  inflow.put(login('ada@example.com'));
  await until(() => inflow.acked.length === 5);
  expect(people.queries).toEqual([['email:ada@example.com', 'email:grace@example.com', 'email:alan@example.com']]);
});

test('of several identities the surest that is known decides', async () => {
  const { inflow, door, start } = routed();
  inflow.put(eventOf('app.login', { lead: 'grace', email: 'ada@example.com' }, {}));
  inflow.put(eventOf('app.login', { lead: 'nobody', email: 'ada@example.com' }, {}));
  start();
  await until(() => inflow.acked.length === 2);
  expect([door.idsOf('grace').length, door.idsOf('ada').length]).toEqual([1, 1]);
});

test('what cannot be read is rejected with its original and stops nothing', async () => {
  const { inflow, door, rejected, start } = routed();
  inflow.put('{"broken', { subject: 'engagement.app.login.x' });
  inflow.put({ ...login('ada@example.com'), type: 'email.sneezed' });
  inflow.put(login('nobody@example.com'));
  inflow.put(login('ada@example.com'));
  start();
  await until(() => inflow.acked.length === 4);
  expect(door.idsOf('ada')).toHaveLength(1);
  expect(rejected.records.map(({ code, path }) => [code, path]).sort()).toEqual([
    ['event-malformed', undefined],
    ['event-unknown-type', 'type'],
    ['lead-unknown', 'data.who'],
  ]);
  expect(rejected.records.find(({ code }) => code === 'event-malformed')).toMatchObject({
    original: '{"broken',
    subject: 'engagement.app.login.x',
  });
  expect(rejected.records.find(({ code }) => code === 'lead-unknown')).toMatchObject({
    original: { data: { who: { email: 'nobody@example.com' } } },
  });
});

test('of an erased person nothing is kept, not even in the rejected record', async () => {
  const { inflow, rejected, start } = routed({ identifier: fakePeople([], ['ada']) });
  inflow.put(login('ada@example.com'));
  start();
  await until(() => inflow.acked.length === 1);
  expect(rejected.records).toMatchObject([{ code: 'lead-erased', original: null }]);
  expect(JSON.stringify(rejected.records)).not.toContain('ada@');
});

test('a delivery that fails is tried again in place before the message goes round', async () => {
  let failures = 3;
  const door = fakeDoor((): Delivered => {
    if (failures-- > 0) throw new Error('task queue hiccup');
    return { as: 'delivered' };
  });
  const { inflow, start } = routed({ door });
  inflow.put(login('ada@example.com'));
  start();
  await until(() => inflow.acked.length === 1);
  expect(inflow.givenBack).toEqual([]);
  expect(door.idsOf('ada')).toHaveLength(1);
});

test('one poisoned input ends in REJECTED after its deliveries; its neighbours and other leads arrive', async () => {
  const poison = (inputs: readonly Input[]): boolean =>
    inputs.some((input) => input.kind === 'engaged' && input.event.data.form === 'poison');
  const door = fakeDoor((_, inputs): Delivered => {
    if (poison(inputs)) throw new Error('cannot be taken');
    return { as: 'delivered' };
  });
  const { inflow, rejected, start } = routed({ door }, { attempts: 2, maxDeliveries: 3 });
  for (const form of ['one', 'poison', 'two']) inflow.put(eventOf('form.submitted', { email: 'ada@example.com' }, { form }));
  inflow.put(login('grace@example.com'));
  start();
  await until(() => inflow.acked.length === 4);
  expect(door.idsOf('ada')).toHaveLength(2);
  expect(door.idsOf('grace')).toHaveLength(1);
  expect(rejected.records).toMatchObject([{ code: 'event-undeliverable', original: { data: { form: 'poison' } } }]);
});

test('what a lead refuses for good is rejected with the reason', async () => {
  const door = fakeDoor((): Delivered => ({ as: 'refused', code: 'lead-erased', says: 'erased while it was under way' }));
  const { inflow, rejected, start } = routed({ door });
  inflow.put(login('ada@example.com'));
  start();
  await until(() => inflow.acked.length === 1);
  expect(rejected.records).toMatchObject([{ code: 'lead-erased', says: 'erased while it was under way' }]);
});

test('while Temporal is away nothing more is pulled, nothing is rejected, and all arrives when it is back', async () => {
  let away = true;
  const door = fakeDoor((): Delivered => (away ? { as: 'away', says: 'UNAVAILABLE' } : { as: 'delivered' }));
  const { inflow, rejected, start } = routed({ door }, { attempts: 2 });
  inflow.put(login('ada@example.com'));
  start();
  await until(() => inflow.asked.length >= 1);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const asked = inflow.asked.length;
  for (let n = 0; n < 5; n++) inflow.put(login('grace@example.com'));
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(inflow.asked.length - asked).toBeLessThanOrEqual(1);
  expect([inflow.acked.length, inflow.givenBack.length]).toEqual([0, 0]);
  away = false;
  await until(() => inflow.acked.length === 6);
  expect(rejected.records).toEqual([]);
});

test('while the people store is away messages wait, and all arrive when it is back', async () => {
  const people = fakePeople(['ada']);
  let away = 2;
  const identifier: Identifier = {
    identify: (identities) => (away-- > 0 ? Promise.reject(new Error('connection refused')) : people.identify(identities)),
  };
  const { inflow, door, start } = routed({ identifier });
  inflow.put(login('ada@example.com'));
  start();
  await until(() => inflow.acked.length === 1);
  expect(door.idsOf('ada')).toHaveLength(1);
  expect(inflow.givenBack).toEqual([]);
});

test('a message whose rejection cannot be stored is not acked until it is', async () => {
  let away = true;
  const rejected = fakeRejected(() => away);
  const { inflow, start } = routed({ rejected });
  inflow.put('{"broken');
  start();
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(inflow.acked).toEqual([]);
  away = false;
  await until(() => inflow.acked.length === 1);
  expect(rejected.records).toHaveLength(1);
});

test('stopping delivers what is under way and gives back what cannot be delivered', async () => {
  const door = fakeDoor(async (leadId): Promise<Delivered> => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return leadId === 'ada' ? { as: 'delivered' } : { as: 'away', says: 'UNAVAILABLE' };
  });
  const { inflow, start } = routed({ door }, { drainMs: 300 });
  inflow.put(login('ada@example.com'));
  inflow.put(login('grace@example.com'));
  const started = start();
  await until(() => started.stats().received === 2);
  await started.stop();
  expect(inflow.acked.map(({ seq }) => seq)).toEqual([1]);
  expect(inflow.givenBack).toEqual([{ seq: 2, afterMs: 0 }]);
  expect(started.stats().held).toBe(0);
});

describe('the door to Temporal', () => {
  const failing = (code?: number) =>
    leadDoor(() => Promise.reject(Object.assign(new Error('failed'), { cause: code === undefined ? undefined : { code } }))).deliver(
      'ada',
      [],
    );
  test.each([14, 8, 4, 16])('gRPC code %i means nobody gets through', async (code) => {
    expect(await failing(code)).toMatchObject({ as: 'away' });
  });
  test('any other error is thrown on, to be tried again', async () => {
    await expect(failing(3)).rejects.toThrow('failed');
    await expect(failing()).rejects.toThrow('failed');
  });
});
