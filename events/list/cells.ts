/** One cell of a list: the repairs that change no meaning, and whether it says anything. Knows no column. */

/** Placeholders that exports write for "nothing"; names are spared, because Mr Null exists. */
const nothing = /^(?:-+|n\/a|#n\/a|n\.a\.|null|nil|undefined|nan|none|select|\(?blank\)?|\[blank\]|not provided|not available)$/i;

/** Longer cells are documents, not fields. */
export const longestCell = 2_000;

/** Byte order marks, zero-width and control characters, no-break spaces, doubled and surrounding spaces and quotes go; letters stay. */
export function cleanCell(text: string): string {
  // Round trip through UTF-8: half a surrogate pair is refused by every JSON column.
  const cleaned = Buffer.from(text.normalize('NFC'), 'utf8')
    .toString('utf8')
    .replace(/[\p{Cc}\p{Z}\u2028\u2029]+/gu, ' ')
    .replace(/[\ufeff\u200b\u200e\u200f\u2060\u00ad\u202a-\u202e]/gu, '')
    .trim();
  const unquoted = /^(["'“”„«])(.*)(["'”“»])$/su.exec(cleaned)?.[2];
  return unquoted === undefined || /["“”„«»]/u.test(unquoted) ? cleaned : unquoted.trim();
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
