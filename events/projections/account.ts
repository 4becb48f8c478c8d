/** The account of a whole installation as a fold over decisions: leads, mails, hand-offs, what was not sent and why. Knows no stream and no database. */
import type { Decision, Fact } from '../../workflows/core/facts';
import type { Qualification, Stage } from '../stripped';

/** Number of hand-offs that were ever offered to the rep, accepted by them, and so on. */
export type RepAccount = {
  offered: number;
  accepted: number;
  contacted: number;
  rejected: number;
  won: number;
  lost: number;
  withdrawn: number;
};

export type Account = {
  readonly leads: number;
  readonly erased: number;
  readonly decisions: number;
  readonly facts: number;
  /** Where the leads are now; `none` before any stage. */
  readonly byStage: Readonly<Partial<Record<Stage | 'none', number>>>;
  readonly byQualification: Readonly<Partial<Record<Qualification, number>>>;
  readonly mails: {
    readonly sent: number;
    /** By content id, all versions together. */ readonly byContent: Readonly<Record<string, number>>;
  };
  readonly withheld: { readonly total: number; readonly byReason: Readonly<Record<string, number>> };
  readonly refused: { readonly total: number; readonly byReason: Readonly<Record<string, number>> };
  /** Sends still unknown; settled ones have left. */
  readonly uncertain: number;
  readonly handOffs: RepAccount & { readonly requested: number; readonly byRep: Readonly<Record<string, RepAccount>> };
  /** By sequence id: ever enrolled, and still open. */
  readonly enrolments: Readonly<Record<string, { readonly ever: number; readonly open: number }>>;
  /** `at` of the newest decision, engine's clock; 0 before any. */
  readonly asOfAt: number;
};

type LeadEntry = {
  stage: Stage | 'none';
  qualification: Qualification;
  erased: boolean;
  /** Enrolment id -> sequence id, open ones. */
  readonly open: Map<string, string>;
  /** Effect -> content of sends whose fate is unknown. */
  readonly uncertain: Map<string, string>;
  readonly rep: Map<number, string>;
};

export type AccountLedger = {
  add(decision: Decision): void;
  account(): Account;
};

type Counts = Record<string, number>;
const count = (counts: Counts, key: string, by = 1): void => void (counts[key] = (counts[key] ?? 0) + by);
const sum = (counts: Counts): number => Object.values(counts).reduce((total, number) => total + number, 0);
const noHandOffs = (): RepAccount => ({ offered: 0, accepted: 0, contacted: 0, rejected: 0, won: 0, lost: 0, withdrawn: 0 });
/** `id` of `id@version#digest`. */
export const idOfRef = (ref: string): string => ref.split('@', 1)[0] ?? ref;

