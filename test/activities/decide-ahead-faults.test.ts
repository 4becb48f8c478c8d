import { ApplicationFailure } from '@temporalio/common';
import type { Input } from '../../workflows/core';
import { publishedOf } from '../support/small-plan';
import { world, type World } from './ahead-world';

const ada = 'ld_ada';
const minute = 60_000;
let w: World;
const start = (...args: Parameters<typeof world>): World => (w = world(...args));
afterEach(() => w.stop());

/** Bot visits: recorded, worth nothing, so nothing but their number matters. */
const robot = (): Input => {
  const visit = w.event();
  return visit.kind === 'engaged' ? { ...visit, event: { ...visit.event, actor: 'machine' } } : visit;
};

describe('where something is wrong the event is signalled as ever:', () => {
  test('NATS does not answer, and for five seconds nobody asks it again', async () => {
    start();
    await w.warm(ada);
    w.facts.setUp(false);
    expect(await w.tell(ada, w.event())).toBe('away');
    w.facts.setUp(true);
    expect(await w.tell(ada, w.event())).toBe('away');
    await w.workflows.settle();
    w.pass(5_000);
    expect(await w.tell(ada, w.event())).toBe('ahead');
    expect(w.engagedIn(ada)).toHaveLength(4);
    expect(w.warnings).toHaveLength(1);
  });

  test('a plan of the lead cannot be had', async () => {
    let away = false;
    const published = publishedOf();
    start({}, published, {
      snapshot: async () => {
        if (away) throw ApplicationFailure.create({ type: 'database-away', message: 'away' });
        return published;
      },
    });
    await w.warm(ada);
    away = true;
    expect(await w.tell(ada, w.event())).toBe('failed');
    await w.workflows.settle();
    expect(w.engagedIn(ada)).toHaveLength(2);
  });

  test('the core throws on it: the workflow names the culprit', async () => {
    start();
    await w.warm(ada);
    const broken = w.event();
    expect(await w.tell(ada, { ...broken, event: undefined } as unknown as Input)).toBe('failed');
  });

  test('the log holds a fact that this release does not know', async () => {
    start();
    await w.warm(ada);
    const last = w.logOf(ada).at(-1);
    if (last === undefined) throw new Error('unreachable');
    const strange = { ...last.decision, n: last.decision.n + 1, prev: last.digest, facts: [{ v: 1, type: 'LeadSang' }] as never };
    await w.facts.append(strange, last.seq);
    expect(await w.tell(ada, w.event())).toBe('failed');
  });

  test('the log was forked by another engine, until the workflow takes events again', async () => {
    start();
    await w.warm(ada);
    expect(await w.tell(ada, w.event())).toBe('ahead');
    const last = w.logOf(ada).at(-1);
    if (last === undefined) throw new Error('unreachable');
    await w.facts.append({ ...last.decision, n: last.decision.n + 1, prev: 'another' }, last.seq);
    expect(await w.tell(ada, w.event())).toBe('conflict');
    w.workflows.troubled = true;
    expect(await w.tell(ada, w.event())).toBe('order');
    expect(await w.tell(ada, w.event())).toBe('order');
  });

  test("the router's clock runs before the server's, or its leads would act too early", async () => {
    start();
    w.setRouterAhead(minute);
    await w.warm(ada);
    expect(await w.tell(ada, w.event())).toBe('clock');
    await w.workflows.settle();
    expect(await w.tell(ada, w.event())).toBe('clock');
    expect(w.stateOf(ada).at).toBe(w.now());
    w.setRouterAhead(0);
    w.pass(11 * minute);
    await w.tell(ada, w.event());
    await w.workflows.settle();
    expect(await w.tell(ada, w.event())).toBe('ahead');
  });
});

