/** One row of a list to a person: columns recognised, cells repaired, or the row refused with a code and a sentence. Pure; knows no store. */
import { parse } from 'csv-parse/sync';
import { parseAddress } from './address';
import { cleanCell, longestCell, nameCase, saidIn, yesOrNo } from './cells';
import { columnOf, type Column } from './columns';
import { countryCode } from './countries';
import { contactOf, type Contact } from './contacts';
import { textNames, type Profile, type ProfileText } from './profile';
import { zoneOf } from './zone';

export type RowFault = { readonly code: RowFaultCode; readonly field?: string; readonly says: string };
/** Why a row is refused. */
export type RowFaultCode =
  'row-empty' | 'row-too-wide' | 'cell-too-long' | 'no-contact' | 'address-invalid' | 'phone-invalid' | 'contact-taken';

export type RowPerson = {
  readonly profile: Profile;
  /** Most certain first; never empty. */
  readonly contacts: readonly Contact[];
  readonly anonymous?: string;
  /** What the list says of permission to write; absent where it says nothing. */
  readonly consent?: boolean;
  readonly refusesMail: boolean;
};
export type ReadRow = { readonly as: 'person'; readonly person: RowPerson } | { readonly as: 'fault'; readonly fault: RowFault };

/** Under these names the reader of a file passes cells that stand beyond the last column. */
const beyond = /^(?:|_+extra|__parsed_extra|\+\d+)$/;
const fault = (code: RowFaultCode, says: string, field?: string): ReadRow => ({
  as: 'fault',
  fault: { code, says, ...(field === undefined ? {} : { field }) },
});

type Cells = {
  readonly known: Partial<Record<Column, string>>;
  readonly headers: Partial<Record<Column, string>>;
  readonly extra: Record<string, string>;
};

export function readRow(fields: Readonly<Record<string, string>>): ReadRow {
  const given = unwrapped(fields);
  const values = Object.entries(given);
  if (values.every(([, value]) => cleanCell(value) === '')) return fault('row-empty', 'Nothing is in this row.');
  const wide = values.find(([header, value]) => beyond.test(header.trim()) && cleanCell(value) !== '');
  if (wide !== undefined)
    return fault('row-too-wide', 'The row has more cells than the list has columns; a comma too many, or quotes missing.');
  const long = values.find(([, value]) => value.length > longestCell);
  if (long !== undefined) return fault('cell-too-long', `"${long[0]}" holds more than ${longestCell} characters.`, long[0]);
  return personIn(cellsOf(given));
}

/** A row that was quoted whole arrives as one cell: `"a,b,""c, d"",e"`. Read anew where it then fits the columns. */
function unwrapped(fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const headers = Object.keys(fields);
  const [first = '', ...rest] = Object.values(fields);
  if (headers.length < 3 || !first.includes(',') || rest.some((value) => value.trim() !== '')) return fields;
  const [cells = []] = parse(first, { relaxQuotes: true, relaxColumnCount: true }) as string[][];
  return cells.length === headers.length ? Object.fromEntries(headers.map((header, at) => [header, cells[at] ?? ''])) : fields;
}

function cellsOf(fields: Readonly<Record<string, string>>): Cells {
  const cells: Cells = { known: {}, headers: {}, extra: {} };
  const ranks: Partial<Record<Column, number>> = {};
  for (const [header, raw] of Object.entries(fields)) {
    const cleaned = cleanCell(raw);
    const match = columnOf(header);
    const named = match !== undefined && ['firstName', 'lastName', 'name'].includes(match.column);
    const value = named ? cleaned : saidIn(cleaned);
    if (value === undefined || value === '') continue;
    if (match === undefined) {
      cells.extra[cleanCell(header).slice(0, 100)] = value;
    } else if (match.rank < (ranks[match.column] ?? Infinity)) {
      ranks[match.column] = match.rank;
      cells.known[match.column] = value;
      cells.headers[match.column] = header;
    }
  }
  return cells;
}

function personIn({ known, headers, extra }: Cells): ReadRow {
  const country = known.country === undefined ? undefined : countryCode(known.country);
  const mail = known.email === undefined ? undefined : parseAddress(known.email.replace(/^mailto:/i, '').replace(/^.*<([^<>]+)>$/, '$1'));
  if (mail?.as === 'refused') return fault('address-invalid', `This is no e-mail address: ${mail.says}.`, headers.email);
  const email = mail === undefined ? undefined : contactOf('email', mail.address.written);
  const phone = known.phone === undefined ? undefined : contactOf('phone', known.phone, country);
  const external = known.external === undefined ? undefined : contactOf('external', known.external);
  const contacts = [email, phone, external].filter((contact) => contact !== undefined);
  if (contacts.length === 0) {
    return known.phone === undefined
      ? fault('no-contact', 'Neither an e-mail address nor a phone number is in this row.')
      : fault('phone-invalid', 'The phone number is none, or its country is not named, and there is no e-mail address.', headers.phone);
  }
  const consent = known.consent === undefined ? undefined : yesOrNo(known.consent);
  return {
    as: 'person',
    person: {
      profile: profileIn(known, extra, phone?.value, country),
      contacts,
      refusesMail: known.doNotEmail !== undefined && yesOrNo(known.doNotEmail) === true,
      ...(known.anonymous === undefined ? {} : { anonymous: known.anonymous }),
      ...(consent === undefined ? {} : { consent }),
    },
  };
}

function profileIn(known: Cells['known'], extra: Cells['extra'], phone: string | undefined, country: string | undefined): Profile {
  const texts = Object.fromEntries(textNames.flatMap((field) => (known[field] === undefined ? [] : [[field, known[field]]]))) as {
    [F in ProfileText]?: string;
  };
  for (const field of ['firstName', 'lastName', 'name'] as const) if (texts[field] !== undefined) texts[field] = nameCase(texts[field]);
  const split = texts.firstName === undefined && texts.lastName === undefined && texts.name !== undefined ? splitName(texts.name) : {};
  const zone = zoneOf(texts);
  const { phone: typed, zone: _named, ...rest } = texts;
  const number = phone ?? typed;
  return {
    ...rest,
    ...split,
    ...(number === undefined ? {} : { phone: number }),
    ...(country === undefined ? {} : { country }),
    ...(zone === undefined ? {} : { zone: zone.zone }),
    zoneGuessed: zone?.guessed === true,
    customer: known.customer !== undefined && yesOrNo(known.customer) === true,
    extra,
  };
}

/** `Lovelace, Ada` and `Ada Lovelace`; a name of one word, or in a script that writes no spaces, stays whole. */
function splitName(name: string): { readonly firstName?: string; readonly lastName?: string } {
  const turned = /^([^,]+), ?([^,]+)$/.exec(name);
  if (turned !== null) return { firstName: turned[2] ?? '', lastName: turned[1] ?? '' };
  const words = name.split(' ').filter((word) => !/^(?:mr|mrs|ms|miss|dr|prof|herr|frau|sir|dame|mme|m)\.?$/i.test(word));
  return words.length < 2 ? {} : { firstName: words[0] ?? '', lastName: words.slice(1).join(' ') };
}
