/** Reads what the demo needs of a raw mail: headers and links. A reader for our own mails, not for the world's. Knows no server. */

export type MailText = {
  readonly headers: ReadonlyMap<string, string>;
  /** Targets of the links in the HTML part, in order. */ readonly links: readonly string[];
};

/** Names in lower case; a header that is there twice keeps its last value. Encoded words are decoded. */
export function readMail(raw: Buffer): MailText {
  const text = raw.toString('latin1');
  const end = text.search(/\r?\n\r?\n/);
  const headers = headersOf(end === -1 ? text : text.slice(0, end));
  return { headers, links: end === -1 ? [] : linksOf(text) };
}

function headersOf(block: string): ReadonlyMap<string, string> {
  const lines = block.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  return new Map(
    lines.flatMap((line) => {
      const colon = line.indexOf(':');
      return colon < 1 ? [] : [[line.slice(0, colon).toLowerCase(), decodeWords(line.slice(colon + 1).trim())] as const];
    }),
  );
}

const decodeWords = (value: string): string =>
  value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?([^?]+)\?([bq])\?([^?]*)\?=/gi, (_, _charset: string, how: string, body: string) =>
      (how.toLowerCase() === 'b' ? Buffer.from(body, 'base64') : unquote(body.replaceAll('_', ' '))).toString('utf8'),
    );

/** Bytes of quoted-printable text. */
const unquote = (text: string): Buffer =>
  Buffer.from(
    text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );

/** Links of the first HTML part, however it is encoded. */
function linksOf(text: string): readonly string[] {
  const part = /content-type: text\/html[\s\S]*?\r?\n\r?\n/i.exec(text);
  if (part === null) return [];
  const encoding = /content-transfer-encoding:\s*([\w-]+)/i.exec(part[0])?.[1]?.toLowerCase();
  const rest = text.slice(part.index + part[0].length);
  const boundary = rest.search(/\r?\n--[^\r\n]+\r?\n|\r?\n--[^\r\n]+--/);
  const body = boundary === -1 ? rest : rest.slice(0, boundary);
  const html = (
    encoding === 'base64' ? Buffer.from(body, 'base64') : encoding === 'quoted-printable' ? unquote(body) : Buffer.from(body, 'latin1')
  ).toString('utf8');
  return [...html.matchAll(/<a\s[^>]*href="([^"]+)"/gi)].map((match) => (match[1] ?? '').replaceAll('&amp;', '&'));
}
