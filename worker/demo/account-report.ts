/** The demo's account as people read it and as one JSON line. Counts come from FACTS; what the mail server holds stands beside them. Pure. */
import type { Account } from '../../events/projections/account';
import type { RowOutcome } from '../../events/requests';
import type { Comparison, Told } from './compare';

export type DemoResult = {
  /** Rows of the list, empty ones apart. */
  readonly rows: number;
  readonly outcomes: readonly RowOutcome[];
  readonly account: Account;
  readonly comparison: Comparison;
  readonly breached: Told['breached'];
  /** Effects that never ended, in words. */
  readonly faults: readonly string[];
  /** Rep id -> name. */
  readonly repNames: ReadonlyMap<string, string>;
  /** What people and reps did, by name. */
  readonly deeds: ReadonlyMap<string, number>;
  readonly mailFolder: string;
  readonly uiUrl?: string;
  /** Real seconds from the start. */
  readonly seconds: number;
};

/** Each a sentence; empty = the demo held what it promises. */
export const faultsOf = ({ comparison, account, faults }: DemoResult): readonly string[] => [
  ...comparison.differences,
  ...(account.uncertain > 0 ? [`${account.uncertain} sends are uncertain`] : []),
  ...faults,
];

export function closingLine(result: DemoResult): Record<string, unknown> {
  const { account, comparison, outcomes } = result;
  const as = (...kinds: readonly RowOutcome['as'][]): number => outcomes.filter((outcome) => kinds.includes(outcome.as)).length;
  return {
    ok: faultsOf(result).length === 0,
    rows: result.rows,
    leads: {
      created: as('created'),
      rejected: as('rejected'),
      duplicates: as('duplicate', 'updated'),
      customers: as('customer'),
      byStage: account.byStage,
      byQualification: account.byQualification,
    },
    mails: {
      sent: account.mails.sent,
      received: comparison.received,
      duplicates: comparison.duplicates,
      toReps: comparison.toReps,
      refused: account.refused.total,
      byContent: account.mails.byContent,
    },
    uncertain: account.uncertain,
    handOffs: { ...account.handOffs, breached: result.breached },
    withheld: account.withheld.total,
    withheldByReason: account.withheld.byReason,
    enrolments: account.enrolments,
    facts: account.facts,
    decisions: account.decisions,
    seconds: result.seconds,
    faults: faultsOf(result),
  };
}

/** For a terminal of 100 columns. */
export function accountText(result: DemoResult): string {
  const { account, outcomes } = result;
  return [
    section('The list', [
      [`${result.rows} rows`, ''],
      ...counted(outcomes.map(describe)).map(([what, times]) => [what, String(times)] as const),
    ]),
    section('Leads by stage', inOrder(account.byStage, ['none', 'awareness', 'consideration', 'decision', 'customer'])),
    section('Leads by lifecycle stage', byNumber(account.byQualification)),
    section(
      'In sequence',
      Object.entries(account.enrolments).map(([sequence, { ever, open }]) => [sequence, `${ever} ever, ${open} still`]),
    ),
    section('Mails by content', byNumber(account.mails.byContent)),
    section('Hand-offs by rep', handOffs(result)),
    section('Not sent, by reason', [
      ...byNumber(account.withheld.byReason),
      ...byNumber(account.refused.byReason).map(([why, n]) => [`refused: ${why}`, n] as const),
    ]),
    section('What people did', byNumber(Object.fromEntries(result.deeds))),
    section('Held against the mail server', [
      ['mails sent by the log', String(account.mails.sent)],
      ['Message-IDs to leads received', String(result.comparison.received)],
      ['mails twice', String(result.comparison.duplicates)],
      ['mails to reps', String(result.comparison.toReps)],
      ['delivery unknown', String(account.uncertain)],
      ['facts in the log', `${account.facts} in ${account.decisions} decisions`],
    ]),
    section('Where to look', [
      ['mails as files', result.mailFolder],
      ...(result.uiUrl === undefined ? [] : [['Temporal UI', result.uiUrl] as const]),
      ['took', `${result.seconds} seconds`],
    ]),
  ].join('\n');
}

type Line = readonly [what: string, value: string];

const section = (title: string, lines: readonly Line[]): string =>
  `\n${title}\n${lines.length === 0 ? '  none\n' : lines.map(([what, value]) => `  ${what.padEnd(30)} ${value}`.trimEnd()).join('\n')}`;

const describe = (outcome: RowOutcome): string => (outcome.as === 'rejected' ? `rejected: ${outcome.code}` : outcome.as);

/** Most frequent first. */
function counted(values: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a);
}

const byNumber = (counts: Readonly<Record<string, number | undefined>>): readonly Line[] =>
  Object.entries(counts)
    .toSorted(([, a = 0], [, b = 0]) => b - a)
    .map(([what, number = 0]) => [what, String(number)]);

const inOrder = (counts: Readonly<Record<string, number | undefined>>, order: readonly string[]): readonly Line[] =>
  order.flatMap((name) => (counts[name] === undefined ? [] : [[name, String(counts[name])] as const]));

const handOffs = ({ account, repNames, breached }: DemoResult): readonly Line[] => [
  ...Object.entries(account.handOffs.byRep).map(([rep, of]): Line => [
    repNames.get(rep) ?? rep,
    `${of.offered} offered, ${of.accepted} accepted, ${of.contacted} contacted, ${of.rejected} rejected, ${of.won} won, ${of.lost} lost`,
  ]),
  ['(time ran out)', `to accept ${breached.accept}, to contact ${breached.contact}`],
];
