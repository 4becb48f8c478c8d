/** The activities of steps that write nothing to the lead. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { memoryEffectResults } from '../../activities/adapters/memory-effect-results';
import { memoryLedger } from '../../activities/adapters/memory-ledger';
import { memoryMailer } from '../../activities/adapters/memory-mailer';
import { customRuns } from '../../activities/custom';
import type { CustomRuns } from '../../activities/custom';
import { createGiveTask } from '../../activities/give-task';
import { createRunCustom } from '../../activities/run-custom';
import type { Mailer } from '../../activities/ports';
import { faultsOfDeed } from '../../workflows/checking/deed-faults';
import type { GiveTask, RunCustom } from '../../workflows/core';
import type { Step } from '../../workflows/core/plan';
import { effectResultsContract } from './effect-results.contract';
import { grace, nadia, renderer, settings } from './send-world';

const { log, secret } = settings;
const ofStep = { enrolment: 'e1', sequence: 'plan@1#0123456789ab', phase: 'start' } as const;
const aRun = (over: Partial<RunCustom> = {}): RunCustom => ({
  type: 'RunCustom',
  id: 'e1.start.gift.1',
  touchKey: 'e1.start.gift',
  ...ofStep,
  touch: 'gift',
  name: 'coupon',
  input: { prefix: 'SPRING' },
  ...over,
});
const aTask = (over: Partial<GiveTask> = {}): GiveTask => ({
  type: 'GiveTask',
  id: 'e1.start.call.1',
  touchKey: 'e1.start.call',
  ...ofStep,
  touch: 'call',
  to: 'owner',
  says: 'Call.',
  ...over,
});

effectResultsContract(() => Promise.resolve(memoryEffectResults()));

describe('running an effect of the own', () => {
  const inside = (runs: CustomRuns = customRuns({ secret }), results = memoryEffectResults()) => {
    const activity = createRunCustom({ results, runs, log, callMs: 50 });
    return (effect = aRun(), leadId = 'lead1') => new MockActivityEnvironment().run(activity, { leadId, effect });
  };

  test('the coupon is the same for every try and another for everybody else', async () => {
    const tries = [await inside()(), await inside()(aRun({ id: 'e1.start.gift.2' }))];
    expect(tries[0]).toEqual({ as: 'returned', data: { code: expect.stringMatching(/^SPRING-[A-HJ-NP-Z2-9]{10}$/) } });
    expect(tries[1]).toEqual(tries[0]);
    expect(await inside()(aRun(), 'lead2')).not.toEqual(tries[0]);
    expect(await inside()(aRun({ touchKey: 'e2.start.gift' }))).not.toEqual(tries[0]);
  });

  test('what it returned first is kept, and a repeat does not run it again', async () => {
    let runs = 0;
    const again = inside({ coupon: () => Promise.resolve({ code: `c${++runs}` }) });
    expect([await again(), await again(aRun({ id: 'e1.start.gift.2' }))]).toEqual(Array(2).fill({ as: 'returned', data: { code: 'c1' } }));
    expect(runs).toBe(1);
  });

  test('a failure and an effect that hangs are tried again later', async () => {
    const failing = inside({ coupon: () => Promise.reject(new Error('shop away')) });
    const hanging = inside({ coupon: () => new Promise(() => undefined) });
    expect([await failing(), await hanging()]).toEqual(Array(2).fill({ as: 'unavailable', because: 'effect-failed' }));
  });

  test.each<[string, Partial<RunCustom>, string]>([
    ['nobody wrote', { name: 'constructor' }, 'effect-unknown'],
    ['is given what it does not take', { input: { prefix: 'spring' } }, 'effect-broken'],
  ])('an effect that %s is not run', async (_what, over, because) => {
    expect(await inside()(aRun(over))).toEqual({ as: 'withheld', because });
  });

  test('more than a code never leaves the effect', async () => {
    expect(await inside({ coupon: () => Promise.resolve({ code: 'x'.repeat(65) }) })()).toEqual({
      as: 'withheld',
      because: 'effect-broken',
    });
  });
});

describe('giving a task', () => {
  const sam = { id: 'rep2', name: 'Sam', email: 'sam@ripen.example' };
  const world = (owner?: typeof grace, mailer: Mailer = memoryMailer()) => {
    const turns = [grace, sam];
    const people = {
      addressee: () => Promise.resolve(nadia),
      owner: () => Promise.resolve(owner),
      nextRep: () => Promise.resolve(turns.shift()),
      rep: (id: string) => Promise.resolve([grace, sam].find((rep) => rep.id === id)),
    };
    const activity = createGiveTask({ ...settings, people, ledger: memoryLedger(), results: memoryEffectResults(), renderer, mailer });
    return (effect = aTask()) => new MockActivityEnvironment().run(activity, { leadId: 'lead1', effect });
  };

  test('the rep who has the person is asked, once', async () => {
    const mailer = memoryMailer();
    const give = world(sam, mailer);
    expect([await give(), await give()]).toEqual(Array(2).fill({ as: 'assigned', rep: sam.id }));
    expect(mailer.mails.map(({ to, replyTo }) => [to, replyTo])).toEqual([[sam.email, nadia.email]]);
  });

  test('without one, or where the plan says so, the next in turn is asked', async () => {
    expect(await world()()).toEqual({ as: 'assigned', rep: grace.id });
    expect(await world(sam)(aTask({ to: 'next' }))).toEqual({ as: 'assigned', rep: grace.id });
  });

  test('another try at the same step asks the same rep, who loses no other turn', async () => {
    const mailer = memoryMailer();
    mailer.fail(grace.email, 'away');
    const give = world(undefined, mailer);
    expect(await give()).toEqual({ as: 'unavailable', because: 'mail-server-away' });
    mailer.fail(grace.email, undefined);
    expect(await give(aTask({ id: 'e1.start.call.2' }))).toEqual({ as: 'assigned', rep: grace.id });
  });
});

test.each<[string, object, readonly string[]]>([
  [
    'an effect nobody wrote',
    { kind: 'run', effect: 'kupon' },
    ['.effect there is no effect "kupon"; those in events/custom-effects.ts are coupon'],
  ],
  [
    'a value it does not take',
    { kind: 'run', effect: 'coupon', with: { prefix: 'x' } },
    ['.with.prefix must be 1 to 16 capital letters and digits'],
  ],
  ['a value it needs', { kind: 'run', effect: 'coupon' }, ['.with.prefix Invalid input: expected string, received undefined']],
  ['nothing where the value comes later', { kind: 'run', effect: 'coupon', with: { prefix: { kind: 'value', of: 'lead' } } }, []],
  ['an event nobody sends', { kind: 'tell', event: 'referral.one' }, ['.event there is no event "referral.one"']],
])('the check names %s', (_what, step, faults) => {
  expect(faultsOfDeed(step as Step).map(({ path, says }) => `${path} ${says}`)).toEqual(faults);
});