/** Decisions in any order across leads, in the order of the log within one. */
export function accountLedger(): AccountLedger {
  const leads = new Map<string, LeadEntry>();
  const total = { decisions: 0, facts: 0, requested: 0, asOfAt: 0 };
  const byContent: Counts = {};
  const withheld: Counts = {};
  const refused: Counts = {};
  const everEnrolled: Counts = {};
  const byRep: Record<string, RepAccount> = {};

  const entryOf = (leadId: string): LeadEntry => {
    const found = leads.get(leadId) ?? {
      stage: 'none',
      qualification: 'suspect',
      erased: false,
      open: new Map(),
      uncertain: new Map(),
      rep: new Map(),
    };
    leads.set(leadId, found);
    return found;
  };
  const handOff = (rep: string | undefined, what: keyof RepAccount): void => void ((byRep[rep ?? 'nobody'] ??= noHandOffs())[what] += 1);

  const apply = (lead: LeadEntry, fact: Fact): void => {
    switch (fact.type) {
      case 'StageChanged':
        lead.stage = fact.to;
        break;
      case 'QualificationChanged':
        lead.qualification = fact.to;
        break;
      case 'Enrolled':
        lead.open.set(fact.enrolment, idOfRef(fact.sequence));
        count(everEnrolled, idOfRef(fact.sequence));
        break;
      case 'EnrolmentEnded':
        lead.open.delete(fact.enrolment);
        break;
      case 'TouchSent':
        lead.uncertain.delete(fact.effect);
        count(byContent, idOfRef(fact.content));
        break;
      case 'TouchWithheld':
        count(withheld, fact.because);
        break;
      case 'TouchRefused':
        count(refused, fact.because);
        break;
      case 'TouchUncertain':
        lead.uncertain.set(fact.effect, idOfRef(fact.content));
        break;
      case 'UncertainSettled':
        if (fact.sent && lead.uncertain.has(fact.effect)) count(byContent, lead.uncertain.get(fact.effect) ?? '');
        lead.uncertain.delete(fact.effect);
        break;
      case 'HandOffRequested':
        total.requested += 1;
        break;
      case 'HandOffOffered':
        lead.rep.set(fact.handOff, fact.rep);
        handOff(fact.rep, 'offered');
        break;
      case 'HandOffAccepted':
        lead.rep.set(fact.handOff, fact.rep);
        handOff(fact.rep, 'accepted');
        break;
      case 'HandOffContacted':
        handOff(fact.rep, 'contacted');
        break;
      case 'HandOffClosed':
        handOff(lead.rep.get(fact.handOff), fact.as);
        break;
      case 'LeadErased':
        lead.erased = true;
        break;
      case 'LeadRestated':
        restate(lead, fact.state);
        break;
      default:
        // Every other fact changes nothing that is counted here.
        break;
    }
  };

  return {
    add(decision) {
      const lead = entryOf(decision.lead);
      total.decisions += 1;
      total.facts += decision.facts.length;
      total.asOfAt = Math.max(total.asOfAt, decision.at);
      for (const fact of decision.facts) apply(lead, fact);
    },
    account() {
      const byStage: Counts = {};
      const byQualification: Counts = {};
      const open: Counts = {};
      let uncertain = 0;
      let erased = 0;
      for (const lead of leads.values()) {
        uncertain += lead.uncertain.size;
        if (lead.erased) erased += 1;
        else {
          count(byStage, lead.stage);
          count(byQualification, lead.qualification);
        }
        for (const sequence of lead.open.values()) count(open, sequence);
      }
      const all = noHandOffs();
      for (const rep of Object.values(byRep)) for (const what of Object.keys(all) as (keyof RepAccount)[]) all[what] += rep[what];
      return {
        leads: leads.size,
        erased,
        decisions: total.decisions,
        facts: total.facts,
        byStage,
        byQualification,
        mails: { sent: sum(byContent), byContent: { ...byContent } },
        withheld: { total: sum(withheld), byReason: { ...withheld } },
        refused: { total: sum(refused), byReason: { ...refused } },
        uncertain,
        handOffs: { ...all, requested: total.requested, byRep: structuredClone(byRep) },
        enrolments: Object.fromEntries(
          Object.entries(everEnrolled).map(([sequence, ever]) => [sequence, { ever, open: open[sequence] ?? 0 }]),
        ),
        asOfAt: total.asOfAt,
      };
    },
  };
}

/** A lead set whole: what is counted by state follows it, what was counted by fact stays counted. */
function restate(lead: LeadEntry, state: Extract<Fact, { type: 'LeadRestated' }>['state']): void {
  lead.stage = state.stage ?? 'none';
  lead.qualification = state.qualification;
  lead.erased = state.erased === true;
  lead.open.clear();
  for (const [enrolment, { sequence }] of Object.entries(state.enrolments)) lead.open.set(enrolment, idOfRef(sequence));
  for (const effect of lead.uncertain.keys()) if (!state.uncertain.includes(effect)) lead.uncertain.delete(effect);
  if (state.handOff?.rep !== undefined) lead.rep.set(state.handOff.number, state.handOff.rep);
}

export function accountOf(decisions: Iterable<Decision>): Account {
  const ledger = accountLedger();
  for (const decision of decisions) ledger.add(decision);
  return ledger.account();
}
