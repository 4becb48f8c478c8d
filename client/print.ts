/** The only place that formats for people: tables that fit 100 columns, counts, local dates. Knows no command. */
import Table from 'cli-table3';

export const pageWidth = 100;

type Align = 'left' | 'right';
export type Column = {
  readonly title: string;
  readonly align?: Align;
  /** Gives way when the table is too wide. */ readonly flexible?: boolean;
};

const gap = 2;

/** One line a row under the titles; the flexible column (the last, unless one says so) wraps. */
export function table(columns: readonly (string | Column)[], rows: readonly (readonly (string | number | undefined)[])[]): string {
  const heads: readonly Column[] = columns.map((column) => (typeof column === 'string' ? { title: column } : column));
  const cells = rows.map((row) => heads.map((_, at) => shown(row[at])));
  const widths = fitted(heads, cells);
  const drawn = new Table({
    head: heads.map(({ title }) => title),
    colWidths: widths.map((width) => width + gap),
    colAligns: heads.map(({ align }) => align ?? 'left'),
    wordWrap: true,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': gap },
    chars: borderless,
  });
  drawn.push(
    heads.map((_, at) => '-'.repeat(widths[at] ?? 0)),
    ...cells,
  );
  return trimmed(drawn.toString());
}

const borderless = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
    'middle',
  ].map((part) => [part, '']),
);

const shown = (value: string | number | undefined): string => (value === undefined ? '' : String(value).replace(/\p{Cc}+/gu, ' '));
const trimmed = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');

function fitted(heads: readonly Column[], cells: readonly (readonly string[])[]): number[] {
  const widths = heads.map(({ title }, at) =>
    Math.max(title.length, ...cells.map((row) => Math.max(...(row[at] ?? '').split('\n').map(columnsOf))), 1),
  );
  const flexible = heads.flatMap(({ flexible: gives }, at) => (gives === true ? [at] : []));
  const giving = flexible.length > 0 ? flexible : [heads.length - 1];
  for (let over = total(widths) - pageWidth; over > 0; over = total(widths) - pageWidth) {
    const widest = widthsOf(widths, over > 0 && giving.every((at) => (widths[at] ?? 0) <= leastWidth) ? heads.map((_, at) => at) : giving);
    widths[widest] = Math.max(1, (widths[widest] ?? 1) - 1);
    if (widths.every((width) => width <= 1)) break;
  }
  return widths;
}
const leastWidth = 16;
const total = (widths: readonly number[]): number => widths.reduce((sum, width) => sum + width + gap, 0);
const widthsOf = (widths: readonly number[], among: readonly number[]): number =>
  among.reduce((best, at) => ((widths[at] ?? 0) > (widths[best] ?? 0) ? at : best), among[0] ?? 0);

/** Columns a text takes on a terminal, well enough: wide scripts count twice, combining marks nothing. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (/\p{M}/u.test(character)) continue;
    columns += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
      character,
    )
      ? 2
      : 1;
  }
  return columns;
}

const localDate = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** `23 Nov 2026, 14:05` on this machine's clock. */
export const date = (at: number | undefined): string => (at === undefined ? '' : localDate.format(at));

/** The core writes instants in UTC; people read them in local time. */
export const inLocalTime = (text: string): string =>
  text.replace(/(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}) UTC/g, (_, day: string, time: string) => date(Date.parse(`${day}T${time}:00Z`)));

/** `1 lead`, `2 leads`. */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

/** Thousandths of a point as points, with sign where asked: `+12.5`. */
export function points(thousandths: number, signed = false): string {
  const text = (thousandths / 1_000).toFixed(thousandths % 1_000 === 0 ? 0 : 1);
  return signed && thousandths > 0 ? `+${text}` : text;
}

/** How long ago or ahead, in its largest unit: `3 days`, `2 hours`. */
export function span(ms: number): string {
  const minutes = Math.max(0, Math.round(Math.abs(ms) / 60_000));
  if (minutes < 120) return count(minutes, 'minute');
  return minutes < 2_880 ? count(Math.round(minutes / 60), 'hour') : count(Math.round(minutes / 1_440), 'day');
}

/** Paragraphs at the page's width; words are never cut. */
export function wrapped(text: string, indent = ''): string {
  return text
    .split('\n')
    .map((line) => fill(line, indent))
    .join('\n');
}

function fill(line: string, indent: string): string {
  const lines: string[] = [];
  let current = indent;
  for (const word of line.split(' ')) {
    if (columnsOf(current) + columnsOf(word) + 1 > pageWidth && current.trim() !== '') {
      lines.push(current.trimEnd());
      current = indent;
    }
    current += current === indent ? word : ` ${word}`;
  }
  return [...lines, current].join('\n');
}

/** Blocks with an empty line between; empty ones are left out. */
export const blocks = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join('\n\n');
/** A title over its text. */
export const section = (title: string, text: string): string => `${title}\n${text}`;

/** Names come from lists that anybody wrote: nothing in them may steer the terminal. */
export const safe = (text: string): string => text.replace(/(?!\n)\p{Cc}/gu, '');
