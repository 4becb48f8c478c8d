/** Sends one touch to a lead: reserve, render, take, call, write. The ledger makes it single; every business outcome is an answer. Knows no rules. */
import type { OptOuts } from '../events/ports';
import type { Outcome, SendTouch } from '../workflows/core';
import type { Invite } from '../workflows/core/effects';
import { calendarInvite } from './calendar-invite';
import { addressOf, headersOf, messageIdOf } from './mail-headers';
import { nameOf, senderOf, type MailSender } from './mail-sender';
import { alive, callOnce, type CallDeps } from './one-call';
import type { Addressee, EngineClock, Ledger, Mailer, Objection, People, Rendered, Renderer, SendResult } from './ports';

export type SendTouchDeps = {
  readonly ledger: Ledger;
  readonly people: Pick<People, 'addressee' | 'owner' | 'referrer'>;
  readonly renderer: Renderer;
  readonly mailer: Mailer;
  readonly clock: EngineClock;
  readonly publicUrl: string;
  /** `Ada at Example <ada@example.com>`. */
  readonly mailFrom: string;
  readonly secret: string;
  /** Told of a mailbox that does not exist, so that nothing else is sent there, by whatever lead or campaign. */
  readonly optOuts?: OptOuts;
  readonly log: CallDeps['log'];
  /** Longer than the mailer's longest call; 90 s where absent. */
  readonly leaseMs?: number;
};

/** A call lasts at most 60 s; PROTOCOL 14 adds 30. */
export const usualLeaseMs = 90_000;

export function createSendTouch(deps: SendTouchDeps): (args: { readonly leadId: string; readonly send: SendTouch }) => Promise<Outcome> {
  const calls: CallDeps = {
    ledger: deps.ledger,
    now: () => deps.clock.toEngine(Date.now()),
    leaseMs: deps.leaseMs ?? usualLeaseMs,
    log: deps.log,
  };
  return ({ leadId, send }) =>
    alive(async () => {
      const key = { leadId, effect: send.id };
      await deps.ledger.reserve(leadId, send);
      const ready = await prepare(deps, leadId, send);
      // Written first, so that a start after a crash answers the same; what another attempt is calling stays as it is.
      if ('because' in ready) await deps.ledger.finish(key, { as: 'withheld', because: ready.because });
      const result = await callOnce(calls, key, 'because' in ready ? undefined : ({ address }) => mail(deps, leadId, send, ready, address));
      // Before the outcome is known to anybody; a start after a failure here finds the result and comes by again.
      if (result.as === 'refused' && result.permanent) await bounced(deps, leadId, send);
      return outcomeOf(result);
    });
}

type Ready = { readonly to: Addressee; readonly rendered: Rendered; readonly sender: MailSender };

async function prepare(deps: SendTouchDeps, leadId: string, send: SendTouch): Promise<Ready | { readonly because: string }> {
  const to = await deps.people.addressee(leadId);
  if (to?.email === undefined) return { because: 'no-address' };
  const by = await sender(deps, leadId, send);
  const rendered = await deps.renderer.render(send, leadId, to, by.name);
  if (!('missing' in rendered)) return { to, rendered, sender: by };
  deps.log.error({ leadId, effect: send.id, content: send.content, what: rendered.what }, rendered.missing);
  return { because: rendered.missing };
}

async function sender({ people, mailFrom, log }: SendTouchDeps, leadId: string, send: SendTouch): Promise<MailSender> {
  const found = await senderOf(people, mailFrom, leadId, send);
  if (found === undefined)
    log.warn({ leadId, effect: send.id }, `there is no ${send.from ?? ''} to send it in the name of; it goes as the brand's own`);
  return found ?? { from: mailFrom };
}

/** To the address that the ledger checked, not to one read before. */
async function mail(deps: SendTouchDeps, leadId: string, send: SendTouch, ready: Ready, address: string): Promise<SendResult> {
  const {
    to,
    rendered,
    sender: { from: by, replyTo },
  } = ready;
  const { content, subject, html, text } = rendered;
  const { publicUrl, mailFrom: from, secret } = deps;
  const messageId = messageIdOf(secret, from, leadId, send.touchKey);
  const headers = headersOf(send, { leadId, content, from, publicUrl, unsubscribeToken: to.unsubscribeToken });
  const result = await deps.mailer.send({
    messageId,
    to: address,
    from: by,
    ...(replyTo === undefined ? {} : { replyTo }),
    subject,
    html,
    text,
    headers,
    ...(send.invite === undefined ? {} : { calendar: entry(deps, send.invite, messageId, subject) }),
  });
  return result.as === 'sent' ? { as: 'sent', content } : result;
}

/** The Message-ID is of lead and touch, and unique in the world: what an entry's id has to be. */
const entry = ({ mailFrom, clock }: SendTouchDeps, invite: Invite, messageId: string, summary: string): string =>
  calendarInvite({
    ...invite,
    uid: messageId.slice(1, -1),
    summary,
    organizer: { name: nameOf(mailFrom), email: addressOf(mailFrom) },
    writtenAt: clock.toEngine(Date.now()),
  });

const bounced = async ({ optOuts, clock }: SendTouchDeps, leadId: string, send: SendTouch): Promise<void> =>
  optOuts?.recordOptOut({
    who: { lead: leadId },
    because: 'bounced',
    occurredAt: clock.toEngine(Date.now()),
    source: '/ripen/smtp',
    id: `${leadId}/${send.id}`,
  });

const helds: ReadonlySet<string> = new Set<Objection>(['paused', 'sending-stopped', 'campaign-paused']);

/** Held by an operator at the last moment is no end of the touch: it is planned anew once that is over. */
const outcomeOf = (result: SendResult): Outcome =>
  result.as === 'withheld' && helds.has(result.because) ? { as: 'unavailable', because: result.because } : result;
