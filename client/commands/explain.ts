/** `ripen explain`: why this score, why this stage, why it waits, and why something was not sent. */
import type { Fact, LeadState } from '../../workflows/core';
import { closenessOf, personAt } from '../../workflows/core';
import { readLead, reasons, standingOf } from '../lead-at-hand';
import type { LeadAtHand } from '../lead-at-hand';
import { ledgersOf } from '../ledger';
import type { Entry, Ledger } from '../ledger';
import { findLead, nameOfPerson } from '../people-at-hand';
import type { Context, Outcome } from '../ports';
import { blocks, count, date, inLocalTime, points, section, span, table, wrapped } from '../print';
import { bantRows } from '../../workflows/speech/bant-words';
import { capWords, qualificationWords, ruleWord, stageWords, versionOf, withheldWord } from '../../workflows/speech/words';
import { verb } from '../verb';
import type { Cli } from '../verb';

export const addExplain = (cli: Cli): void =>
  verb<{ readonly all?: boolean }>(
    cli,
    {
      usage: 'explain <lead>',
      does: 'Why a person has this score and this stage, why the engine waits, and why something was not sent.',
      examples: ['explain asha@example.com'],
    },
    (command) => command.option('--all', 'every entry of points, however old'),
    explain,
  );

/** More are summed up in one line unless asked for. */
const mostEntries = 40;

async function explain(context: Context, { all }: { readonly all?: boolean }, who?: string): Promise<Outcome> {
  const found = await findLead(context, who);
  const lead = await readLead(context, found);
  const { state, facts } = lead;
  const standing = standingOf(lead);
  const ledgers = [...ledgersOf(facts, state)].sort((a, b) => Number(b.model === standing.model) - Number(a.model === standing.model));
  const waiting = reasons(lead, context.toEngine(context.now()));
  const notSent = facts.flatMap((fact) =>
    fact.type === 'TouchWithheld'
      ? [{ at: fact.recordedAt, message: fact.touch, content: versionOf(fact.content), because: fact.because }]
      : [],
  );
  const stages = facts.filter((fact) => fact.type === 'StageChanged');
  const lifecycle = facts.filter((fact) => fact.type === 'QualificationChanged');
  const says = blocks(
    `${nameOfPerson(found)}, lead ${found.leadId}`,
    ...ledgers.map((ledger) =>
      ledgerText(ledger, ledger.model === standing.model ? standing.score : undefined, all === true ? Infinity : mostEntries),
    ),
    ledgers.length === 0 ? section(`Score ${standing.score}`, 'Nothing has been scored yet.') : undefined,
    section(
      `Grade ${standing.grade}, ${standing.temperature.is}`,
      wrapped(
        `${gradeText(facts)} The temperature is by ${standing.temperature.by === 'bant' ? 'what is known of budget, need and time' : 'the score'}.`,
      ),
    ),
    section('Budget, authority, need, timing and pain', bantText(state, context)),
    fitText(lead, context),
    section(
      `Stage: ${stageWords[state.stage ?? 'none']}`,
      changesText(
        stages.map(({ occurredAt, to, because }) => [occurredAt, stageWords[to], because]),
        'No phase with a stage was entered yet.',
      ),
    ),
    section(
      `Lifecycle stage: ${qualificationWords[state.qualification]}`,
      changesText(
        lifecycle.map(({ occurredAt, to, because }) => [occurredAt, qualificationWords[to], lead.reps.in(because)]),
        'Nothing qualified the person yet.',
      ),
    ),
    section('Why it waits', waiting.length === 0 ? 'It cannot be said now.' : waiting.map((each) => wrapped(each)).join('\n')),
    section(
      'Not sent',
      notSent.length === 0
        ? 'Every message that was due was sent.'
        : table(
            ['when', 'message', { title: 'why', flexible: true }],
            notSent.map(({ at, message, because }) => [date(at), message, withheldWord(because)]),
          ),
    ),
    state.uncertain.length === 0
      ? undefined
      : section(
          'Delivery unknown',
          wrapped(
            `${state.uncertain.join(', ')}. Settle with \`ripen uncertain settle ${found.leadId} ${state.uncertain[0]} --sent\` or --not-sent.`,
          ),
        ),
  );
  return {
    says,
    json: {
      ok: true,
      lead: found.leadId,
      ...standing,
      ledgers,
      stage: state.stage,
      stageChanges: stages.map(({ occurredAt, from, to, because }) => ({ at: occurredAt, from, to, because })),
      bant: state.bant ?? {},
      ...(state.pain === undefined ? {} : { pain: state.pain }),
      qualification: state.qualification,
      qualificationChanges: lifecycle.map(({ occurredAt, from, to, because }) => ({ at: occurredAt, from, to, because })),
      waiting,
      notSent: notSent.map((each) => ({ ...each, says: withheldWord(each.because) })),
      uncertain: state.uncertain,
    },
  };
}

