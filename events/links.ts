/** Tracked links in mails: who got it, by which effect, which content, and where it leads, signed so that nobody makes us redirect elsewhere. Knows no server. */
import { createHmac, timingSafeEqual } from 'node:crypto';

export type TrackedLink = {
  readonly leadId: string;
  /** Id of the effect whose mail holds the link. */
  readonly effect: string;
  /** Content id. */
  readonly content: string;
  /** Where the link leads, http or https. */
  readonly url: string;
};

const signature = (secret: string, body: string): Buffer =>
  createHmac('sha256', secret).update('link\0').update(body).digest().subarray(0, 16);

/** The token of `<PUBLIC_URL>/r/<token>`: a few hundred characters of base64url and one dot. */
export function signLink(secret: string, { leadId, effect, content, url }: TrackedLink): string {
  const body = Buffer.from(JSON.stringify([leadId, effect, content, url])).toString('base64url');
  return `${body}.${signature(secret, body).toString('base64url')}`;
}

/** `undefined` for a token that this installation did not sign or that was changed on its way. */
export function readLink(secret: string, token: string): TrackedLink | undefined {
  const [body = '', given = '', ...rest] = token.split('.');
  const expected = signature(secret, body);
  const signed = Buffer.from(given, 'base64url');
  if (rest.length > 0 || signed.length !== expected.length || !timingSafeEqual(signed, expected)) return undefined;
  const [leadId = '', effect = '', content = '', url = ''] = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as string[];
  return { leadId, effect, content, url };
}

export const trackedUrl = (publicUrl: string, secret: string, link: TrackedLink): string =>
  `${publicUrl.replace(/\/+$/, '')}/r/${signLink(secret, link)}`;

/** The page (GET) and one-click address (POST) of a person's unsubscribe token. */
export const unsubscribeUrl = (publicUrl: string, token: string): string =>
  `${publicUrl.replace(/\/+$/, '')}/u/${encodeURIComponent(token)}`;
