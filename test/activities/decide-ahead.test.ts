import { decide, fold } from '../../workflows/core';
import type { Input, Plan } from '../../workflows/core';
import { monday } from '../support/given';
import { publishedOf, smallPlan } from '../support/small-plan';
import { world, type World } from './ahead-world';

const ada = 'ld_ada';
let w: World;
const start = (...args: Parameters<typeof world>): World => (w = world(...args));
afterEach(() => w.stop());

const phaseOf = (more: Partial<Plan['phases'][string]>): Plan => ({
  ...smallPlan,
  phases: { ...smallPlan.phases, start: { ...(smallPlan.phases['start'] as Plan['phases'][string]), ...more } },
});
const asked = { kind: 'engaged', type: 'form.submitted' } as const;

describe('a visit of a lead whose run was signalled lately', () => {
  test('is stored without a signal, as the facts its workflow would have stored', async () => {
    start();
    await w.warm(ada);
    const before = w.stateOf(ada);
    const visit = w.event();
    expect(await w.tell(ada, visit)).toBe('ahead');
    expect(w.workflows.signals).toEqual([]);
    const newest = w.logOf(ada).at(-1);
    expect(newest?.decision).toMatchObject({ run: 'router', consumed: [{ id: visit.id }], at: monday });
    expect(newest?.decision.facts).toEqual(decide(publishedOf(), before, [visit], monday));
    expect(newest?.decision.facts.map(({ type }) => type)).toEqual(['EngagementRecorded', 'PointsChanged']);
  });

  test('is found by the workflow with its next event, and both count once', async () => {
    start();
    await w.warm(ada);
    const [visit, form] = [w.event(), w.event('email.clicked')];
    expect(await w.tell(ada, visit)).toBe('ahead');
    expect(await w.tell(ada, form)).toBe('shown');
    await w.workflows.settle();
    expect(w.engagedIn(ada).slice(-2)).toEqual([visit.id, form.id]);
    expect(w.workflows.run(ada)?.state).toEqual(w.stateOf(ada));
  });

  test('comes a second time and changes nothing', async () => {
    start();
    await w.warm(ada);
    const visit = w.event();
    await w.tell(ada, visit);
    expect(await w.tell(ada, visit)).toBe('ahead');
    expect(w.engagedIn(ada).filter((id) => id === visit.id)).toHaveLength(1);
  });

  test('is stored once although the answer to its append was lost', async () => {
    start();
    await w.warm(ada);
    const visit = w.event();
    w.facts.loseNextAck();
    expect(await w.tell(ada, visit)).toBe('ahead');
    expect(w.engagedIn(ada).filter((id) => id === visit.id)).toHaveLength(1);
    expect(await w.tell(ada, w.event())).toBe('ahead');
  });

  test('is stored behind what its workflow decided meanwhile', async () => {
    start();
    await w.warm(ada);
    const [other, visit] = [w.event(), w.event()];
    await w.workflows.deliver(ada, [other]);
    await w.workflows.settle();
    expect(await w.tell(ada, visit)).toBe('ahead');
    expect(w.engagedIn(ada).slice(-2)).toEqual([other.id, visit.id]);
  });

  test('may put off the moment at which its workflow looks again, which then finds the later one', async () => {
    start();
    await w.tell(ada, w.event());
    await w.workflows.settle();
    const before = w.workflows.run(ada)?.last.wakeAt ?? 0;
    w.pass(60_000);
    expect(await w.tell(ada, w.event())).toBe('ahead');
    expect(w.workflows.run(ada)?.last.wakeAt).toBe(before);
    await w.door.stop();
    await w.workflows.settle();
    expect(w.workflows.run(ada)?.last.wakeAt).toBe(before + 60_000);
  });

  test('is stored once when the router died before the ack and another one gets it again', async () => {
    start();
    await w.warm(ada);
    const visit = w.event();
    await w.tell(ada, visit);
    const heir = w.router();
    await heir.deliver(ada, [visit]);
    await w.workflows.settle();
    expect(w.engagedIn(ada).filter((id) => id === visit.id)).toHaveLength(1);
    expect(w.workflows.run(ada)).toMatchObject({ inbox: [], position: { n: w.logOf(ada).at(-1)?.decision.n } });
  });
});

