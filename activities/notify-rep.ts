/** Writes to the rep about a hand-off, once per effect by the same ledger as mails to leads. Knows no rules. */
import type { GiveTask, NotifyRep, Outcome } from '../workflows/core';
import { messageIdOf } from './mail-headers';
import { alive, callOnce, type CallDeps } from './one-call';
import { RepMailBroken } from './ports';
import type { Mail, Mailer, NoteLedger, People, Rep, Renderer, SendResult } from './ports';
import { usualLeaseMs } from './send-touch';

export type NotifyRepDeps = {
  readonly ledger: NoteLedger;
  readonly people: Pick<People, 'addressee' | 'rep'>;
  readonly renderer: Renderer;
  readonly mailer: Mailer;
  readonly mailFrom: string;
  readonly secret: string;
  readonly log: CallDeps['log'];
  readonly leaseMs?: number;
};

type RepMailDeps = Pick<NotifyRepDeps, 'renderer' | 'mailFrom' | 'secret' | 'log'> & { readonly people: Pick<People, 'addressee'> };

export function createNotifyRep(deps: NotifyRepDeps): (args: { readonly leadId: string; readonly effect: NotifyRep }) => Promise<Outcome> {
  const calls: CallDeps = { ledger: deps.ledger, now: () => 0, leaseMs: deps.leaseMs ?? usualLeaseMs, log: deps.log };
  return ({ leadId, effect }) =>
    alive(async () => {
      const rep = await deps.people.rep(effect.rep);
      if (rep === undefined) return { as: 'unavailable', because: 'no-reps' };
      await deps.ledger.reserveNote(leadId, effect);
      const mail = await prepareRepMail(deps, leadId, effect, rep);
      if (mail === undefined) return { as: 'unavailable', because: 'content-missing' };
      return outcomeOf(
        await callOnce(calls, { leadId, effect: effect.id }, async (): Promise<SendResult> => {
          const result = await deps.mailer.send(mail);
          return result.as === 'sent' ? { as: 'sent', content: `rep-${effect.what}` } : result;
        }),
      );
    });
}

/** `undefined`: its words are not published or cannot be rendered. */
export async function prepareRepMail(
  { people, renderer, mailFrom: from, secret, log }: RepMailDeps,
  leadId: string,
  note: NotifyRep | GiveTask,
  rep: Rep,
): Promise<Mail | undefined> {
  const person = await people.addressee(leadId);
  try {
    return {
      ...(await renderer.renderForRep(note, leadId, rep, person)),
      messageId: messageIdOf(secret, from, leadId, note.id),
      to: rep.email,
      from,
      // Answering the mail reaches the person, which is what the rep is to do.
      ...(person?.email === undefined ? {} : { replyTo: person.email }),
      headers: { 'X-Ripen-Rep': rep.id, 'X-Ripen-Hand-Off': `${leadId}/${note.id}` },
    };
  } catch (error) {
    if (!(error instanceof RepMailBroken)) throw error;
    log.error({ leadId, effect: note.id, error: error.message }, 'content-missing');
    return undefined;
  }
}

/** A rep's mail has only two ends: told, or to be tried anew. An uncertain one counts as told, because a colleague must not be written to twice for it. */
function outcomeOf(result: SendResult): Outcome {
  if (result.as === 'sent' || result.as === 'uncertain') return { as: 'notified' };
  return { as: 'unavailable', because: result.because };
}
