/** A process that sends one touch to each of the leads named, through the real ledger and a real mail server; the test kills it. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { smtpMailer } from '../../activities/adapters/smtp-mailer';
import { openDatabase } from '../../activities/people/database';
import { postgresLedger } from '../../activities/people/ledger';
import { createSendTouch } from '../../activities/send-touch';
import { aTouch } from './sends';

const [databaseUrl = '', smtpUrl = '', leads = ''] = process.argv.slice(2);
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function main(): Promise<void> {
  const db = openDatabase(databaseUrl, { max: 20 });
  // Long enough for the last in the queue on a busy machine: whoever waits longer is answered `unavailable`, which is no end of a touch.
  const mailer = smtpMailer({ url: smtpUrl, timeouts: { callMs: 15_000 } });
  const send = createSendTouch({
    ledger: postgresLedger(db),
    people: {
      owner: () => Promise.resolve(undefined),
      referrer: () => Promise.resolve(undefined),
      addressee: (leadId) => Promise.resolve({ leadId, email: 'read-before-the-check@example.org', person: {}, unsubscribeToken: 'tok' }),
    },
    renderer: {
      render: () => Promise.resolve({ content: 'welcome@1#0123456789ab', subject: 'Hello', html: '<p>Hello</p>', text: 'Hello' }),
      renderForRep: () => Promise.reject(new Error('no reps here')),
    },
    mailer,
    clock: { toEngine: (at) => at, toReal: (at) => at },
    publicUrl: 'https://go.example',
    mailFrom: 'Ada <ada@ripen.example>',
    secret: 'a secret of tests only',
    log: silent,
    leaseMs: 16_000,
  });
  await Promise.all(leads.split(',').map((leadId) => new MockActivityEnvironment().run(send, { leadId, send: aTouch() })));
  mailer.close();
  await db.close();
}

void main();
