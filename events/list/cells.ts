/** One cell of a list: the repairs that change no meaning, and whether it says anything. Knows no column. */

/** Placeholders that exports write for "nothing"; names are spared, because Mr Null exists. */
const nothing = /^(?:-+|n\/a|#n\/a|n\.a\.|null|nil|undefined|nan|none|select|\(?blank\)?|\[blank\]|not provided|not available)$/i;

/** Longer cells are documents, not fields. */
export const longestCell = 2_000;

/** Nearly every cell is plain: nothing in it to repair. */
const plain = /^[!#$%(-~]+(?: [!#$%(-~]+)*$/;
const unseen = /[\ufeff\u200b\u200e\u200f\u2060\u00ad\u202a-\u202e]/gu;

/** Byte order marks, zero-width and control characters, no-break spaces, doubled and surrounding spaces and quotes go; letters stay. */
export function cleanCell(text: string): string {
  if (text === '' || plain.test(text)) return text;
  // Round trip through UTF-8: half a surrogate pair is refused by every JSON column.
  const cleaned = Buffer.from(withLetters(text).normalize('NFC'), 'utf8')
    .toString('utf8')
    .replace(/[\p{Cc}\p{Z}\u2028\u2029]+/gu, ' ')
    .replace(unseen, '')
    .trim();
  return unquoted(unformula(cleaned));
}

/** The signs around an address that lists carry along: spaces, quotes, `mailto:`, the name before `<...>`, a comma behind. What stands inside is not touched. */
export function cleanAddress(text: string): string {
  if (text === '' || /^[\w.+-]+@[\w.-]+$/.test(text)) return text;
  const bare = text
    .normalize('NFC')
    .replace(unseen, '')
    .replace(/^[\p{Cc}\p{Z}]+|[\p{Cc}\p{Z},;]+$/gu, '');
  return unquoted(unformula(bare.replace('\uff20', '@')))
    .replace(/^mailto:\s*/i, '')
    .replace(/^.*<\s*([^<>]+?)\s*>$/su, '$1');
}

/** `"Ada"` is Ada; quotes inside stay, and so does what they cut apart. */
function unquoted(text: string): string {
  const inner = /^(["'“”„«])(.*)(["'“”»])$/su.exec(text)?.[2];
  return inner === undefined || /["“”„«»]/u.test(inner) ? text : inner.trim();
}

/** Spreadsheets keep leading zeros as `="0049"`, and guard `+49` with an apostrophe. */
const unformula = (text: string): string => text.replace(/^=\s*"([^"]*)"$/u, '$1').replace(/^'(?=[=+\-@\d])(?!.*')/u, '');

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Web forms write `O&#39;Brien`. */
function withLetters(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:(amp|lt|gt|quot|apos|nbsp)|#(\d{1,6})|#x([0-9a-f]{1,5}));/gi,
    (all, name?: string, decimal?: string, hex?: string) => {
      if (name !== undefined) return entities[name.toLowerCase()] ?? all;
      const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : all;
    },
  );
}

/** `undefined` where the cell says nothing. */
export const saidIn = (cleaned: string): string | undefined => (cleaned === '' || nothing.test(cleaned) ? undefined : cleaned);

/** Names typed all in capitals or all small, as the person would write them; mixed case is left alone. */
export function nameCase(name: string): string {
  const letters = name.replace(/\P{L}/gu, '');
  const shouted = letters.length > 2 && letters === letters.toUpperCase() && letters !== letters.toLowerCase();
  const whispered = letters !== '' && letters === letters.toLowerCase() && letters !== letters.toUpperCase();
  if (!shouted && !whispered) return name;
  return name.toLowerCase().replace(/(?<![\p{L}\p{M}])\p{L}/gu, (letter) => letter.toUpperCase());
}

const yes = /^(?:y|yes|true|1|x|ja|oui|s[ií]|sim|tak|да|はい|是|opted?[- ]?in|subscribed|granted|agreed|active|current|existing)$/i;
const no = /^(?:n|no|false|0|nein|non|não|nie|нет|いいえ|否|opted?[- ]?out|unsubscribed|withdrawn|refused|declined|never)$/i;

/** `undefined` where the cell is neither a yes nor a no. */
export const yesOrNo = (cleaned: string): boolean | undefined => (yes.test(cleaned) ? true : no.test(cleaned) ? false : undefined);

const left =
  /(?:^|\b)(?:un-?subscribed?|not subscribed|no longer|opt(?:ed)?[- ]?out|never|hard[- ]?bounced?|bounced|cleaned|complained|spam|blocked|(?:black|block)listed|suppressed|revoked|withdrawn|declined|refused|non-?marketing|abgemeldet|gesperrt|widerrufen|désinscrit|désabonné|baja)\b/i;
const stays =
  /^(?:not (?:un-?subscribed|opted[- ]?out|bounced|suppressed|(?:black|block)listed|blocked)|nicht abgemeldet|opted?[- ]?in|subscribed|granted|agreed|active|current|existing)$/i;
const aMoment = /\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/;
const hasLeft = (cleaned: string): boolean => !stays.test(cleaned) && left.test(cleaned.replaceAll('_', ' '));

/** In a column of those who want no mail: a plain yes, a word for having left, or the moment they left. A link to leave by says nothing. */
export const refusesMail = (cleaned: string): boolean =>
  !stays.test(cleaned) && !cleaned.includes('://') && (yes.test(cleaned) || hasLeft(cleaned) || aMoment.test(cleaned));

/** In a column of those who agreed. `undefined`: it does not say. */
export const agrees = (cleaned: string): boolean | undefined => yesOrNo(cleaned) ?? (hasLeft(cleaned) ? false : undefined);
