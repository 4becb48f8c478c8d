/** E-mail addresses as mail servers take them: accepted or refused with a reason, and the normal form by which two spellings are one person. Knows no store. */
import { domainToASCII } from 'node:url';

export type Address = {
  /** As mail goes out: the local part as given, the domain in ASCII. */
  readonly written: string;
  /** Lower case, without quotes it does not need and without a `+tag`: `Ada+news@Example.COM` is `ada@example.com`. */
  readonly normal: string;
  /** ASCII, lower case. */
  readonly domain: string;
};
export type ParsedAddress = { readonly as: 'address'; readonly address: Address } | { readonly as: 'refused'; readonly says: string };

const refused = (says: string): ParsedAddress => ({ as: 'refused', says });
/** RFC 5322 atext, and every letter or sign of other scripts (RFC 6531): all but specials, spaces and control characters. */
const atom = /^[^\p{Cc}\p{Cf}\p{Z}"(),:;<>@[\]\\.]+$/u;
const dotAtom = (local: string): boolean => local.split('.').every((part) => atom.test(part));
const plainLocal = /^[\w+-]+(?:\.[\w+-]+)*$/;
const quoted = /^"(?:[^"\\\p{Cc}]|\\[^\p{Cc}])*"$/u;
const asciiLabel = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/** Strict: spaces around the address are a fault here; lists are cleaned before. Comments and IP literals are refused. */
export function parseAddress(text: string): ParsedAddress {
  const given = text.normalize('NFC');
  const at = given.lastIndexOf('@');
  if (at < 0) return refused('it has no @');
  const local = given.slice(0, at);
  const host = given.slice(at + 1);
  if (local === '') return refused('there is nothing before the @');
  if (host === '') return refused('there is nothing after the @');
  // Two halves of a broken surrogate pair cannot be written to any mail server.
  if (/\p{Cs}/u.test(given)) return refused('it holds half a character');
  const domain = asciiDomain(host);
  if (typeof domain !== 'string') return refused(domain.says);
  if (!plainLocal.test(local) && !dotAtom(local) && !quoted.test(local)) return refused(localFault(local));
  if (Buffer.byteLength(local) > 64) return refused('the part before the @ is longer than 64 bytes');
  if (Buffer.byteLength(local) + 1 + domain.length > 254) return refused('it is longer than 254 bytes');
  return { as: 'address', address: { written: `${local}@${domain}`, normal: `${normalLocal(local)}@${domain}`, domain } };
}

function localFault(local: string): string {
  if (/\p{Cc}/u.test(local)) return 'it holds a control character';
  if (local.includes('@')) return 'it has more than one @';
  if (/\s/u.test(local)) return 'it has a space inside';
  if (local.startsWith('.') || local.endsWith('.') || local.includes('..')) return 'a dot stands at an end or beside another before the @';
  return 'the part before the @ holds characters that no mail server takes';
}

/** Nearly every domain; the rest is looked at sign by sign. */
const plainDomain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/;

function asciiDomain(host: string): string | { readonly says: string } {
  const lower = host.toLowerCase();
  if (lower.length <= 253 && plainDomain.test(lower)) return lower;
  if (host.startsWith('[')) return { says: 'an IP address is no domain' };
  if (/[\p{Cc}\s]/u.test(host)) return { says: 'the domain has a space or control character inside' };
  if (host.includes(',')) return { says: 'there is a comma where the domain wants a dot' };
  if (/[^a-zA-Z0-9.\-\u{80}-\u{10ffff}]/u.test(host)) return { says: 'the domain holds characters that no domain has' };
  const labels = host.split(/[.\u3002]/u);
  if (labels.some((label) => label === '')) return { says: 'a dot stands at an end of the domain or beside another' };
  if (labels.length < 2) return { says: 'the domain has no ending such as .com' };
  const ascii = /[\u{80}-\u{10ffff}]/u.test(host) ? domainToASCII(host) : host.toLowerCase();
  if (ascii === '') return { says: 'the domain holds characters that no domain has' };
  const last = ascii.slice(ascii.lastIndexOf('.') + 1);
  if (ascii.split('.').some((label) => label.length > 63)) return { says: 'a part of the domain is longer than 63 characters' };
  if (!ascii.split('.').every((label) => asciiLabel.test(label))) return { says: 'a part of the domain begins or ends with a hyphen' };
  if (!/[a-z]/.test(last) || last.length < 2) return { says: 'the domain has no ending such as .com' };
  return ascii.length > 253 ? { says: 'the domain is longer than 253 characters' } : ascii;
}

function normalLocal(local: string): string {
  const bare = quoted.test(local) && local.length > 2 ? local.slice(1, -1).replaceAll(/\\(.)/gu, '$1') : local;
  // Quotes that guard something stay: `"a b"@d` is nobody's a b.
  if (bare === local || !dotAtom(bare)) return (bare === local ? bare.replace(/(?<=.)\+.*$/su, '') : local).toLowerCase();
  return bare.replace(/(?<=.)\+.*$/su, '').toLowerCase();
}

/** Mailboxes of providers anybody may use: their domain says nothing about the company. */
export const isFreeMail = (domain: string): boolean => freeMail.has(domain) || /^(yahoo|hotmail|live|outlook)\.[a-z.]{2,6}$/.test(domain);
const freeMail: ReadonlySet<string> = new Set(
  `gmail.com googlemail.com ymail.com msn.com aol.com icloud.com me.com mac.com gmx.de gmx.net gmx.com gmx.at gmx.ch web.de t-online.de freenet.de
   mail.ru yandex.ru yandex.com bk.ru list.ru inbox.ru rambler.ru ukr.net proton.me protonmail.com pm.me zoho.com mail.com fastmail.com hey.com
   qq.com 163.com 126.com sina.com naver.com daum.net hanmail.net libero.it virgilio.it tiscali.it orange.fr wanadoo.fr free.fr laposte.net sfr.fr
   seznam.cz wp.pl o2.pl interia.pl onet.pl uol.com.br bol.com.br terra.com.br rediffmail.com btinternet.com sky.com comcast.net verizon.net att.net
   bigpond.com telenet.be ziggo.nl kpnmail.nl bluewin.ch`.split(/\s+/),
);
