/** One record of CSV to its cells, and how far its quotation marks can be trusted. Knows no columns and no file. */

export type Split = {
  readonly cells: readonly string[];
  /** `open`: ends inside a quoted cell. `loose`: text follows a closing quotation mark. `clean`: neither. */
  readonly state: 'clean' | 'open' | 'loose';
};
export type Quoting = {
  readonly delimiter: string;
  readonly quote: '"' | "'";
};
/** How quotation marks inside a quoted cell are read: doubled, behind a backslash, or as they come (only one before a delimiter closes). */
export type Reading = 'doubled' | 'backslash' | 'lenient';

/** A cell is quoted where its first sign is a quotation mark; elsewhere one is a letter like others. Linear in the text. */
export function splitCells(text: string, { delimiter, quote }: Quoting, reading: Reading = 'doubled'): Split {
  if (!text.includes(quote)) return { cells: text.split(delimiter), state: 'clean' };
  const cells: string[] = [];
  let state: Split['state'] = 'clean';
  for (let at = 0; ;) {
    const opens = startOf(text, at, delimiter, quote);
    if (opens === undefined) {
      const cut = text.indexOf(delimiter, at);
      cells.push(cut === -1 ? text.slice(at) : text.slice(at, cut));
      if (cut === -1) return { cells, state };
      at = cut + delimiter.length;
      continue;
    }
    const cell = quotedCell(text, opens + 1, delimiter, quote, reading);
    if (cell === undefined) return { cells, state: 'open' };
    const cut = text.indexOf(delimiter, cell.end);
    const behind = text.slice(cell.end, cut === -1 ? undefined : cut);
    if (behind.trim() !== '') state = 'loose';
    cells.push(behind.trim() === '' ? cell.value : cell.value + behind);
    if (cut === -1) return { cells, state };
    at = cut + delimiter.length;
  }
}

/** Where the cell's quotation mark stands, spaces before it allowed; `undefined` for a cell without. */
function startOf(text: string, from: number, delimiter: string, quote: string): number | undefined {
  let at = from;
  while (text[at] === ' ' && delimiter !== ' ') at += 1;
  return text[at] === quote ? at : undefined;
}

type Quoted = { readonly value: string; /** Behind the closing mark. */ readonly end: number };

function quotedCell(text: string, from: number, delimiter: string, quote: string, reading: Reading): Quoted | undefined {
  let value = '';
  let at = from;
  for (;;) {
    const mark = text.indexOf(quote, at);
    if (mark === -1) return undefined;
    if (reading === 'backslash' && escaped(text, from, mark)) {
      value += `${text.slice(at, mark - 1)}${quote}`;
      at = mark + 1;
      continue;
    }
    if (text[mark + 1] === quote && !(reading === 'lenient' && ends(text, mark + 2, delimiter))) {
      value += text.slice(at, mark + 1);
      at = mark + 2;
      continue;
    }
    if (reading !== 'lenient' || ends(text, mark + 1, delimiter)) return { value: value + text.slice(at, mark), end: mark + 1 };
    value += text.slice(at, mark + 1);
    at = mark + 1;
  }
}

const ends = (text: string, at: number, delimiter: string): boolean => at >= text.length || text.startsWith(delimiter, at);

function escaped(text: string, from: number, mark: number): boolean {
  let slashes = 0;
  while (mark - 1 - slashes >= from && text[mark - 1 - slashes] === '\\') slashes += 1;
  return slashes % 2 === 1;
}

/** What a line is that stands in quotation marks as a whole: its text inside, marks no longer doubled. `undefined` for any other line. */
export function unwrapped(text: string, { delimiter, quote }: Quoting): string | undefined {
  const line = text.trim();
  if (line.length < 2 || !line.startsWith(quote) || !line.endsWith(quote)) return undefined;
  const { cells, state } = splitCells(line, { delimiter, quote });
  return state === 'clean' && cells.length === 1 ? cells[0] : undefined;
}