describe('a workflow never falls far behind:', () => {
  test('after twenty decisions the next event is signalled, and it takes them all in at once', async () => {
    start();
    await w.warm(ada);
    for (let n = 0; n < 20; n += 1) expect(await w.tell(ada, robot())).toBe('ahead');
    expect(await w.tell(ada, robot())).toBe('far');
    const before = w.workflows.run(ada)?.markers ?? 0;
    await w.workflows.settle();
    expect(w.workflows.run(ada)).toMatchObject({ position: { n: w.logOf(ada).at(-1)?.decision.n }, inbox: [], markers: before + 1 });
    expect(await w.tell(ada, robot())).toBe('ahead');
  });

  test('where it may be further behind it takes them in by twenties', async () => {
    start({ mostAhead: 64 });
    await w.warm(ada);
    for (let n = 0; n < 64; n += 1) expect(await w.tell(ada, robot())).toBe('ahead');
    expect(await w.tell(ada, robot())).toBe('far');
    const before = w.workflows.run(ada)?.markers ?? 0;
    await w.workflows.settle();
    expect(w.workflows.run(ada)).toMatchObject({ position: { n: w.logOf(ada).at(-1)?.decision.n }, inbox: [], markers: before + 4 });
    expect(w.engagedIn(ada)).toHaveLength(66);
    expect(await w.tell(ada, robot())).toBe('ahead');
  });

  test('and what another router decided ahead of it counts, too', async () => {
    start({ mostAhead: 10 });
    await w.warm(ada);
    const other = w.router();
    await other.deliver(ada, [robot()]);
    await w.workflows.settle();
    for (let n = 0; n < 8; n += 1) expect(await other.deliver(ada, [robot()])).toMatchObject({ ahead: true });
    expect([await w.tell(ada, robot()), await w.tell(ada, robot()), await w.tell(ada, robot())]).toEqual(['ahead', 'ahead', 'far']);
  });

  test('after ten minutes it is told to look, and then knows all without another event', async () => {
    jest.useFakeTimers();
    start({ mostAhead: 64 });
    await w.warm(ada);
    for (let n = 0; n < 45; n += 1) expect(await w.tell(ada, robot())).toBe('ahead');
    w.pass(10 * minute);
    await jest.advanceTimersByTimeAsync(15_000);
    jest.useRealTimers();
    expect(w.workflows.signals).toEqual([{ leadId: ada, inputs: [] }]);
    await w.workflows.settle();
    expect(w.workflows.run(ada)).toMatchObject({ state: w.stateOf(ada), position: { n: w.logOf(ada).at(-1)?.decision.n } });
    expect(await w.tell(ada, robot())).toBe('ahead');
  });

  test('an event ten minutes after the last sign of its run is signalled, because the run may have been ended', async () => {
    start();
    await w.warm(ada);
    w.pass(10 * minute + 1);
    expect(await w.tell(ada, robot())).toBe('unseen');
  });

  test('a workflow that was terminated meanwhile is started again by being told, and knows everything', async () => {
    start();
    await w.warm(ada);
    const visit = w.event();
    await w.tell(ada, visit);
    w.workflows.terminate(ada);
    await w.door.stop();
    await w.workflows.settle();
    expect(w.workflows.run(ada)?.state).toEqual(w.stateOf(ada));
    expect(w.engagedIn(ada)).toContain(visit.id);
  });

  test('a lead that is forgotten for others is told first', async () => {
    start({ mostLeads: 2 });
    await w.warm(ada);
    await w.tell(ada, robot());
    await w.warm('ld_grace');
    await w.warm('ld_alan');
    await w.door.stop();
    expect(w.workflows.signals).toEqual([{ leadId: ada, inputs: [] }]);
    expect(await w.tell(ada, robot())).toBe('unseen');
  });

  test('a router that stops tells those who are behind, and only those', async () => {
    start();
    await w.warm(ada);
    await w.warm('ld_grace');
    await w.tell('ld_grace', robot());
    await w.door.stop();
    expect(w.workflows.signals).toEqual([{ leadId: 'ld_grace', inputs: [] }]);
  });
});
