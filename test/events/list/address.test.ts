/** Addresses are taken as mail servers take them, and two spellings of one mailbox are one person. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isFreeMail, parseAddress } from '../../../events/list/address';

const normal = (text: string): string | undefined => {
  const parsed = parseAddress(text);
  return parsed.as === 'address' ? parsed.address.normal : undefined;
};

describe('one person has one normal form', () => {
  test.each([
    ['other case', 'Ada@Example.COM', 'ada@example.com'],
    ['a tag after a plus', 'ada+news@example.com', 'ada@example.com'],
    ['a tag in capitals', 'ADA+EBOOK@EXAMPLE.COM', 'ada@example.com'],
    ['quotes that guard nothing', '"ada.l"@example.com', 'ada.l@example.com'],
    ['a domain in its own letters', 'ada@MÜNCHEN.de', 'ada@xn--mnchen-3ya.de'],
    ['letters composed otherwise', 'ren\u0065\u0301@example.com', 'ren\u00e9@example.com'],
  ])('with %s', (_, given, expected) => expect(normal(given)).toBe(expected));

  test('but a plus at the front is part of the name, and a quoted space stays', () => {
    expect(normal('+ada@example.com')).toBe('+ada@example.com');
    expect(normal('"a b"@example.com')).toBe('"a b"@example.com');
  });

  test('and mail still goes to the address with its tag', () => {
    expect(parseAddress('Ada+News@Example.com')).toMatchObject({ address: { written: 'Ada+News@example.com' } });
  });
});

test.each([
  ['', /no @/],
  ['ada', /no @/],
  ['@example.com', /before the @/],
  ['ada@', /after the @/],
  ['ada@localhost', /ending such as/],
  ['ada@example.c', /ending such as/],
  ['ada@example.123', /ending such as/],
  ['ada@[192.0.2.1]', /IP address/],
  ['ada@example..com', /dot/],
  ['ada@.example.com', /dot/],
  ['ada@lovelace,example', /comma/],
  ['ada@exa mple.com', /space/],
  ['ada lovelace@example.com', /space inside/],
  ['ada..l@example.com', /dot/],
  ['ada.@example.com', /dot/],
  ['ada@b@example.com', /more than one @/],
  ['ada@-example.com', /hyphen/],
  [' ada@example.com', /space/],
  ['ada\u0000@example.com', /control/],
  ['ada\u00a0l@example.com', /space/],
  [`${'a'.repeat(65)}@example.com`, /64 bytes/],
  [`ada@${'a'.repeat(64)}.com`, /63 characters/],
  [`${'a'.repeat(60)}@${`${'b'.repeat(60)}.`.repeat(4)}com`, /254|253/],
])('%j is refused with a reason', (text, says) => {
  expect(parseAddress(text)).toEqual({ as: 'refused', says: expect.stringMatching(says) });
});

test.each(["o'hara@example.ie", 'a!#$%&*/=?^_`{|}~-b@example.com', 'x@xn--mnchen-3ya.de', '用户@例子.测试', 'a@b.co', '😆@example.org'])(
  '%s is taken',
  (text) => {
    expect(parseAddress(text).as).toBe('address');
  },
);

test('everybody may have a mailbox at a free provider, so its domain names no company', () => {
  expect(['gmail.com', 'yahoo.co.uk', 'web.de', 'outlook.fr'].map(isFreeMail)).toEqual([true, true, true, true]);
  expect(['example.com', 'yahoo.com.evil.example'].map(isFreeMail)).toEqual([false, false]);
});

const vectors = resolve(__dirname, '../../../../shared/data/hygiene/address-vectors.json');
const present = existsSync(vectors);
if (!present) process.stderr.write('address vectors: skipped, the data folder is not here\n');
/** What a mail server takes: plain and quoted names; comments, folded space, IP literals and single labels are not taken any more. */
const taken: ReadonlySet<string> = new Set(['valid', 'rfc5321QuotedString']);
/** Single label; and a domain with a code point that no Unicode version has assigned, which no registry has either. */
const unreachable = (address: string): boolean => !/@.*[.]/.test(address) || address.includes('\u{103ff}');

(present ? describe : describe.skip)('the published address vectors', () => {
  const pairs: readonly (readonly [string, string])[] = present ? (JSON.parse(readFileSync(vectors, 'utf8')) as [string, string][]) : [];

  test('are there', () => expect(pairs.length).toBeGreaterThan(100));

  test('are taken and refused as their diagnosis says', () => {
    const wrong = pairs.filter(
      ([address, diagnosis]) => (parseAddress(address).as === 'address') !== (taken.has(diagnosis) && !unreachable(address)),
    );
    expect(wrong).toEqual([]);
  });
});
