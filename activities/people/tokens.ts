/** Tokens of unsubscribe links: lead and channel, signed; nobody can make one for somebody else. They do not expire, as the law asks. Knows no store. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { channels, type Channel } from '../../events/stripped';

const signature = (secret: string, body: string): Buffer =>
  createHmac('sha256', secret).update('unsubscribe\0').update(body).digest().subarray(0, 12);

export function unsubscribeToken(secret: string, leadId: string, channel: Channel = 'email'): string {
  const body = `${leadId}.${channel}`;
  return `${body}.${signature(secret, body).toString('base64url')}`;
}

/** `undefined` for a token this installation did not sign. */
export function verifyUnsubscribe(secret: string, token: string): { readonly leadId: string; readonly channel: Channel } | undefined {
  const [leadId = '', name = '', given = '', ...rest] = token.split('.');
  const channel = channels.find((known) => known === name);
  const expected = signature(secret, `${leadId}.${name}`);
  const signed = Buffer.from(given, 'base64url');
  const ours = rest.length === 0 && signed.length === expected.length && timingSafeEqual(signed, expected);
  // Base64 has several spellings of the same bytes; one is ours.
  return ours && channel !== undefined && signed.toString('base64url') === given ? { leadId, channel } : undefined;
}
