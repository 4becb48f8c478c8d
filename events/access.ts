/** Who may do what: the roles of people at the command line, which requests each may make of the people role, and which words each may say to a lead. Knows no store. */
import type { Command } from '../workflows/core/inputs';
import type { Ask, PeopleVerb } from './requests';

/** marketer: lists, audiences, campaigns, content. rep: their leads. manager: all of both, approvals, lifting and erasing. operator: everything, credentials too. */
export const roles = ['marketer', 'rep', 'manager', 'operator'] as const;
export type Role = (typeof roles)[number];

type Allowed = readonly Role[];
const everyone: Allowed = roles;
const marketing: Allowed = ['marketer', 'manager', 'operator'];
const selling: Allowed = ['rep', 'manager', 'operator'];
const managing: Allowed = ['manager', 'operator'];
const operating: Allowed = ['operator'];

/** `repair` is whatever starts, ends or mends a lead's workflow as such. */
export type Word = Command['word'] | 'repair';

export const mayTell: Readonly<Record<Word, Allowed>> = {
  enrol: everyone,
  end: marketing,
  leave: marketing,
  move: marketing,
  upgrade: marketing,
  pause: everyone,
  resume: everyone,
  suppress: everyone,
  unsuppress: managing,
  accept: selling,
  contacted: selling,
  reject: selling,
  won: selling,
  lost: selling,
  settle: operating,
  rescore: managing,
  retract: managing,
  absorb: marketing,
  nudge: everyone,
  // An import that is taken back ends its leads; the people store's own erasure is a manager's.
  erase: marketing,
  repair: operating,
};

export const mayAsk: Readonly<Record<PeopleVerb, Allowed>> = {
  import: marketing,
  find: everyone,
  cards: everyone,
  suppress: everyone,
  reps: everyone,
  addRep: managing,
  handOffs: everyone,
  uncertain: everyone,
  settle: operating,
  publish: marketing,
  published: everyone,
  hold: everyone,
  reread: operating,
  messages: managing,
  record: managing,
  erase: managing,
  summary: everyone,
  imports: marketing,
  importLeads: marketing,
  takeBack: marketing,
  endUndo: marketing,
  addVendor: marketing,
  vendors: marketing,
  peoplePage: marketing,
  merge: marketing,
  lost: marketing,
  traitCounts: marketing,
  notDuplicates: marketing,
  mapping: marketing,
  leaders: everyone,
  brake: everyone,
  brakeAnswer: managing,
  stopSending: everyone,
  startSending: managing,
  sending: everyone,
  campaignDraft: marketing,
  campaignStart: marketing,
  campaigns: everyone,
  campaignReport: everyone,
  campaignWord: marketing,
  audienceFields: everyone,
  audienceCount: everyone,
  audienceSample: everyone,
  audienceWhy: everyone,
  audienceSave: marketing,
  audiences: everyone,
  accesses: operating,
  giveAccess: operating,
  endAccess: operating,
  permit: everyone,
};

/** The roles that may make this very request: lifting a suppression and approving a campaign are a manager's. */
export function rolesFor<V extends PeopleVerb>(verb: V, ask: Ask<V>): Allowed {
  if (verb === 'suppress' && (ask as Ask<'suppress'>).lift === true) return managing;
  if (verb === 'campaignWord' && (ask as Ask<'campaignWord'>).word === 'approve') return managing;
  return verb === 'permit' ? mayTell[(ask as Ask<'permit'>).word] : mayAsk[verb];
}

/** `a marketer, a manager or an operator may`. */
export function allowedWords(allowed: Allowed): string {
  const named = allowed.map((role) => `${role === 'operator' ? 'an' : 'a'} ${role}`);
  return `${named.length === 1 ? '' : `${named.slice(0, -1).join(', ')} or `}${named.at(-1) ?? 'nobody'} may`;
}