/** Where there are personas. */
function fitText({ published, state }: LeadAtHand, context: Context): string | undefined {
  if (published === undefined || Object.keys(published.settings.personas ?? {}).length === 0) return undefined;
  const { fit, persona } = closenessOf(personAt(published, state, Math.max(context.toEngine(context.now()), state.at)));
  return section(
    `Fit ${fit} of 10`,
    wrapped(`The nearest persona is ${persona ?? 'none'}; the fit is the weighted share of what it asks that holds.`),
  );
}

function bantText({ bant, pain }: LeadState, context: Context): string {
  if (bant === undefined && pain === undefined)
    return 'Nothing is known; forms, surveys, calls and `ripen engage LEAD rep.noted --data need=urgent` tell.';
  const now = context.toEngine(context.now());
  return table(
    ['', 'is', 'from', { title: 'since', flexible: true }],
    bantRows(bant, pain).map(({ slot, is, from, at }) => [slot, is, from, at === undefined ? '' : `${date(at)}, ${span(now - at)} ago`]),
  );
}

function ledgerText({ model, ref, entries, sum }: Ledger, score: number | undefined, most: number): string {
  const shown = entries.slice(-Math.min(most, entries.length));
  const earlier = entries.slice(0, entries.length - shown.length);
  const rows = [
    ...(earlier.length === 0
      ? []
      : [
          [
            '',
            count(earlier.length, 'earlier entry', 'earlier entries'),
            '',
            '',
            points(
              earlier.reduce((total, { counted }) => total + counted, 0),
              true,
            ),
            '',
          ],
        ]),
    ...shown.map((entry) => [
      date(entry.at),
      entry.what,
      entry.rule === undefined ? '' : ruleWord(entry.rule),
      entry.rule === undefined ? '' : points(entry.raw, true),
      points(entry.counted, true),
      noteOf(entry, ref),
    ]),
    ['', 'sum', '', '', points(sum), ''],
  ];
  const columns = [
    'when',
    'what',
    'rule',
    { title: 'worth', align: 'right' as const },
    { title: 'counted', align: 'right' as const },
    { title: 'note', flexible: true },
  ];
  const title = score === undefined ? `Points by ${model} (does not decide)` : `Score ${score}`;
  return section(
    title,
    blocks(
      score === undefined ? undefined : `${points(sum)} points by model ${ref}. The score is the points, whole and from 1 to 100.`,
      table(columns, rows),
    ),
  );
}

function noteOf({ capped, decayPercent, by }: Entry, ref: string): string {
  const notes = [
    capped === undefined ? undefined : capWords[capped],
    decayPercent === undefined ? undefined : `${decayPercent}% left by age`,
    by === ref ? undefined : `by ${by}`,
  ];
  return notes.filter((note) => note !== undefined).join(', ');
}

function gradeText(facts: readonly Fact[]): string {
  const last = facts.findLast((fact) => fact.type === 'GradeChanged');
  return last === undefined ? 'Nothing is known about the person yet.' : `The fit of the profile is ${last.fit} by model ${last.model}.`;
}

const changesText = (changes: readonly (readonly [number, string, string])[], none: string): string =>
  changes.length === 0
    ? none
    : table(
        ['when', 'to', { title: 'because', flexible: true }],
        changes.map(([at, to, because]) => [date(at), to, inLocalTime(because)]),
      );
