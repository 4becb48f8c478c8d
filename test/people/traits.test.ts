/** Profiles become codes, never text: what is not understood is left out. */
import { industryCode, sourceCode } from '../../events/list/industries';
import { departmentOf, departments } from '../../events/list/departments';
import { countryCode, languageCode, zoneNamed, zoneOfCountry } from '../../events/list/countries';
import { accountOf, traitsOf } from '../../activities/people/traits';
import { sizeBandOf, sizeBands } from '../../events/list/sizes';
import { seniorities, seniorityOf } from '../../events/list/titles';
import { join } from 'node:path';
import { readSettings } from '../../workflows/settings/load';
import type { PointsModel } from '../../workflows/core/plan';
import { secret } from './secret';

test.each([
  ['CEO', 'executive'],
  ['Chief Operating Officer', 'executive'],
  ['Managing Director', 'executive'],
  ['Executive Director', 'executive'],
  ['Geschäftsführerin', 'executive'],
  ['Gerente general', 'executive'],
  ['PDG', 'executive'],
  ['Founder & CEO', 'owner'],
  ['Co-Founder', 'owner'],
  ['Inhaber', 'owner'],
  ['Titolare', 'owner'],
  ['Dueña', 'owner'],
  ['Delägare', 'owner'],
  ['Vice President Sales', 'director'],
  ['VP R&D', 'director'],
  ['Head of Planning', 'director'],
  ['Operations Director', 'director'],
  ['Director, Operations', 'director'],
  ['Abteilungsleiterin', 'director'],
  ['Direktorė', 'director'],
  ['物流部長', 'director'],
  ['Project Manager', 'manager'],
  ['Logistics Lead', 'manager'],
  ['Assistant Director', 'manager'],
  ['Projektmanager', 'manager'],
  ['Chef de projet', 'manager'],
  ['Jefa de compras', 'manager'],
  ['Directora general', 'executive'],
  ['Projektų vadovas', 'manager'],
  ['项目经理', 'manager'],
  ['개발팀장', 'manager'],
  ['Analyst', 'specialist'],
  ['Product Owner', 'specialist'],
  ['Account Executive', 'specialist'],
  ['Beraterin', 'specialist'],
  ['Accountant', 'specialist'],
  ['Assistant to the CEO', 'assistant'],
  ['Assistenz der Geschäftsführung', 'assistant'],
  ['Executive Assistant', 'assistant'],
  ['Praktikantin', 'student'],
  ['Student', 'student'],
  ['Wizard', undefined],
  ['Ceoltóir', undefined],
])('%s counts as %s', (title, seniority) => expect(seniorityOf(title)).toBe(seniority));

test.each([
  ['7', '1-10'],
  ['10', '1-10'],
  ['11', '11-50'],
  ['420', '201-1000'],
  ['1,500', '1001+'],
  ['1.500', '1001+'],
  ['1 200', '1001+'],
  ['2k', '1001+'],
  ['51-200', '51-200'],
  ['51 – 200 employees', '51-200'],
  ['11 to 50', '11-50'],
  ['1-10', '1-10'],
  ['1000+', '1001+'],
  ['over 50', '51-200'],
  ['0', undefined],
  ['many', undefined],
  ['1/2/2020', undefined],
])('%s employees are the band %s', (text, band) => expect(sizeBandOf(text)).toBe(band));

test.each([
  ['United Kingdom', 'GB'],
  ['UK', 'GB'],
  ['England', 'GB'],
  ['Deutschland', 'DE'],
  ['de', 'DE'],
  ['Türkiye', 'TR'],
  ['Turkey', 'TR'],
  ['U.S.A.', 'US'],
  ['The Netherlands', 'NL'],
  ['España', 'ES'],
  ['Schweiz', 'CH'],
  ['South Korea', 'KR'],
  ['Czech Republic', 'CZ'],
  ['Atlantis', undefined],
  ['EU', undefined],
])('%s is the country %s', (name, code) => expect(countryCode(name)).toBe(code));

test.each([
  ['DE', undefined, 'Europe/Berlin'],
  ['GB', undefined, 'Europe/London'],
  ['US', 'CA', 'America/Los_Angeles'],
  ['US', 'texas', 'America/Chicago'],
  ['US', 'New York', 'America/New_York'],
  ['US', undefined, 'America/New_York'],
  ['ES', undefined, 'Europe/Madrid'],
  ['AU', 'CA', 'Australia/Sydney'],
])('somebody in %s, %s is likely in the zone %s', (country, region, zone) => expect(zoneOfCountry(country, region)).toBe(zone));

test('a guess is a real zone for every country there is', () => {
  const countries = [
    'JP',
    'IN',
    'KE',
    'NG',
    'ZA',
    'SG',
    'VN',
    'PH',
    'LT',
    'EE',
    'JO',
    'AE',
    'IL',
    'CO',
    'CL',
    'RS',
    'BG',
    'UA',
    'NO',
    'SE',
  ];
  for (const country of countries) expect([country, zoneNamed(zoneOfCountry(country) ?? '')]).toEqual([country, expect.any(String)]);
});

test('zones are taken in any case, and what is no zone is none', () => {
  expect(zoneNamed('europe/berlin')).toBe('Europe/Berlin');
  expect(zoneNamed('America/New York')).toBe('America/New_York');
  expect(['Middle Earth', '', 'Europe/Atlantis', '+01:00'].map(zoneNamed)).toEqual([undefined, undefined, undefined, undefined]);
});

