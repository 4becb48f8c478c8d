/** Headers of mails to leads: a Message-ID that every attempt shares, the one-click way out, and ids by which events find back. Knows no template. */
import { createHmac } from 'node:crypto';
import { unsubscribeUrl } from '../events/links';
import type { SendTouch } from '../workflows/core/effects';

/** `Ada at Example <ada@example.com>` -> `ada@example.com`. */
export const addressOf = (from: string): string => /<([^>]+)>/.exec(from)?.[1]?.trim() ?? from.trim();
const domainOf = (from: string): string => addressOf(from).split('@').at(-1) ?? 'localhost';

/** The same for the same parts: a mail that was sent twice after all can at least be recognised downstream. 128 bits, hex because some systems change case. */
export const messageIdOf = (secret: string, from: string, ...parts: readonly string[]): string =>
  `<${createHmac('sha256', secret)
    .update(['message-id', ...parts].join('\0'))
    .digest('hex')
    .slice(0, 32)}@${domainOf(from)}>`;

/**
 * Ids only, no personal data. Marketing carries RFC 8058's pair: one https address that is opaque and unguessable (a mailto may stand
 * beside it), and the word that a POST to it suffices.
 */
export function headersOf(
  send: SendTouch,
  options: {
    readonly leadId: string;
    readonly content: string;
    readonly from: string;
    readonly publicUrl: string;
    readonly unsubscribeToken: string;
  },
): Readonly<Record<string, string>> {
  const { leadId, content, from, publicUrl, unsubscribeToken } = options;
  const sequence = send.sequence.split('@')[0] ?? send.sequence;
  const wayOut: Readonly<Record<string, string>> =
    send.purpose === 'service'
      ? {}
      : {
          'List-Unsubscribe': `<${unsubscribeUrl(publicUrl, unsubscribeToken)}>, <mailto:${addressOf(from)}?subject=unsubscribe%20${encodeURIComponent(unsubscribeToken)}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        };
  return {
    ...wayOut,
    'X-Ripen-Touch': `${leadId}/${send.id}`,
    'X-Ripen-Content': content,
    // Gmail's Postmaster Tools group complaints by it: campaign, sequence, content, sender.
    'Feedback-ID': [send.campaign ?? 'none', sequence, send.content, domainOf(from)].map((part) => part.replace(/[^\w.-]/g, '-')).join(':'),
  };
}
