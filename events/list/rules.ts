/** What a source of leads must keep to, and what becomes of a person who breaks it. Rules are data of the settings; pure. */
import { isDisposable } from './disposable';
import type { EntryRule } from './entry';
import { withOwnFields, type OwnFields } from './own-fields';
import type { ProfileText } from './profile';
import { roleOf } from './role-names';
import type { ReadRow, RowFault, RowPerson } from './row';

export type SourceRules = {
  /** `needed`: nobody without consent, from the list or its row. */
  readonly consent?: 'needed' | 'not-needed';
  /** `unattended`: only addresses nobody reads are refused (noreply@). `refuse`: info@ and the like, too. */
  readonly roleAddresses?: 'refuse' | 'unattended' | 'take';
  /** Throw-away addresses. */
  readonly disposable?: 'refuse' | 'take';
  /** `needed`: the list names its vendor, who has a record with evidence of how the addresses were got. */
  readonly evidence?: 'needed' | 'not-needed';
  /** Whose word counts where a newer list says another thing, by field; `other` for the rest, `own` for columns of the list's own. */
  readonly overwrite?: Overwrite;
};
/** `replace`: the newer list's. `fill`: what is known stays, only blanks are filled. */
export type Overwrite = Readonly<Partial<Record<ProfileText | 'other' | 'own', 'replace' | 'fill'>>>;

export type ImportRules = {
  /** For every source that says nothing else. */
  readonly all: Required<SourceRules>;
  readonly sources: Readonly<Record<string, SourceRules>>;
  /** Where somebody enters a sequence; the usual words where it is not said. */
  readonly entry?: readonly EntryRule[];
  /** Types of columns of the workspace's own. */
  readonly fields?: OwnFields;
};

/** In force where the settings say nothing. */
export const usualRules: ImportRules = {
  all: {
    consent: 'not-needed',
    roleAddresses: 'unattended',
    disposable: 'refuse',
    evidence: 'not-needed',
    overwrite: { other: 'replace' },
  },
  sources: { 'bought-list': { consent: 'needed', roleAddresses: 'refuse', evidence: 'needed' }, 'co-registration': { consent: 'needed' } },
};

/** Of published settings. */
export const rulesIn = (settings: unknown): ImportRules =>
  (settings as { readonly imports?: ImportRules } | undefined)?.imports ?? usualRules;

/** `Bought list` and `bought-list` are one source. */
const plain = (source: string): string => source.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');

export function rulesFor({ all, sources }: ImportRules, source: string | undefined): Required<SourceRules> {
  const own = source === undefined ? undefined : Object.entries(sources).find(([name]) => plain(name) === plain(source))?.[1];
  return { ...all, ...own, overwrite: { ...all.overwrite, ...own?.overwrite } };
}

/** Does a newer list's word replace what is known in this field? Where somebody first came from is never overwritten. */
export const replacesIn = ({ overwrite }: Required<SourceRules>, field: ProfileText | 'own'): boolean =>
  field !== 'source' && (overwrite[field] ?? overwrite.other ?? 'replace') === 'replace';

/** What the list as a whole brings. */
export type ListTerms = { readonly consent: boolean; readonly evidence: boolean };

/** `undefined`: the person may be taken in. */
export function breachOf(rules: Required<SourceRules>, terms: ListTerms, { contacts, consent }: RowPerson): RowFault | undefined {
  if (rules.evidence === 'needed' && !terms.evidence)
    return { code: 'no-evidence', says: 'This source needs a vendor on record with evidence of how the addresses were got.' };
  if (rules.consent === 'needed' && consent !== true && !(terms.consent && consent === undefined))
    return { code: 'no-consent', says: 'Nothing says that this person agreed to be written to, and this source needs it.' };
  const mail = contacts.find(({ kind }) => kind === 'email');
  if (mail === undefined) return undefined;
  const role = rules.roleAddresses === 'take' ? undefined : roleOf(mail.value);
  if (role === 'unattended') return { code: 'role-address', says: 'Nobody reads this address; it belongs to a machine.' };
  if (role === 'shared' && rules.roleAddresses === 'refuse')
    return { code: 'role-address', says: 'This address belongs to a department, not to a person.' };
  if (rules.disposable === 'refuse' && mail.domain !== undefined && isDisposable(mail.domain))
    return { code: 'disposable-address', says: 'This is a throw-away address that will not be read for long.' };
  return undefined;
}

/** By every rule: the person with their own fields in one form, or the first fault. */
export function judged(rules: Required<SourceRules>, terms: ListTerms, fields: OwnFields, person: RowPerson): ReadRow {
  const fault = breachOf(rules, terms, person);
  if (fault !== undefined) return { as: 'fault', fault };
  const typed = withOwnFields(fields, person);
  return 'fault' in typed ? { as: 'fault', fault: typed.fault } : { as: 'person', person: typed.person };
}