test('languages are known by code, locale and name', () => {
  expect(['de', 'EN-GB', 'Deutsch', 'French', 'español', 'Klingonese'].map(languageCode)).toEqual([
    'de',
    'en',
    'de',
    'fr',
    'es',
    undefined,
  ]);
});

test.each([
  ['Information Technology', 'software'],
  ['SaaS', 'software'],
  ['Banking', 'finance'],
  ['Healthcare', 'healthcare'],
  ['Logistics', 'logistics'],
  ['Werbeagentur', 'agency'],
  ['Alchemy', undefined],
])('%s is the industry %s', (text, code) => expect(industryCode(text)).toBe(code));

test.each([
  ['Trade Show Berlin', 'trade-show'],
  ['White paper', 'white-paper'],
  ['Co-registration', 'co-registration'],
  ['Referral by Anna Smith, anna@example.com', 'referral'],
  ['Olark Chat', 'olark-chat'],
  ['anna@example.com', 'other'],
  ['she phoned after seeing our van in town', 'other'],
  ['+44 20 7946 0110', 'other'],
  ['日本', 'other'],
])('%s is the source %s', (text, code) => expect(sourceCode(text)).toBe(code));

test('colleagues share an account that names no company; strangers at a free provider share none', () => {
  const ada = accountOf(secret, { domain: 'engines.example', company: 'Engines' });
  expect(accountOf(secret, { domain: 'engines.example' })).toBe(ada);
  expect(accountOf(secret, { domain: 'looms.example' })).not.toBe(ada);
  expect(accountOf(secret, { domain: 'gmail.com' })).toBeUndefined();
  expect(accountOf(secret, { domain: 'gmail.com', company: 'Engines Ltd.' })).toBe(
    accountOf(secret, { domain: 'web.de', company: 'engines ltd' }),
  );
  expect(ada).toMatch(/^[\w-]{11}$/);
});

test('a whole profile becomes its codes and nothing else', () => {
  const profile = {
    firstName: 'Ada', lastName: 'Lovelace', company: 'Engines', title: 'Head of Engines', industry: 'Software', employees: '120', country: 'GB',
    phone: '+442079460110', street: '1 Mill Road', interest: 'looms', source: 'Webinar', extra: { note: 'met at a ball' },
  }; // prettier-ignore
  expect(traitsOf(profile, { secret, domain: 'engines.example', source: 'fair' })).toEqual({
    source: 'webinar', industry: 'software', seniority: 'director', size: '51-200', country: 'GB', zone: 'Europe/London', language: 'en',
    account: expect.stringMatching(/^[\w-]{11}$/),
  }); // prettier-ignore
});

test('own fields reach rules as numbers, dates, yes and no and codes of their list, never as text', () => {
  const own = {
    seats: 'number',
    renewal: 'date',
    partner: 'yes-no',
    crm: ['salesforce', 'hubspot'],
    note: 'text',
    gone: 'number',
  } as const;
  const extra = { seats: '1,200', renewal: '24.12.2026', partner: 'ja', crm: 'Hub Spot', note: 'met at a ball', gone: 'many' };
  expect(traitsOf({ extra }, { secret, own })).toEqual({ seats: 1200, renewal: '2026-12-24', partner: true, crm: 'hubspot' });
});

test('a column that names the department says more than the title', () => {
  expect(traitsOf({ title: 'Manager', extra: { Abteilung: 'Einkauf' } }, { secret }).department).toBe('purchasing');
  expect(traitsOf({ title: 'Head of Sales', extra: { Department: 'Room 12' } }, { secret }).department).toBe('sales');
  for (const code of departments) expect([code, departmentOf(code)]).toEqual([code, code]);
});

test.each([
  ['Head of Marketing', 'marketing'],
  ['Vertriebsleiterin', 'sales'],
  ['VP Sales', 'sales'],
  ['Vice President Operations', 'operations'],
  ['IT-Leiter', 'it'],
  ['CFO', 'finance'],
  ['HR Business Partner', 'hr'],
  ['Einkaufsleiter', 'purchasing'],
  ['Product Owner', 'product'],
  ['Geschäftsführer', 'management'],
  ['Founder & CEO', 'management'],
  ['Wizard', undefined],
])('%s works in %s', (title, department) => expect(departmentOf(title)).toBe(department));

test('an empty profile has the source of its list and no other code', () => {
  expect(traitsOf({}, { secret, source: 'Trade show' })).toEqual({ source: 'trade-show' });
});

test('a source that is the person or their company would name them', () => {
  expect(traitsOf({ firstName: 'Ada', source: 'Ada' }, { secret }).source).toBe('other');
  expect(traitsOf({ company: 'Engines', source: 'Engines day' }, { secret }).source).toBe('other');
});

test('the codes are those that the shipped scoring model gives points for', () => {
  const { artefacts } = readSettings(join(__dirname, '../../workflows/settings'));
  const model = artefacts.find(({ id }) => id === 'b2b-points')?.body as PointsModel | undefined;
  const points = (trait: string): string[] => Object.keys(model?.fit[trait] ?? {}).filter((code) => !code.startsWith('_'));
  expect(points('seniority').sort()).toEqual([...seniorities].sort());
  expect(points('size').sort()).toEqual([...sizeBands].sort());
  for (const code of points('industry')) expect(industryCode(code)).toBe(code);
});
