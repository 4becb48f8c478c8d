/** Fields of a workspace's own: what type a column is of, its values in one form, and as codes that rules may see. Types are data of the settings; pure. */
import type { Code, Traits } from '../stripped';
import { yesOrNo } from './cells';
import type { RowFault, RowPerson } from './row';

export const ownTypes = ['text', 'number', 'date', 'yes-no'] as const;
/** A list of codes: the column holds one of them. */
export type OwnType = (typeof ownTypes)[number] | readonly string[];
/** By the name of the column. */
export type OwnFields = Readonly<Record<string, OwnType>>;

const says = {
  number: 'is no number',
  date: 'is no date; write for example 2026-11-02',
  'yes-no': 'is neither yes nor no',
} as const;

/** `1.234,50 €` is 1234.5; `02.11.2026` is 2026-11-02; the person, or what is wrong with the first field that cannot be read. */
export function withOwnFields(fields: OwnFields, person: RowPerson): { readonly person: RowPerson } | { readonly fault: RowFault } {
  const extra = { ...person.profile.extra };
  let changed = false;
  for (const [field, type] of Object.entries(fields)) {
    const given = extra[field];
    if (given === undefined || type === 'text') continue;
    const value = read(type, given);
    if (value === undefined) {
      const wrong = typeof type === 'string' ? says[type] : `is none of ${type.join(', ')}`;
      return { fault: { code: 'field-invalid', field, says: `"${field}" ${wrong}.` } };
    }
    changed ||= value !== given;
    extra[field] = value;
  }
  return { person: changed ? { ...person, profile: { ...person.profile, extra } } : person };
}

/** What rules may see of a person's own fields: numbers, dates, yes and no, and codes of a list; never text. What does not fit its type is left out. */
export function ownTraits(fields: OwnFields, extra: Readonly<Record<string, string>>): Traits {
  const codes: Record<string, Code> = {};
  for (const [field, type] of Object.entries(fields)) {
    const given = extra[field];
    const value = given === undefined || type === 'text' ? undefined : read(type, given);
    if (value !== undefined) codes[field] = type === 'number' ? Number(value) : type === 'yes-no' ? value === 'yes' : value;
  }
  return codes;
}

type Read = Exclude<OwnType, 'text'>;
const read = (type: Read, text: string): string | undefined =>
  typeof type === 'string' ? readers[type](text) : type.find((code) => bare(code) === bare(text));
const bare = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

const readers: Readonly<Record<Exclude<Read, readonly string[]>, (text: string) => string | undefined>> = {
  number: numberIn,
  date: dateIn,
  'yes-no': (text) => {
    const answer = yesOrNo(text);
    return answer === undefined ? undefined : answer ? 'yes' : 'no';
  },
};

/** The last separator is that of decimals, unless three digits stand behind it and it is used twice or is alone after one to three digits in a form that only thousands have. */
function numberIn(text: string): string | undefined {
  const bare = text.replace(/[\s'’]|\p{Sc}|%|\b[A-Z]{3}\b/gu, '');
  if (!/^[-+]?\d[\d.,]*$/.test(bare)) return undefined;
  const last = Math.max(bare.lastIndexOf(','), bare.lastIndexOf('.'));
  const sign = bare[last];
  const isThousands = last !== -1 && (bare.split(sign ?? '').length > 2 || (sign === ',' && /^[-+]?\d{1,3},\d{3}$/.test(bare)));
  const plain = isThousands
    ? bare.replace(/[.,]/g, '')
    : `${bare.slice(0, last === -1 ? undefined : last).replace(/[.,]/g, '')}${last === -1 ? '' : `.${bare.slice(last + 1)}`}`;
  const number = Number(plain);
  return Number.isFinite(number) ? String(number) : undefined;
}

/** ISO, or with dots (day first), or with slashes where the day cannot be a month. */
function dateIn(text: string): string | undefined {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/.exec(text);
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  const slashed = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(text);
  if (iso !== null) return civil(iso[1], iso[2], iso[3]);
  if (dotted !== null) return civil(dotted[3], dotted[2], dotted[1]);
  if (slashed === null) return undefined;
  const [, first, second, year] = slashed;
  if (Number(first) > 12) return civil(year, second, first);
  // 03/04 is two days, one of them wrong: nobody guesses.
  return Number(second) > 12 || first === second ? civil(year, first, second) : undefined;
}

function civil(year = '', month = '', day = ''): string | undefined {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const same = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return same ? date.toISOString().slice(0, 10) : undefined;
}
