import { startRouter, type Router } from '../../events/router';
import { eventOf, fakeAnonymous, fakeDoor, fakeInflow, fakePeople, fakeRejected, quiet, secret, until } from './fakes';

let router: Router | undefined;
afterEach(() => router?.stop());

function routed() {
  const ports = { inflow: fakeInflow(), door: fakeDoor(), rejected: fakeRejected(), anonymous: fakeAnonymous() };
  const start = (): void => {
    router = startRouter(
      { ...ports, identifier: fakePeople(['ada']), toEngine: (at) => at, log: quiet },
      { secret, retryMs: 1, drainMs: 500 },
    );
  };
  return { ...ports, start };
}

test('an event that carries a visitor and a known person says who the visitor was, asked once', async () => {
  const { inflow, door, anonymous, start } = routed();
  start();
  for (const path of ['/a', '/b']) inflow.put(eventOf('page.viewed', { anonymous: 'cookie-1', email: 'ada@example.com' }, { path }));
  await until(() => inflow.acked.length === 2);
  expect(anonymous.claims).toEqual([{ anonymous: 'cookie-1', leadId: 'ada' }]);
  expect(door.idsOf('ada')).toHaveLength(2);
});

test('what an unidentified visitor does is kept for them; when they were identified meanwhile it goes to the lead', async () => {
  const { inflow, door, anonymous, rejected, start } = routed();
  inflow.put(eventOf('page.viewed', { anonymous: 'cookie-1' }, { path: '/pricing' }));
  start();
  await until(() => inflow.acked.length === 1);
  expect(anonymous.kept).toMatchObject([
    { anonymous: 'cookie-1', input: { kind: 'engaged', event: { type: 'page.viewed', data: { path: '/pricing' } } } },
  ]);
  anonymous.claimedBy = 'ada';
  inflow.put(eventOf('page.viewed', { anonymous: 'cookie-1' }, { path: '/trial' }));
  await until(() => inflow.acked.length === 2);
  expect(door.idsOf('ada')).toHaveLength(1);
  expect(rejected.records).toEqual([]);
});
