import { MockActivityEnvironment } from '@temporalio/testing';
import { memoryLedger } from '../../activities/adapters/memory-ledger';
import { memoryMailer } from '../../activities/adapters/memory-mailer';
import { createAssignRep } from '../../activities/assign-rep';
import { createNotifyRep } from '../../activities/notify-rep';
import type { Addressee, Mailer, Renderer } from '../../activities/ports';
import { RepMailBroken } from '../../activities/ports';
import type { OptOut, OptOuts } from '../../events/ports';
import { createSendTouch } from '../../activities/send-touch';
import { aNote, aTouch } from './sends';

const address = 'nadia@alderpike.example';
const nadia: Addressee = { leadId: 'lead1', email: address, person: { firstName: 'Nadia' }, unsubscribeToken: 'tok' };
const grace = { id: 'rep1', name: 'Grace', email: 'grace@ripen.example' };
const words = { subject: 'Hello', html: '<p>Hello</p>', text: 'Hello' };
const renderer: Renderer = {
  render: () => Promise.resolve({ content: 'welcome@3#0123456789ab', ...words }),
  renderForRep: () => Promise.resolve(words),
};
const settings = {
  mailFrom: 'Ada at Ripen <ada@ripen.example>',
  publicUrl: 'https://go.example',
  secret: 'a secret of tests only',
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
};
const clock = { toEngine: (at: number) => at, toReal: (at: number) => at };

function world(
  over: { readonly renderer?: Renderer; readonly mailer?: Mailer; readonly person?: Addressee; readonly optOuts?: OptOuts } = {},
) {
  const ledger = memoryLedger();
  ledger.person('lead1', { address, consent: 'granted' });
  const mailer = memoryMailer();
  const people = {
    addressee: () => Promise.resolve('person' in over ? over.person : nadia),
    rep: (id: string) => Promise.resolve(id === grace.id ? grace : undefined),
  };
  const deps = {
    ...settings,
    ledger,
    people,
    clock,
    renderer: over.renderer ?? renderer,
    mailer: over.mailer ?? mailer,
    ...(over.optOuts === undefined ? {} : { optOuts: over.optOuts }),
  };
  const environment = new MockActivityEnvironment({ attempt: 1 });
  const send = (touch = aTouch(), inside = environment) => inside.run(createSendTouch(deps), { leadId: 'lead1', send: touch });
  const notify = (note = aNote()) => environment.run(createNotifyRep(deps), { leadId: 'lead1', effect: note });
  return { ledger, mailer, send, notify, environment };
}
const key = { leadId: 'lead1', effect: 'e1.learn.welcome.1' };

