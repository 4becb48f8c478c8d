/** A send activity with everything around it imagined: people, ledger, mail server, words. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { memoryLedger } from '../../activities/adapters/memory-ledger';
import { memoryMailer } from '../../activities/adapters/memory-mailer';
import { createNotifyRep } from '../../activities/notify-rep';
import type { Addressee, Mailer, Rep, Renderer } from '../../activities/ports';
import type { OptOuts } from '../../events/ports';
import { createSendTouch } from '../../activities/send-touch';
import { aNote, aTouch } from './sends';

export const address = 'nadia@alderpike.example';
export const nadia: Addressee = { leadId: 'lead1', email: address, person: { firstName: 'Nadia' }, unsubscribeToken: 'tok' };
export const grace = { id: 'rep1', name: 'Grace', email: 'grace@ripen.example' };
const words = { subject: 'Hello', html: '<p>Hello</p>', text: 'Hello' };
export const renderer: Renderer = {
  render: () => Promise.resolve({ content: 'welcome@3#0123456789ab', ...words }),
  renderForRep: () => Promise.resolve(words),
};
export const settings = {
  mailFrom: 'Ada at Ripen <ada@ripen.example>',
  publicUrl: 'https://go.example',
  secret: 'a secret of tests only',
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
};
const clock = { toEngine: (at: number) => at, toReal: (at: number) => at };

export function world(
  over: {
    readonly renderer?: Renderer;
    readonly mailer?: Mailer;
    readonly person?: Addressee;
    readonly optOuts?: OptOuts;
    readonly owner?: Rep;
    readonly referrer?: { readonly leadId: string; readonly name?: string };
  } = {},
) {
  const ledger = memoryLedger();
  ledger.person('lead1', { address, consent: 'granted' });
  const mailer = memoryMailer();
  const people = {
    addressee: () => Promise.resolve('person' in over ? over.person : nadia),
    owner: () => Promise.resolve(over.owner),
    referrer: () => Promise.resolve(over.referrer),
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
