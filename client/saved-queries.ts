/** The questions an operator asks Temporal's list of leads; the README, the web UI and `ripen stuck` use these very strings. Knows no client. */

/** Instants on the real clock, epoch ms. */
export type Moments = { readonly nowAt: number; readonly overdueBeforeAt: number; readonly startedBeforeAt: number };
export type SavedQuery = { readonly title: string; readonly means: string; readonly query: (moments: Moments) => string };

const running = `WorkflowType = 'nurtureLead' AND ExecutionStatus = 'Running'`;
const instant = (at: number): string => `'${new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')}'`;
/** Words of `LeadWaitingFor` behind which a person stands. */
const onPeople = ['a rep', 'rep to accept', 'rep to contact', 'won or lost', 'resume'] as const;
const list = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ');

export const savedQueries = {
  overdue: {
    title: 'Overdue',
    means: 'Should have acted some time ago and has not.',
    query: ({ overdueBeforeAt }) => `${running} AND LeadDueAt < ${instant(overdueBeforeAt)}`,
  },
  failing: {
    title: 'Failing',
    means: 'Cannot decide, or its worker fails on it.',
    query: () => `${running} AND (LeadProblem IS NOT NULL OR TemporalReportedProblems IS NOT NULL)`,
  },
  people: {
    title: 'Waiting on people',
    means: 'A sales rep or an operator has the next word.',
    query: () => `${running} AND (LeadSlaDueAt IS NOT NULL OR LeadWaitingFor IN (${list(onPeople)}))`,
  },
  'dead-end': {
    title: 'Dead end',
    means: 'Nothing will happen by itself and nobody was asked.',
    query: ({ startedBeforeAt }) =>
      `${running} AND LeadDueAt IS NULL AND LeadProblem IS NULL AND LeadSlaDueAt IS NULL AND StartTime < ${instant(startedBeforeAt)} AND (LeadWaitingFor IS NULL OR LeadWaitingFor NOT IN (${list(onPeople)}))`,
  },
} as const satisfies Readonly<Record<string, SavedQuery>>;

export type SavedQueryName = keyof typeof savedQueries;

/** One rep, one stage, one sequence, for the web UI's filter. */
export const filterQueries = {
  rep: (rep: string): string => `${running} AND LeadRep = '${rep}'`,
  place: (sequence: string, stage: string): string => `${running} AND LeadSequence = '${sequence}' AND LeadStage = '${stage}'`,
  /** Leads on one of these versions of a sequence, `saas-trial@2`. */
  versions: (versions: readonly string[]): string => `${running} AND LeadSequence IN (${list(versions)})`,
  problems: (): string => `${running} AND LeadProblem IS NOT NULL`,
} as const;
