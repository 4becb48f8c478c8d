/** What is wrong with a trait and a value that rules over people name: unknown, misspelt, or a special category nobody may be scored by. Knows no file. */
import { countryCode, languageCode, zoneNamed } from '../../events/list/countries';
import { departmentOf, departments } from '../../events/list/departments';
import { industryCode, industryCodes, sourceCode, sourceCodes } from '../../events/list/industries';
import type { OwnFields } from '../../events/list/own-fields';
import { sizeBandOf, sizeBands } from '../../events/list/sizes';
import { seniorities, seniorityOf } from '../../events/list/titles';
import { specialCategory } from '../core/predict/special';
import { parseSpan } from '../core/time';
import { closest, meant } from '../../events/closest';
import { traitNames } from './known-fields';
import { specialValue } from './special-values';

/** What the workspace adds to the traits everybody has. `fields` absent = not known here, and any name may be one. */
export type OwnTraits = { readonly fields: OwnFields | undefined; readonly sources: readonly string[] };

type Values = {
  /** All there are; absent where there are too many to say. */
  readonly all?: readonly string[];
  readonly is: (value: string) => boolean;
  /** How a list's words are read. */
  readonly read: (value: string) => string | undefined;
};
const oneOf = (all: readonly string[], read: Values['read'] = () => undefined): Values => ({
  all,
  is: (value) => all.includes(value),
  read,
});
const codedBy = (read: Values['read']): Values => ({ is: (value) => read(value) === value, read });

/** Traits whose values are a list of ours; the others take any code. */
const values: Readonly<Record<string, Values>> = {
  seniority: oneOf(seniorities, seniorityOf),
  department: oneOf(departments, departmentOf),
  size: oneOf(sizeBands, sizeBandOf),
  industry: oneOf(industryCodes, industryCode),
  customer: oneOf(['true', 'false']),
  need: oneOf(['urgent', 'some', 'none']),
  country: codedBy(countryCode),
  language: codedBy(languageCode),
  zone: codedBy(zoneNamed),
  frequency: { all: ['daily', 'weekly', 'fortnightly', 'monthly'], is: (value) => frequent(value), read: () => undefined },
};
const frequent = (value: string): boolean =>
  ['daily', 'weekly', 'fortnightly', 'monthly'].includes(value) || parseSpan(value) !== undefined;

/** `undefined`: it may be named. */
export function traitFault(trait: string, { fields }: OwnTraits): string | undefined {
  const about = specialCategory(trait);
  if (about !== undefined) return `is about ${about}: nobody is scored or sorted by that (GDPR, article 9)`;
  if (traitNames.has(trait) || fields === undefined) return undefined;
  const type = Object.hasOwn(fields, trait) ? fields[trait] : undefined;
  if (type === 'text')
    return `is free text, which no rule may see; list its values: ${trait}: [some-code, other-code] under imports.fields`;
  if (type !== undefined) return undefined;
  const known = [...traitNames, ...Object.keys(fields)];
  return `"${trait}" is not known of anybody${meant(closest(trait, known))} Known are ${known.join(', ')}; a column of your own needs its type under imports.fields`;
}

/** A value of a trait that may be named. */
export function valueFault(trait: string, value: string, own: OwnTraits): string | undefined {
  if (trait === 'source') return sourceFault(value, own);
  const listed = own.fields === undefined || !Object.hasOwn(own.fields, trait) ? undefined : own.fields[trait];
  const known = typeof listed === 'object' ? oneOf(listed) : values[trait];
  if (known?.is(value) === true) return undefined;
  const about = specialValue(value);
  const said = about === undefined ? '' : `; it is about ${about}, and nobody is scored or sorted by that (GDPR, article 9)`;
  if (known === undefined)
    return about === undefined ? undefined : `"${value}" is about ${about}: nobody is scored or sorted by that (GDPR, article 9)`;
  const all = known.all === undefined ? '' : ` It can be ${known.all.join(', ')}`;
  return `"${value}" is no ${trait}${said}${meant(known.read(value) ?? closest(value, known.all ?? []))}${all}`;
}

/** Any plain name may be a source, so only what stands beside a known one, or no source can ever be called, is a fault. */
export function sourceFault(value: string, { sources }: Pick<OwnTraits, 'sources'>): string | undefined {
  const known = [...new Set([...sourceCodes, ...sources])];
  if (known.includes(value)) return undefined;
  const about = specialValue(value);
  if (about !== undefined) return `"${value}" is about ${about}: nobody is scored or sorted by that (GDPR, article 9)`;
  const read = sourceCode(value);
  const near = read === value ? closest(value, known) : read;
  if (near === undefined) return undefined;
  return `"${value}" is no source there is${meant(near)} A source of your own is named under imports.sources`;
}
