/** From a profile to the codes a lead's workflow may know. Pure; whatever is not understood is left out, and no text of the person's passes. */
import { hash64 } from '../../events/hashes';
import type { Traits } from '../../events/stripped';
import { isFreeMail } from '../../events/list/address';
import { countryCode, languageCode, languageOfCountry } from '../../events/list/countries';
import { zoneOf } from '../../events/list/zone';
import { ownTraits, type OwnFields } from '../../events/list/own-fields';
import { industryCode, sourceCode } from '../../events/list/industries';
import type { Profile } from '../../events/list/profile';
import { sizeBandOf } from '../../events/list/sizes';
import { departmentOf } from '../../events/list/departments';
import { seniorityOf } from '../../events/list/titles';

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
export function traitsOf(
  profile: Profile,
  more: { readonly secret: string; readonly domain?: string; readonly source?: string; readonly own?: OwnFields },
): Traits {
  const country = profile.country === undefined ? undefined : countryCode(profile.country);
  const source = codeOfSource(profile) ?? (more.source === undefined ? undefined : sourceCode(more.source));
  const codes = {
    ...ownTraits(more.own ?? {}, profile.extra ?? {}),
    source,
    industry: profile.industry === undefined ? undefined : industryCode(profile.industry),
    seniority: profile.title === undefined ? undefined : seniorityOf(profile.title),
    department: departmentIn(profile),
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

/** What a column says, else the title. */
function departmentIn({ title, extra = {} }: Profile): string | undefined {
  const column = Object.entries(extra).find(([name]) =>
    /^(department|dept\.?|abteilung|bereich|service|departamento|reparto|afdeling)$/i.test(name.trim()),
  );
  return (column === undefined ? undefined : departmentOf(column[1])) ?? (title === undefined ? undefined : departmentOf(title));
}

/** A source that is the person's own name would name them. */
function codeOfSource({ source, firstName, lastName, name, company }: Profile): string | undefined {
  if (source === undefined) return undefined;
  const own = [firstName, lastName, ...(name?.split(' ') ?? []), company].filter((word) => word !== undefined && word.length > 2);
  return own.some((word) => word !== undefined && source.toLowerCase().includes(word.toLowerCase())) ? 'other' : sourceCode(source);
}
