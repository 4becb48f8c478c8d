/** In whose name a mail goes and who gets the answer. The address stays the brand's, which is the one mail servers know (DMARC). Knows no template. */
import type { SendTouch } from '../workflows/core/effects';
import { addressOf } from './mail-headers';
import type { People } from './ports';

/** `name`: of the person it is from, for the text; none where it is the brand's own. */
export type MailSender = { readonly from: string; readonly replyTo?: string; readonly name?: string };

/** `undefined`: there is no such person, so it goes as the brand's own. `brand`: `Ada at Example <ada@example.com>`. */
export async function senderOf(
  people: Pick<People, 'owner' | 'referrer'>,
  brand: string,
  leadId: string,
  { from, data }: Pick<SendTouch, 'from' | 'data'>,
): Promise<MailSender | undefined> {
  if (from === undefined) return { from: brand };
  if (from === 'owner') {
    const rep = await people.owner(leadId);
    return rep === undefined ? undefined : { from: named(rep.name, brand), replyTo: rep.email, name: rep.name };
  }
  const { referrer } = data;
  const who = await people.referrer(leadId, typeof referrer === 'string' ? referrer : undefined);
  // Their name is what they gave away by referring; their address is not.
  return who?.name === undefined ? undefined : { from: named(`${who.name} via ${nameOf(brand)}`, brand), name: who.name };
}

/** The name in quotes, without what would end them or the header. */
const named = (name: string, brand: string): string => `"${name.replace(/["\\<>\s]+/g, ' ').trim()}" <${addressOf(brand)}>`;

/** `Ada at Example <ada@example.com>` -> `Ada at Example`. */
export function nameOf(from: string): string {
  const name = from
    .replace(/<[^>]*>/, '')
    .replace(/"/g, '')
    .trim();
  return name === '' ? addressOf(from) : name;
}
