/** From a profile to the codes a lead's workflow may know. Pure; whatever is not understood is left out, and no text of the person's passes. */
import { hash64 } from '../../events/hashes';
import type { Traits } from '../../events/stripped';
import { isFreeMail } from '../../events/list/address';
import { countryCode, languageCode, languageOfCountry } from '../../events/list/countries';
import { zoneOf } from '../../events/list/zone';
import { industryCode, sourceCode } from './industries';
import type { Profile } from '../../events/list/profile';
import { seniorityOf } from './titles';

export const sizeBands = ['1-10', '11-50', '51-200', '201-1000', '1001+'] as const;
export type SizeBand = (typeof sizeBands)[number];

/** `420`, `1,500`, `51 - 200`, `1000+`, `over 50`: a range counts as its middle. */
export function sizeBandOf(text: string): SizeBand | undefined {
  // A separator of thousands stands before exactly three digits.
  const numbers = text.replace(/(?<=\d)[.,'\s](?=\d{3}(?!\d))/g, '').match(/\d+(?:\.\d+)?\s*k?/gi);
  if (numbers === null || numbers.length > 2) return undefined;
  const [first = 0, second] = numbers.map((number) => Number.parseFloat(number) * (/k/i.test(number) ? 1_000 : 1));
  const middle = second === undefined ? first + (/\+|>|over|more|über|plus/i.test(text) ? 1 : 0) : (first + second) / 2;
  if (middle < 1) return undefined;
  return middle <= 10 ? '1-10' : middle <= 50 ? '11-50' : middle <= 200 ? '51-200' : middle <= 1_000 ? '201-1000' : '1001+';
}

/** One code for everybody of a company, by which nobody learns which: keyed hash of its mail domain, else of its name. */
export function accountOf(
  secret: string,
  { company, domain }: { readonly company?: string; readonly domain?: string },
): string | undefined {
  if (domain !== undefined && !isFreeMail(domain)) return hash64(secret, 'account', domain);
  const name = company?.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '') ?? '';
  return name === '' ? undefined : hash64(secret, 'account', 'name', name);
}

/** `domain`: of the address mails go to. `source`: of the import, where the profile names none. */
export function traitsOf(profile: Profile, more: { readonly secret: string; readonly domain?: string; readonly source?: string }): Traits {
  const country = profile.country === undefined ? undefined : countryCode(profile.country);
  const source = codeOfSource(profile) ?? (more.source === undefined ? undefined : sourceCode(more.source));
  const codes = {
    source,
    industry: profile.industry === undefined ? undefined : industryCode(profile.industry),
    seniority: profile.title === undefined ? undefined : seniorityOf(profile.title),
    size: profile.employees === undefined ? undefined : sizeBandOf(profile.employees),
    country,
    zone: zoneOf(profile)?.zone,
    language:
      (profile.language === undefined ? undefined : languageCode(profile.language)) ??
      (country === undefined ? undefined : languageOfCountry(country)),
    account: accountOf(more.secret, {
      ...(profile.company === undefined ? {} : { company: profile.company }),
      ...(more.domain === undefined ? {} : { domain: more.domain }),
    }),
    customer: profile.customer === true ? true : undefined,
  };
  return Object.fromEntries(Object.entries(codes).filter(([, code]) => code !== undefined)) as Traits;
}

/** A source that is the person's own name would name them. */
function codeOfSource({ source, firstName, lastName, name, company }: Profile): string | undefined {
  if (source === undefined) return undefined;
  const own = [firstName, lastName, ...(name?.split(' ') ?? []), company].filter((word) => word !== undefined && word.length > 2);
  return own.some((word) => word !== undefined && source.toLowerCase().includes(word.toLowerCase())) ? 'other' : sourceCode(source);
}