describe('sending a touch', () => {
  test('a mail goes once, however often its activity is started', async () => {
    const { send, mailer } = world();
    const outcomes = [
      await send(),
      await send(aTouch(), new MockActivityEnvironment()),
      await send(aTouch(), new MockActivityEnvironment()),
    ];
    expect(outcomes).toEqual(Array(3).fill({ as: 'sent', content: 'welcome@3#0123456789ab' }));
    expect(mailer.mails).toHaveLength(1);
  });

  test('every attempt at a touch bears one Message-ID, another touch another', async () => {
    const { send, mailer } = world();
    await send();
    await send(aTouch({ id: 'e1.learn.welcome.2' }), new MockActivityEnvironment());
    await send(aTouch({ id: 'e1.learn.ebook.1', touchKey: 'e1.learn.ebook' }), new MockActivityEnvironment());
    const [first, second, other] = mailer.mails.map(({ messageId }) => messageId);
    expect(first).toMatch(/^<[0-9a-f]{32}@ripen\.example>$/);
    expect(second).toBe(first);
    expect(other).not.toBe(first);
  });

  test('marketing carries the one-click way out and ids by which events find back', async () => {
    const { send, mailer } = world();
    await send(aTouch({ campaign: 'spring' }));
    expect(mailer.mails[0]).toMatchObject({
      to: address,
      from: settings.mailFrom,
      headers: {
        'List-Unsubscribe': '<https://go.example/u/tok>, <mailto:ada@ripen.example?subject=unsubscribe%20tok>',
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        'X-Ripen-Touch': 'lead1/e1.learn.welcome.1',
        'X-Ripen-Content': 'welcome@3#0123456789ab',
        'Feedback-ID': 'spring:buyers-journey:welcome:ripen.example',
      },
    });
  });

  test('a service mail offers no unsubscribing', async () => {
    const { send, mailer } = world();
    await send(aTouch({ purpose: 'service' }));
    expect(Object.keys(mailer.mails[0]?.headers ?? {})).toEqual(['X-Ripen-Touch', 'X-Ripen-Content', 'Feedback-ID']);
  });

  test.each(['content-missing', 'template-field-missing'] as const)(
    '%s withholds the mail for good, also after a restart',
    async (missing) => {
      const broken: Renderer = { ...renderer, render: () => Promise.resolve({ missing, what: 'x' }) };
      const { send, mailer, ledger } = world({ renderer: broken });
      expect(await send()).toEqual({ as: 'withheld', because: missing });
      expect(ledger.result(key)).toEqual({ as: 'withheld', because: missing });
      expect(mailer.mails).toEqual([]);
    },
  );

  test('a person without an address gets nothing', async () => {
    expect(await world({ person: undefined }).send()).toEqual({ as: 'withheld', because: 'no-address' });
  });

  test('who opted out between the decision and the call gets nothing', async () => {
    const { send, mailer, ledger } = world();
    ledger.person('lead1', { address, consent: 'withdrawn' });
    expect(await send()).toEqual({ as: 'withheld', because: 'consent' });
    expect(mailer.mails).toEqual([]);
  });

  test('a lead held at the last moment keeps the touch for later', async () => {
    const { send, mailer, ledger } = world();
    ledger.person('lead1', { address, consent: 'granted', held: true });
    expect(await send()).toEqual({ as: 'unavailable', because: 'paused' });
    expect(mailer.mails).toEqual([]);
  });

  test.each([
    ['unknown-mailbox', { as: 'refused', because: 'address-refused', permanent: true }],
    ['come-back-later', { as: 'unavailable', because: 'mail-server-away' }],
    ['sender-blocked', { as: 'unavailable', because: 'sender-at-fault' }],
    ['lost-answer', { as: 'uncertain', because: 'send-uncertain' }],
  ] as const)('%s is an outcome, kept for whoever asks again', async (fault, outcome) => {
    const { send, mailer } = world();
    mailer.fail(address, fault);
    expect(await send()).toEqual(outcome);
    mailer.fail(address, undefined);
    expect(await send(aTouch(), new MockActivityEnvironment())).toEqual(outcome);
  });

  test('a mailbox that does not exist is in the people store before the lead hears of it, also when the first try to say so failed', async () => {
    const told: OptOut[] = [];
    let away = true;
    const recordOptOut = (optOut: OptOut): Promise<void> =>
      away ? Promise.reject(new Error('database away')) : Promise.resolve(void told.push(optOut));
    const { send, mailer } = world({ optOuts: { recordOptOut } });
    mailer.fail(address, 'unknown-mailbox');
    await expect(send()).rejects.toThrow('database away');
    away = false;
    expect(await send(aTouch(), new MockActivityEnvironment({ attempt: 2 }))).toMatchObject({ as: 'refused', permanent: true });
    expect(told).toEqual([expect.objectContaining({ who: { lead: 'lead1' }, because: 'bounced' })]);
  });

  test('a second start waits while the first is calling, and answers what the first achieved', async () => {
    let answer = (): void => undefined;
    const inner = memoryMailer();
    const slow: Mailer = { send: (mail) => new Promise((resolve) => void (answer = () => resolve(inner.send(mail)))) };
    const { send } = world({ mailer: slow });
    const first = send();
    await new Promise(setImmediate);
    const second = send(aTouch(), new MockActivityEnvironment({ attempt: 2 }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    answer();
    expect(await Promise.all([first, second])).toEqual(Array(2).fill({ as: 'sent', content: 'welcome@3#0123456789ab' }));
    expect(inner.mails).toHaveLength(1);
  });

  test('cancelled before the call: nothing goes, now or later', async () => {
    const { send, mailer, environment } = world();
    environment.cancel('CANCELLED', { ...noDetails, cancelRequested: true });
    expect(await send()).toEqual({ as: 'unavailable', because: 'cancelled' });
    expect(await send(aTouch(), new MockActivityEnvironment())).toEqual({ as: 'unavailable', because: 'cancelled' });
    expect(mailer.mails).toEqual([]);
  });

  test('cancelled during the call: the call is let finish', async () => {
    const inner = memoryMailer();
    const { environment, send } = world({
      mailer: {
        send: async (mail) => {
          environment.cancel('CANCELLED', { ...noDetails, cancelRequested: true });
          return inner.send(mail);
        },
      },
    });
    expect(await send()).toEqual({ as: 'sent', content: 'welcome@3#0123456789ab' });
  });

  test('a worker that shuts down before the call leaves the touch to another', async () => {
    const { send, mailer, environment } = world();
    environment.cancel('WORKER_SHUTDOWN', { ...noDetails, workerShutdown: true });
    await expect(send()).rejects.toMatchObject({ type: 'attempt-over', nonRetryable: false });
    expect(await send(aTouch(), new MockActivityEnvironment({ attempt: 2 }))).toMatchObject({ as: 'sent' });
    expect(mailer.mails).toHaveLength(1);
  });

  test('a result that cannot be written at once is written later', async () => {
    const { ledger, send } = world();
    const { finish } = ledger;
    let failures = 2;
    ledger.finish = (...args) => ((failures -= 1) >= 0 ? Promise.reject(new Error('database away')) : finish(...args));
    expect(await send()).toMatchObject({ as: 'sent' });
    expect(ledger.result(key)).toMatchObject({ as: 'sent' });
  });
});

const noDetails = { notFound: false, cancelRequested: false, paused: false, timedOut: false, workerShutdown: false, reset: false };

describe('telling a rep', () => {
  test('a rep is told once, in a mail that says it is for a rep, and answers reach the person', async () => {
    const { notify, mailer } = world();
    expect([await notify(), await notify()]).toEqual([{ as: 'notified' }, { as: 'notified' }]);
    expect(mailer.mails).toHaveLength(1);
    expect(mailer.mails[0]).toMatchObject({
      to: grace.email,
      replyTo: address,
      headers: { 'X-Ripen-Rep': 'rep1', 'X-Ripen-Hand-Off': 'lead1/h1.offer.1' },
    });
    expect(mailer.mails[0]?.headers).not.toHaveProperty('X-Ripen-Touch');
  });

  test('consent of the lead does not matter to a mail for the rep', async () => {
    const { notify, ledger } = world();
    ledger.person('lead1', { address, consent: 'withdrawn', held: true });
    expect(await notify()).toEqual({ as: 'notified' });
  });

  test('a mail server that is away leaves it to be tried anew', async () => {
    const { notify, mailer } = world();
    mailer.fail(grace.email, 'away');
    expect(await notify()).toEqual({ as: 'unavailable', because: 'mail-server-away' });
    mailer.fail(grace.email, undefined);
    expect(await notify(aNote({ id: 'h1.offer.2' }))).toEqual({ as: 'notified' });
  });

  test('a rep who left, and a template that is gone, are reasons and no errors', async () => {
    expect(await world().notify(aNote({ rep: 'rep9' }))).toEqual({ as: 'unavailable', because: 'no-reps' });
    const broken: Renderer = { ...renderer, renderForRep: () => Promise.reject(new RepMailBroken('gone')) };
    expect(await world({ renderer: broken }).notify()).toEqual({ as: 'unavailable', because: 'content-missing' });
  });
});

test('a hand-off goes to whom the people store names, or is unavailable while there is nobody', async () => {
  const effect = { type: 'AssignRep', id: 'h1.assign.1', handOff: 1, rule: 'scored', not: [], contactBy: 1 } as const;
  expect(await createAssignRep({ people: { assign: () => Promise.resolve(grace) } })({ leadId: 'lead1', effect })).toEqual({
    as: 'assigned',
    rep: 'rep1',
  });
  expect(await createAssignRep({ people: { assign: () => Promise.resolve(undefined) } })({ leadId: 'lead1', effect })).toEqual({
    as: 'unavailable',
    because: 'no-reps',
  });
});
