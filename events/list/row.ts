/** One row of a list to a person: columns recognised, cells repaired, or the row refused with a code and a sentence. Pure; knows no store. */
import { parseAddress } from './address';
import { agrees, cleanAddress, cleanCell, longestCell, nameCase, refusesMail, saidIn, yesOrNo } from './cells';
import { columnOf, type Column } from './columns';
import { countryCode } from './countries';
import { contactOf, type Contact } from './contacts';
import { textNames, type Profile, type ProfileText } from './profile';
import { zoneOf } from './zone';

export type RowFault = { readonly code: RowFaultCode; readonly field?: string; readonly says: string };
/** Why a row is refused. */
export type RowFaultCode =
  | 'row-empty'
  | 'row-too-wide'
  | 'cell-too-long'
  | 'no-contact'
  | 'address-invalid'
  | 'phone-invalid'
  | 'contact-taken'
  | 'role-address'
  | 'disposable-address'
  | 'no-consent'
  | 'no-evidence'
  | 'field-invalid';

export type RowPerson = {
  readonly profile: Profile;
  /** Most certain first; never empty. */
  readonly contacts: readonly Contact[];
  readonly anonymous?: string;
  /** What the list says of permission to write; absent where it says nothing. */
  readonly consent?: boolean;
  readonly refusesMail: boolean;
  /** Where the list says they stand, in its own words. */
  readonly stage?: string;
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

/** Cells in the order of the headers it was made for; missing ones are empty. */
export type RowReader = (cells: readonly string[]) => ReadRow;

/** Finds out once what the columns are. */
export function rowReader(headers: readonly string[]): RowReader {
  const places = placesOf(headers);
  return (cells) => {
    if (cells.every((cell) => isBlank(cell))) return fault('row-empty', 'Nothing is in this row.');
    if (places.beyond.some((at) => !isBlank(cells[at] ?? '')))
      return fault('row-too-wide', 'The row has more cells than the list has columns; a comma too many, or quotes missing.');
    const long = cells.findIndex((cell) => cell.length > longestCell);
    if (long !== -1) return fault('cell-too-long', `"${headers[long]}" holds more than ${longestCell} characters.`, headers[long]);
    return personIn(cellsIn(cells, headers, places));
  };
}

const readers = new Map<string, RowReader>();
const mostReaders = 100;

/** A row by the names of its columns. */
export function readRow(fields: Readonly<Record<string, string>>): ReadRow {
  const headers = Object.keys(fields);
  const key = headers.join('\0');
  const reader = readers.get(key) ?? rowReader(headers);
  if (readers.size >= mostReaders) readers.clear();
  readers.set(key, reader);
  return reader(Object.values(fields));
}

const isBlank = (cell: string): boolean => cell === '' || cleanCell(cell) === '';

type Places = {
  /** Where a field may stand, the plainer name first. */
  readonly known: readonly (readonly [column: Column, places: readonly number[]])[];
  readonly own: readonly (readonly [name: string, at: number])[];
  readonly beyond: readonly number[];
};

function placesOf(headers: readonly string[]): Places {
  const known = new Map<Column, { readonly at: number; readonly rank: number }[]>();
  const own: [string, number][] = [];
  const wide: number[] = [];
  for (const [at, header] of headers.entries()) {
    const match = columnOf(header);
    if (match !== undefined) known.set(match.column, [...(known.get(match.column) ?? []), { at, rank: match.rank }]);
    else if (beyond.test(header.trim())) wide.push(at);
    else own.push([cleanCell(header).slice(0, 100), at]);
  }
  const ordered = [...known].map(([column, all]) => [column, all.toSorted((a, b) => a.rank - b.rank).map(({ at }) => at)] as const);
  return { known: ordered, own, beyond: wide };
}

/** Mr Null and Ms None exist. */
const names: ReadonlySet<Column> = new Set<Column>(['firstName', 'lastName', 'name']);

/** Google writes several values of a field into one cell. */
const firstOf = (cell: string): string => (cell.includes(' ::: ') ? (cell.split(' ::: ', 1)[0] ?? '') : cell);

function cellsIn(cells: readonly string[], headers: readonly string[], { known, own }: Places): Cells {
  const found: Cells = { known: {}, headers: {}, extra: {} };
  for (const [column, places] of known)
    for (const at of places) {
      const cell = firstOf(cells[at] ?? '');
      const cleaned = column === 'email' ? cleanAddress(cell) : cleanCell(cell);
      const value = names.has(column) ? cleaned : saidIn(cleaned);
      if (value === undefined || value === '') continue;
      found.known[column] = value;
      const header = headers[at];
      if (header !== undefined) found.headers[column] = header;
      // Of several columns that say so, one is enough.
      if (column !== 'doNotEmail' || refusesMail(value)) break;
    }
  for (const [name, at] of own) {
    const value = saidIn(cleanCell(cells[at] ?? ''));
    if (value !== undefined) found.extra[name] = value;
  }
  return found;
}

function personIn({ known, headers, extra }: Cells): ReadRow {
  const country = known.country === undefined ? undefined : countryCode(known.country);
  const mail = known.email === undefined ? undefined : parseAddress(known.email);
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
  const consent = known.consent === undefined ? undefined : agrees(known.consent);
  return {
    as: 'person',
    person: {
      profile: profileIn(known, extra, phone?.value, country),
      contacts,
      refusesMail: known.doNotEmail !== undefined && refusesMail(known.doNotEmail),
      ...(known.anonymous === undefined ? {} : { anonymous: known.anonymous }),
      ...(consent === undefined ? {} : { consent }),
      ...(known.stage === undefined ? {} : { stage: known.stage }),
    },
  };
}

function profileIn(known: Cells['known'], extra: Cells['extra'], phone: string | undefined, country: string | undefined): Profile {
  // A loop, not a chain of arrays: this runs a million times for a long list.
  const texts: { [F in ProfileText]?: string } = {};
  for (const field of textNames) {
    const value = known[field];
    if (value !== undefined && field !== 'zone') texts[field] = value;
  }
  for (const field of ['firstName', 'lastName', 'name'] as const) if (texts[field] !== undefined) texts[field] = nameCase(texts[field]);
  if (texts.firstName === undefined && texts.lastName === undefined && texts.name !== undefined)
    Object.assign(texts, splitName(texts.name));
  const zone = zoneOf(known);
  if (zone !== undefined) texts.zone = zone.zone;
  if (phone !== undefined) texts.phone = phone;
  if (country !== undefined) texts.country = country;
  const customer = known.customer !== undefined && yesOrNo(known.customer) === true;
  return Object.assign(texts, { zoneGuessed: zone?.guessed === true, customer, extra });
}

/** `Lovelace, Ada` and `Ada Lovelace`; a name of one word, or in a script that writes no spaces, stays whole. */
function splitName(name: string): { readonly firstName?: string; readonly lastName?: string } {
  const turned = /^([^,]+), ?([^,]+)$/.exec(name);
  if (turned !== null) return { firstName: turned[2] ?? '', lastName: turned[1] ?? '' };
  const words = name.split(' ').filter((word) => !/^(?:mr|mrs|ms|miss|dr|prof|herr|frau|sir|dame|mme|m)\.?$/i.test(word));
  return words.length < 2 ? {} : { firstName: words[0] ?? '', lastName: words.slice(1).join(' ') };
}

/** Which column is taken for which field, and which are kept under their own names. */
export function understood(headers: readonly string[]): {
  readonly fields: Readonly<Partial<Record<Column, string>>>;
  readonly own: readonly string[];
} {
  const { known, own } = placesOf(headers);
  return { fields: Object.fromEntries(known.map(([column, [at = 0]]) => [column, headers[at] ?? ''])), own: own.map(([name]) => name) };
}
