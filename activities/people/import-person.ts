/** What becomes of one person of a list: created, updated, or left as they are with a reason. Decides over the desk; writes nothing. */
import { entryStage, usualEntry } from '../../events/list/entry';
import { replacesIn } from '../../events/list/rules';
import type { RowOutcome } from '../../events/requests';
import type { Claim } from './identities';
import { claimName, keysOf, newDraft, type Claimant, type Desk, type Draft } from './import-desk';
import { newLeadId } from './keys';
import { type Profile } from '../../events/list/profile';
import { mergeProfiles } from './profile';
import { suppressionKinds, type SuppressionKind } from './suppression';

const suppressedSays: Readonly<Record<SuppressionKind, string>> = {
  erasure: 'This person asked to be erased and is not stored again.',
  complaint: 'This person complained about our mail and is not contacted.',
  bounce: 'The address does not exist any more, its mail server said.',
  operator: 'This person or domain is on the list of those never to be contacted.',
  'opt-out': 'This person opted out and is not contacted.',
};

export function takePerson(desk: Desk, row: number, person: Claimant): RowOutcome {
  const known = findKnown(desk, person);
  if (known === 'taken')
    return {
      row,
      as: 'rejected',
      code: 'contact-taken',
      says: 'Somebody else has this phone number, and there is no e-mail address to tell the two apart.',
    };
  const reason = strictest(desk, person.claims);
  if (reason !== undefined) return { row, as: 'suppressed', ...idOf(known), says: suppressedSays[reason] };
  if (person.refusesMail) return refuse(desk, row, person, known);
  if (person.profile.customer === true || known?.profile.customer === true) return customer(desk, row, person, known);
  return known === undefined ? create(desk, row, person) : merge(desk, row, person, known);
}

const idOf = (known: Draft | undefined): { readonly leadId?: string } => (known === undefined ? {} : { leadId: known.leadId });

function strictest({ suppressed }: Desk, claims: readonly Claim[]): SuppressionKind | undefined {
  const kinds = claims.flatMap(keysOf).flatMap((key) => suppressed.get(key) ?? []);
  return suppressionKinds.find((kind) => kinds.includes(kind));
}

/** By address where there is one, or an outside id; a number finds only whom no address tells apart. */
function findKnown({ byClaim }: Desk, { claims, profile }: Claimant): Draft | 'taken' | undefined {
  const mailed = claims[0]?.kind === 'email';
  for (const claim of claims) {
    const known = byClaim.get(claimName(claim));
    if (known === undefined) continue;
    if (claim.kind !== 'phone') return known;
    // Colleagues share numbers: only the same name makes it the same person.
    if (!(mailed && known.hasMail) && namesAgree(known.profile, profile)) return known;
    if (!mailed && claims.length === 1) return 'taken';
  }
  return undefined;
}

const plain = (text: string | undefined): string => (text ?? '').toLocaleLowerCase('en').replace(/[^\p{L}]/gu, '');
function namesAgree(a: Profile, b: Profile): boolean {
  const agree = (x: string | undefined, y: string | undefined): boolean => plain(x) === '' || plain(y) === '' || plain(x) === plain(y);
  return agree(a.lastName, b.lastName) && agree(a.firstName, b.firstName);
}

function create(desk: Desk, row: number, person: Claimant): RowOutcome {
  const draft = newDraft(newLeadId(), person.profile);
  desk.drafts.set(draft.leadId, draft);
  take(desk, draft, person.claims);
  Object.assign(draft, { file: desk.context.file, row, changed: true, enrols: true });
  join(desk, draft, person);
  return { row, as: 'created', leadId: draft.leadId };
}

function merge(desk: Desk, row: number, person: Claimant, known: Draft): RowOutcome {
  const same = known.file === desk.context.file && known.row !== undefined ? `row ${known.row}` : undefined;
  const changed = overlay(desk, row, person, known);
  const gained = take(desk, known, person.claims);
  const granted = join(desk, known, person);
  if (!changed && !gained && !granted) {
    const says = `Already known${same === undefined ? '' : ` from ${same}`}; nothing new.`;
    return { row, as: 'duplicate', leadId: known.leadId, ...(same === undefined ? {} : { of: same }), says };
  }
  known.enrols = true;
  return { row, as: 'updated', leadId: known.leadId };
}

/** A row of the same file fills blanks; another file's word replaces what was known. */
function overlay({ context }: Desk, row: number, person: Claimant, known: Draft): boolean {
  const { profile, changed } = mergeProfiles(
    known.profile,
    person.profile,
    (field) => known.file !== context.file && replacesIn(context.rules, field),
  );
  if (changed) Object.assign(known, { profile, file: context.file, row, changed, touched: true });
  return changed;
}

/** True when the lead has an identity it had not. What somebody else has stays theirs. */
function take({ byClaim }: Desk, draft: Draft, claims: readonly Claim[]): boolean {
  const free = claims.filter((claim) => !byClaim.has(claimName(claim)));
  for (const claim of free) {
    byClaim.set(claimName(claim), draft);
    draft.gained.push(claim);
    if (claim.kind === 'email') draft.hasMail = true;
  }
  if (free.length > 0) draft.touched = true;
  return free.length > 0;
}

/** On the list, with evidence of consent: the row's own word, else that of the whole list; a row that says no gives none. True when consent is new. */
function join({ context: { ask, now, all } }: Desk, draft: Draft, person: Claimant): boolean {
  const { consent, anonymous } = person;
  const stage = entryStage(all.entry ?? usualEntry, person);
  if (stage !== undefined) draft.stage = stage;
  draft.member = true;
  if (anonymous !== undefined) draft.visitors.add(anonymous);
  if (consent === false || (consent === undefined && ask.consent === undefined)) return false;
  draft.grants = true;
  const at = ask.consent?.obtainedAt ?? now;
  if (draft.consent === 'granted' || (draft.consent === 'withdrawn' && at <= draft.consentAt)) return false;
  Object.assign(draft, { consent: 'granted', consentAt: at, touched: true });
  return true;
}

/** Known people become customers; strangers who are customers are none of ours. */
function customer(desk: Desk, row: number, person: Claimant, known: Draft | undefined): RowOutcome {
  if (known === undefined) return { row, as: 'customer', says: 'Already a customer; not taken in as a lead.' };
  overlay(desk, row, person, known);
  return { row, as: 'customer', leadId: known.leadId, says: 'Already a customer; their profile is kept, nothing is sent to win them.' };
}

/** The list says this person does not want mail: remembered for the address, whoever imports it next. */
function refuse({ suppressed, refused }: Desk, row: number, { claims }: Claimant, known: Draft | undefined): RowOutcome {
  for (const { kind, key } of claims) {
    if (kind === 'external') continue;
    refused.add(key);
    suppressed.set(key, 'opt-out');
  }
  if (known !== undefined) known.touched = true;
  return {
    row,
    as: 'suppressed',
    ...idOf(known),
    says: 'The list says this person wants no mail; that is remembered and they are not contacted.',
  };
}
