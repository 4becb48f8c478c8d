/** `ripen explain`: why this score, why this stage, why it waits, and why something was not sent. */
import type { Fact, LeadState } from '../../workflows/core';
import { closenessOf, personAt } from '../../workflows/core';
import { chancesOf, chanceText } from '../chance';
import { readLead, reasons, stagesJson, standingOf } from '../lead-at-hand';
import type { LeadAtHand } from '../lead-at-hand';
import { gradedBy, ledgersOf } from '../ledger';
import type { Brought } from '../ledger';
import { ledgerText } from '../ledger-text';
import { findLead, nameOfPerson } from '../people-at-hand';
import type { Context, Outcome } from '../ports';
import { blocks, date, inLocalTime, section, span, table, wrapped } from '../print';
import { wrongUsage } from '../refusal';
import { bantRows } from '../../workflows/speech/bant-words';
import { qualificationWords, stageWords, versionOf, withheldWord } from '../../workflows/speech/words';
import { verb } from '../verb';
import type { Cli } from '../verb';
import { explainPast } from './explain-past';

type Options = { readonly all?: boolean; readonly at?: string; readonly asKnown?: boolean };

export const addExplain = (cli: Cli): void =>
  verb<Options>(
    cli,
    {
      usage: 'explain <lead>',
      does: 'Why a person has this score and this stage, why the engine waits, and why something was not sent; or how it was at a past moment.',
      examples: [
        'explain asha@example.com',
        'explain asha@example.com --at "3 days ago"',
        'explain asha@example.com --at 2026-11-02T14:30:00+01:00 --as-known',
      ],
      more:
        '--at shows score, grade, stage and lifecycle by what had happened until then, as it is known today; --as-known by what had been\n' +
        "recorded until then. A time without a zone is this machine's; a day is its beginning.",
    },
    (command) =>
      command
        .option('--all', 'every entry of points, however old')
        .option('--at <moment>', 'at that past moment: a date, a date with time, or for example "3 days ago"')
        .option('--as-known', 'with --at: by what was known then, not by what was learnt of it since'),
    explain,
  );

async function explain(context: Context, { all = false, at, asKnown = false }: Options, who?: string): Promise<Outcome> {
  if (asKnown && at === undefined) throw wrongUsage('--as-known goes with --at: say the moment.');
  const found = await findLead(context, who);
  const lead = await readLead(context, found);
  const { state, facts } = lead;
  const brought = await broughtTo(context, facts);
  if (at !== undefined) return explainPast(context, lead, brought, { at, asKnown, all });
  const standing = standingOf(lead);
  const ledgers = [...ledgersOf(facts, state, brought)].sort(
    (a, b) => Number(b.model === standing.model) - Number(a.model === standing.model),
  );
  const chances = chancesOf(lead.published, state);
  const explained = ledgers.every(({ sum, total }) => sum === total);
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
    ...chances.map(chanceText),
    ...ledgers
      .filter(({ model }) => all || !chances.some((one) => one.model === model))
      .map((ledger) => ledgerText(ledger, ledger.model === standing.model ? standing.score : undefined, all)),
    ledgers.length === 0 ? section(`Score ${standing.score}`, 'Nothing has been scored yet.') : undefined,
    section(
      `Grade ${standing.grade}, ${standing.temperature.is}`,
      wrapped(
        `${gradeText(facts, standing.model)} The temperature is by ${standing.temperature.by === 'bant' ? 'what is known of budget, need and time' : 'the score'}.`,
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
    ...(explained ? {} : { exit: 1 as const }),
    json: {
      ok: explained,
      lead: found.leadId,
      ...standing,
      ledgers,
      chances,
      ...stagesJson(state, stages, lifecycle),
      waiting,
      notSent: notSent.map((each) => ({ ...each, says: withheldWord(each.because) })),
      uncertain: state.uncertain,
    },
  };
}

/** The events of leads that were merged into this one, whose points came with them. */
async function broughtTo(context: Context, facts: readonly Fact[]): Promise<Brought> {
  const brought = new Map<string, string>();
  for (const fact of facts)
    if (fact.type === 'LeadAbsorbed')
      for (const theirs of await context.facts(fact.from)) if (theirs.type === 'EngagementRecorded') brought.set(theirs.id, fact.from);
  return brought;
}

/** Where there are personas. */
function fitText({ published, state }: LeadAtHand, context: Context): string | undefined {
  if (published === undefined || Object.keys(published.settings.personas ?? {}).length === 0) return undefined;
  const { fit, persona } = closenessOf(personAt(published, state, Math.max(context.toEngine(context.now()), state.at)));
  return section(
    `Fit ${fit} of 10`,
    wrapped(
      persona === undefined
        ? 'Nothing holds of what the personas of the settings ask.'
        : `The nearest persona is ${persona}; the fit is the weighted share of what it asks that holds.`,
    ),
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

function gradeText(facts: readonly Fact[], model: string | undefined): string {
  const last = gradedBy(facts, model);
  return last === undefined ? 'Nothing is known about the person yet.' : `The fit of the profile is ${last.fit} by model ${last.model}.`;
}

const changesText = (changes: readonly (readonly [number, string, string])[], none: string): string =>
  changes.length === 0
    ? none
    : table(
        ['when', 'to', { title: 'because', flexible: true }],
        changes.map(([at, to, because]) => [date(at), to, inLocalTime(because)]),
      );
