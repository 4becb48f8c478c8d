import { MockActivityEnvironment } from '@temporalio/testing';
import { memoryMailer } from '../../activities/adapters/memory-mailer';
import type { Mailer, Renderer } from '../../activities/ports';
import type { OptOut } from '../../events/ports';
import { aTouch } from './sends';
import { address, renderer, settings, world } from './send-world';

const noDetails = { notFound: false, cancelRequested: false, paused: false, timedOut: false, workerShutdown: false, reset: false };

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
    ['come-back-later', { as: 'unavailable', because: 'mail-deferred' }],
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