describe('to the workflow goes', () => {
  const command = (word: 'pause'): Input => ({ kind: 'command', id: 'pausepause1', command: { word }, by: 'olga', because: 'test' });
  const profile: Input = { kind: 'profiled', id: 'p1', version: 1, occurredAt: monday, traits: {}, consent: { email: 'granted' } };

  test('the first event of a lead, because nobody knows whether its run lives', async () => {
    start();
    expect(await w.tell(ada, w.event())).toBe('unseen');
  });

  test('a command and a profile, and the events that came with them', async () => {
    start();
    await w.warm(ada);
    expect(await w.tell(ada, w.event(), command('pause'))).toBe('input');
    await w.workflows.settle();
    expect(await w.tell(ada, profile)).toBe('input');
  });

  test('an event behind one that was signalled and is not decided yet, so that their order stays', async () => {
    start();
    await w.warm(ada);
    expect(await w.tell(ada, w.event('email.clicked'))).toBe('shown');
    expect(await w.tell(ada, w.event())).toBe('order');
    await w.workflows.settle();
    expect(await w.tell(ada, w.event())).toBe('ahead');
  });

  test('but only after it waited a while for that decision, so that a burst does not go to the workflow whole', async () => {
    start({ holdMs: 300 });
    await w.warm(ada);
    await w.tell(ada, w.event('email.clicked'));
    expect(await w.tell(ada, w.event())).toBe('later');
    w.pass(299);
    const held = w.event();
    expect(await w.tell(ada, held)).toBe('later');
    await w.workflows.settle();
    expect(await w.tell(ada, held)).toBe('ahead');
    await w.tell(ada, w.event('email.clicked'));
    w.pass(300);
    expect(await w.tell(ada, w.event())).toBe('order');
  });

  test('an event that asks for a mail', async () => {
    const touches = [
      { channel: 'email', id: 'hello', after: '0 minutes', purpose: 'service' },
      { channel: 'email', id: 'answer', after: { kind: 'since', of: asked, span: '0 minutes' }, purpose: 'service' },
    ] as const;
    start({}, publishedOf(phaseOf({ touches })));
    await w.warm(ada);
    expect(await w.tell(ada, w.event())).toBe('ahead');
    expect(await w.tell(ada, w.event('form.submitted', { form: 'demo' }))).toBe('busy');
  });

  test('an event after which the lead must look earlier than it means to', async () => {
    const touches = [
      { channel: 'email', id: 'hello', after: '0 minutes', purpose: 'service' },
      { channel: 'email', id: 'answer', after: { kind: 'since', of: asked, span: '2 days' }, purpose: 'service' },
    ] as const;
    start({}, publishedOf(phaseOf({ touches })));
    await w.warm(ada);
    expect(await w.tell(ada, w.event('form.submitted', { form: 'demo' }))).toBe('wake');
  });

  test('an event that moves the score into another band of ten, also when ten small ones do it together', async () => {
    start();
    await w.warm(ada);
    const seen: string[] = [];
    for (let n = 0; n < 10; n += 1) {
      seen.push(await w.tell(ada, w.event()));
      await w.workflows.settle();
    }
    expect(seen).toEqual([...Array.from({ length: 8 }, () => 'ahead'), 'shown', 'ahead']);
  });

  test('an event that moves the phase, the stage or the lifecycle stage', async () => {
    const moved = { ...phaseOf({ advance: [{ to: 'late', when: { kind: 'engaged', type: 'form.submitted' } }] }) };
    start(
      {},
      publishedOf({
        ...moved,
        phases: { ...moved.phases, late: { stage: 'decision', touches: [], advance: [], exhaustedAfter: '9 days' } },
      }),
    );
    await w.warm(ada);
    expect(await w.tell(ada, w.event('form.submitted', { form: 'demo' }))).toBe('fact');
    await w.workflows.settle();
    expect(await w.tell(ada, w.event('order.placed'))).toBe('fact');
  });

  test('an opt-out', async () => {
    start();
    await w.warm(ada);
    expect(await w.tell(ada, w.event('email.unsubscribed'))).toBe('fact');
  });

  test('what a due touch follows from, though the event itself is only a visit', async () => {
    start();
    await w.warm(ada);
    await w.workflows.deliver(ada, []);
    w.pass(31 * 86_400_000);
    await w.tell(ada, w.event());
    await w.workflows.settle();
    expect(w.stateOf(ada).enrolments['e1']?.next).toBe(2);
  });

  test('the first event after a day without one, because lists are filtered by it', async () => {
    start({ forMs: 10 * 86_400_000 });
    await w.warm(ada);
    w.pass(23 * 3_600_000);
    expect(await w.tell(ada, w.event())).toBe('ahead');
    w.pass(3_600_000);
    expect(await w.tell(ada, w.event())).toBe('shown');
  });

  test('an event of a sleeping lead, which wakes it', async () => {
    start({ forMs: 400 * 86_400_000 });
    await w.tell(ada, w.event());
    await w.workflows.settle();
    w.pass(60 * 86_400_000);
    await w.workflows.deliver(ada, []);
    await w.workflows.settle();
    expect(w.stateOf(ada).resting).toBe(true);
    expect(await w.tell(ada, w.event())).toBe('asleep');
  });

  test('an event of an erased lead', async () => {
    start();
    await w.warm(ada);
    await w.workflows.deliver(ada, [{ kind: 'command', id: 'eraseerase1', command: { word: 'erase' }, by: 'olga', because: 'asked' }]);
    await w.workflows.settle();
    expect(await w.tell(ada, w.event())).toBe('asleep');
  });
});

test('what is decided ahead in many small steps comes to the state that one fold of all events comes to', async () => {
  start();
  await w.warm(ada);
  const before = w.stateOf(ada);
  const visits = Array.from({ length: 5 }, () => w.event());
  for (const visit of visits) await w.tell(ada, visit);
  expect(w.stateOf(ada)).toEqual(fold(before, decide(publishedOf(), before, visits, monday)));
});
