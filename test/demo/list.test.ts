/** The demo's list is as dirty as lists are: each kind of dirt is really in it. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { shipped } from '../../workflows/paths';

const raw = readFileSync(shipped('worker', 'demo', 'list.csv'));
const text = raw.toString('utf8');
const records = parse(text, { bom: true, relaxColumnCount: true, skipEmptyLines: true }) as string[][];
const [header = [], ...rows] = records;
const field = (row: readonly string[], name: string): string | undefined => row[header.indexOf(name)];
const clean = (value: string | undefined): string => (value ?? '').replaceAll('\u00a0', ' ').trim();
const address = (row: readonly string[]): string => clean(field(row, 'Email')).toLowerCase();
const wellFormed = (mail: string): boolean => /^[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+$/.test(mail) && !/\.\.|@\.|\.$/.test(mail);
const good = rows.filter((row) => wellFormed(address(row)));

const count = (holds: (row: readonly string[]) => boolean): number => rows.filter(holds).length;

describe('the demo list', () => {
  it('has at least 220 rows that are not empty', () => {
    expect(count((row) => row.some((value) => clean(value) !== ''))).toBeGreaterThanOrEqual(220);
  });

  it('has exactly the columns the README names', () => {
    expect(header).toEqual([
      'Email',
      'First Name',
      'Last Name',
      'Company',
      'Job Title',
      'Industry',
      'Employees',
      'Country',
      'Phone',
      'Time Zone',
      'Source',
      'Customer',
    ]);
  });

  it('begins with a byte order mark and ends its lines as Windows does', () => {
    expect(raw.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(text.split('\r\n').length).toBeGreaterThan(220);
  });

  it('writes only to domains that are reserved, good address or bad', () => {
    const domains = good.map((row) => address(row).split('@')[1] ?? '');
    expect(domains.filter((domain) => !/(^|\.)example(\.(com|net|org))?$/.test(domain))).toEqual([]);
  });

  it('names people twice: in other case, exactly, and by plus-address', () => {
    const seen = new Map<string, string[]>();
    for (const row of good) seen.set(address(row), [...(seen.get(address(row)) ?? []), clean(field(row, 'Email'))]);
    const twice = [...seen.values()].filter((spellings) => spellings.length > 1);
    expect(twice.filter((spellings) => new Set(spellings).size > 1).length).toBeGreaterThanOrEqual(4);
    expect(twice.filter((spellings) => new Set(spellings).size < spellings.length).length).toBeGreaterThanOrEqual(1);
    const plus = good.map(address).filter((mail) => mail.includes('+'));
    expect(plus.filter((mail) => seen.has(mail.replace(/\+[^@]*/, ''))).length).toBeGreaterThanOrEqual(3);
    expect(plus.filter((mail) => !seen.has(mail.replace(/\+[^@]*/, ''))).length).toBeGreaterThanOrEqual(2);
  });

  it.each([
    ['no @', (mail: string) => mail !== '' && !mail.includes('@')],
    ['two @', (mail: string) => /@.*@/.test(mail) && !/[;\s]/.test(mail)],
    ['no top-level domain', (mail: string) => /@[^.]+$/.test(mail) && !mail.includes(',')],
    ['a space inside', (mail: string) => /\S \S*@/.test(mail)],
    ['nothing before the @', (mail: string) => mail.startsWith('@')],
    ['nothing after the @', (mail: string) => mail.endsWith('@')],
    ['a comma for a dot', (mail: string) => /@.*,/.test(mail)],
    ['two dots in a row', (mail: string) => mail.includes('..')],
  ])('has an address with %s', (_, is) => {
    expect(count((row) => is(clean(field(row, 'Email'))))).toBeGreaterThanOrEqual(1);
  });

  it('has spaces, tabs and no-break spaces around good values', () => {
    const around = (sort: RegExp): number => count((row) => sort.test(field(row, 'Email') ?? '') && wellFormed(address(row)));
    expect(around(/^ | $/)).toBeGreaterThanOrEqual(2);
    expect(around(/\t$/)).toBeGreaterThanOrEqual(1);
    expect(around(/^\u00a0|\u00a0$/)).toBeGreaterThanOrEqual(2);
    expect(
      count((row) => / \S|\u00a0/.test(field(row, 'First Name') ?? '') || /\u00a0/.test(field(row, 'Last Name') ?? '')),
    ).toBeGreaterThanOrEqual(1);
  });

  it('has people who are customers already', () => {
    expect(count((row) => clean(field(row, 'Customer')).toLowerCase() === 'yes')).toBeGreaterThanOrEqual(6);
  });

  it('has rows that end early and one that is too long', () => {
    expect(count((row) => row.length < header.length)).toBeGreaterThanOrEqual(4);
    expect(count((row) => row.length > header.length)).toBeGreaterThanOrEqual(1);
  });

  it('has empty lines and a line of commas', () => {
    expect(text.match(/\r\n\r\n/g)?.length).toBeGreaterThanOrEqual(3);
    expect(text).toMatch(/\r\n,+\r\n/);
  });

  it('has quoted commas, doubled quotes, a line break in a field and rows quoted whole', () => {
    expect(text).toMatch(/"[^"\r\n]*,[^"\r\n]*"/);
    expect(count((row) => row.some((value) => value.includes('"')))).toBeGreaterThanOrEqual(2);
    expect(count((row) => row.some((value) => value.includes('\n')))).toBe(1);
    expect(text.split('\r\n').filter((line) => /^("[^"]*",){11}"[^"]*"$/.test(line)).length).toBeGreaterThanOrEqual(2);
    expect(records.slice(1).filter((cells) => cells.length === 1 && (cells[0] ?? '').split(',').length >= 12)).toHaveLength(1);
  });

  it.each([
    ['Greek', /\p{Script=Greek}/u],
    ['Japanese', /\p{Script=Han}.*\p{Script=Katakana}|\p{Script=Han}/u],
    ['Arabic', /\p{Script=Arabic}/u],
    ['Cyrillic', /\p{Script=Cyrillic}/u],
    ['Hangul', /\p{Script=Hangul}/u],
    ['German umlauts', /[äöüß]/],
  ])('has names in %s', (_, script) => {
    expect(count((row) => script.test(`${field(row, 'First Name')} ${field(row, 'Last Name')}`))).toBeGreaterThanOrEqual(1);
  });

  it('has people reached only by phone, and some who cannot be reached at all', () => {
    const without = rows.filter((row) => address(row) === '' && row.some((value) => clean(value) !== ''));
    expect(without.filter((row) => clean(field(row, 'Phone')) !== '').length).toBeGreaterThanOrEqual(3);
    expect(without.filter((row) => clean(field(row, 'Phone')) === '').length).toBeGreaterThanOrEqual(2);
  });
});
