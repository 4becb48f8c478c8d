/** One lead's row of the summary table as a fold over its decisions, and the hand-off changes a decision brings. Knows no database. */
import type { Decision, Fact, FactOf } from '../../workflows/core/facts';
import type { Qualification, Stage } from '../stripped';
import { idOfRef } from './account';

/** Plain JSON; what the table shows is derived from it by `columnsOf`. */
export type LeadSummary = {
  readonly stage?: Stage;
  readonly qualification: Qualification;
  /** Sum of point changes per model id, thousandths; the newest model that moved is the one shown. */
  readonly points: Readonly<Record<string, number>>;
  readonly model?: string;
  /** Open enrolments: id -> sequence id. */
  readonly enrolments: Readonly<Record<string, string>>;
  readonly uncertain: readonly string[];
  readonly unassigned?: boolean;
  readonly braked?: boolean;
  readonly erased?: boolean;
  /** Engine's clock. */
  readonly lastFactAt: number;
  /** The last thing they did themselves, as far as we know; engine's clock. */
  readonly engagedAt?: number;
};

export const emptySummary: LeadSummary = { qualification: 'suspect', points: {}, enrolments: {}, uncertain: [], lastFactAt: 0 };

export type SummaryColumns = {
  readonly stage?: Stage;
  readonly qualification: Qualification;
  /** 1..100, 0 for nothing seen. */ readonly score: number;
  readonly sequence: string;
  readonly problem?: string;
};

export function columnsOf(row: LeadSummary): SummaryColumns {
  const points = row.model === undefined ? undefined : row.points[row.model];
  const problem =
    row.uncertain.length > 0 ? 'send-uncertain' : row.braked === true ? 'hand-off-brake' : row.unassigned === true ? 'no-reps' : undefined;
  return {
    qualification: row.qualification,
    score: points === undefined ? 0 : Math.min(100, Math.max(1, Math.round(points / 1_000))),
    sequence: [...new Set(Object.values(row.enrolments))].sort().join(' '),
    ...(row.stage === undefined ? {} : { stage: row.stage }),
    ...(problem === undefined ? {} : { problem }),
  };
}

const without = <T>(record: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
const addPoints = (row: LeadSummary, ref: string, delta: number): LeadSummary => {
  const model = idOfRef(ref);
  return { ...row, model, points: { ...row.points, [model]: (row.points[model] ?? 0) + delta } };
};

/** Said of somebody, or done to them; an open may be a machine's whoever it is said of. */
const passive: ReadonlySet<string> = new Set([
  'email.delivered',
  'email.bounced',
  'email.complained',
  'email.unsubscribed',
  'account.engaged',
  'account.noticed',
  'deal.opened',
  'deal.lost',
  'referral.invited',
  'referral.won',
  'rep.noted',
  'person.enriched',
  'engagement.retracted',
  'contract.set',
  'order.delivered',
  'webinar.rescheduled',
]);

function active(row: LeadSummary, { event, actor, occurredAt }: FactOf<'EngagementRecorded'>): LeadSummary {
  if (passive.has(event) || actor === 'machine' || (event === 'email.opened' && actor !== 'human')) return row;
  return { ...row, engagedAt: Math.max(row.engagedAt ?? 0, occurredAt) };
}

/** 0: they never did anything. */
function lastActive(row: LeadSummary, at: number): LeadSummary {
  const { engagedAt: _, ...rest } = row;
  return at === 0 ? rest : { ...rest, engagedAt: at };
}

function step(row: LeadSummary, fact: Fact): LeadSummary {
  switch (fact.type) {
    case 'EngagementRecorded':
      return active(row, fact);
    case 'EngagementRetracted':
      return fact.lastEngagedAt === undefined ? row : lastActive(row, fact.lastEngagedAt);
    case 'StageChanged':
      return { ...row, stage: fact.to };
    case 'QualificationChanged':
      return { ...row, qualification: fact.to };
    case 'PointsChanged':
    case 'PointsDecayed':
    case 'PointsRetracted':
    case 'LeadRescored':
    case 'MatrixScored':
      return addPoints(row, fact.model, fact.delta);
    case 'Enrolled':
      return { ...row, enrolments: { ...row.enrolments, [fact.enrolment]: idOfRef(fact.sequence) } };
    case 'EnrolmentEnded':
      return { ...row, enrolments: without(row.enrolments, fact.enrolment) };
    case 'TouchUncertain':
      return { ...row, uncertain: [...row.uncertain, fact.effect] };
    case 'UncertainSettled':
    case 'TouchSent':
      return row.uncertain.includes(fact.effect) ? { ...row, uncertain: row.uncertain.filter((effect) => effect !== fact.effect) } : row;
    case 'HandOffUnassigned':
      return fact.because === 'hand-off-brake' ? { ...row, braked: true } : { ...row, unassigned: true };
    case 'HandOffOffered':
    case 'HandOffClosed':
      return { ...row, unassigned: false, ...(row.braked === undefined ? {} : { braked: false }) };
    case 'LeadErased':
      return { ...row, erased: true };
    case 'LeadRestated':
      return restated(row, fact.state);
    default:
      return row;
  }
}

function restated(row: LeadSummary, state: Extract<Fact, { type: 'LeadRestated' }>['state']): LeadSummary {
  const { stage: _, ...rest } = row;
  return {
    ...rest,
    ...(state.stage === undefined ? {} : { stage: state.stage }),
    qualification: state.qualification,
    points: Object.fromEntries(Object.values(state.scores).map(({ model, total }) => [idOfRef(model), total])),
    enrolments: Object.fromEntries(Object.entries(state.enrolments).map(([id, { sequence }]) => [id, idOfRef(sequence)])),
    uncertain: state.uncertain,
    erased: state.erased === true,
  };
}

export const foldSummary = (row: LeadSummary, decision: Decision): LeadSummary => ({
  ...decision.facts.reduce(step, row),
  lastFactAt: Math.max(row.lastFactAt, decision.at),
});

export type HandOffChange = {
  readonly leadId: string;
  readonly handOff: number;
  readonly status: 'offered' | 'accepted' | 'contacted' | 'rejected' | 'won' | 'lost' | 'withdrawn';
  readonly rep?: string;
  /** Engine's clock. */
  readonly at: number;
};

/** What a decision did to hand-offs, in order. */
export function handOffChanges(decision: Decision): readonly HandOffChange[] {
  const of = (fact: Fact & { readonly handOff: number }, status: HandOffChange['status'], rep?: string): HandOffChange => ({
    leadId: decision.lead,
    handOff: fact.handOff,
    status,
    at: fact.occurredAt,
    ...(rep === undefined ? {} : { rep }),
  });
  return decision.facts.flatMap((fact): HandOffChange[] => {
    if (fact.type === 'HandOffOffered') return [of(fact, 'offered', fact.rep)];
    if (fact.type === 'HandOffAccepted') return [of(fact, 'accepted', fact.rep)];
    if (fact.type === 'HandOffContacted') return [of(fact, 'contacted', fact.rep)];
    if (fact.type === 'HandOffClosed') return [of(fact, fact.as)];
    return [];
  });
}
