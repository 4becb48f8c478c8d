/** `ripen explain --at`: score, grade, stage and lifecycle at a past moment, by what happened until then or by what was known then. */
import { asKnown, inHindsight, UnknownRef } from '../../workflows/core';
import type { Fact, Past, Published } from '../../workflows/core';
import { stagesJson, standingOf } from '../lead-at-hand';
import type { LeadAtHand, Standing } from '../lead-at-hand';
import { gradedBy, ledgersOf } from '../ledger';
import type { Brought, Ledger } from '../ledger';
import { ledgerText } from '../ledger-text';
import { inZone, pastMoment } from '../past-moment';
import { nameOfPerson } from '../people-at-hand';
import type { Context, Outcome } from '../ports';
import { blocks, date, inLocalTime, section, table, wrapped } from '../print';
import { failed, noSuchThing } from '../refusal';
import { qualificationWords, stageWords } from '../../workflows/speech/words';

export type PastOptions = { readonly at: string; readonly asKnown: boolean; readonly all: boolean };

export function explainPast(context: Context, lead: LeadAtHand, brought: Brought, options: PastOptions): Outcome {
  const at = pastMoment(options.at, '--at', context.toEngine(context.now()));
  const name = nameOfPerson(lead.found);
  const began = beginning(lead.facts, options.asKnown);
  if (began === undefined) throw noSuchThing(`Nothing has happened with ${name} yet.`);
  if (at < began)
    throw noSuchThing(
      `${name} was not known at ${inZone(at)}: the first thing ${options.asKnown ? 'recorded' : 'known'} is of ${date(began)}.`,
    );
  if (lead.published === undefined) throw failed('A past score cannot be counted without the published scoring models.');
  const past = counted(lead.published, lead, options.asKnown, at);
  return told(lead, past, ledgersOf(past.facts, past.state, brought), { ...options, moment: at });
}

function counted(published: Published, { found, facts }: LeadAtHand, known: boolean, at: number): Past {
  try {
    return (known ? asKnown : inHindsight)(published, found.leadId, facts, at);
  } catch (error) {
    if (!(error instanceof UnknownRef)) throw error;
    throw failed(
      `The scoring model ${error.ref}, by which the points count, is not published here. What was known then is shown by --as-known.`,
    );
  }
}

/** The first thing that happened, or that was recorded. */
const beginning = (facts: readonly Fact[], known: boolean): number | undefined =>
  facts.length === 0 ? undefined : Math.min(...facts.map((fact) => (known ? fact.recordedAt : fact.occurredAt)));

function told(
  lead: LeadAtHand,
  { state, facts }: Past,
  ledgers: readonly Ledger[],
  options: PastOptions & { readonly moment: number },
): Outcome {
  const standing = standingOf({ ...lead, state });
  const of = <T extends 'StageChanged' | 'QualificationChanged'>(type: T) =>
    facts.filter((fact): fact is Extract<Fact, { type: T }> => fact.type === type);
  const [stages, lifecycle] = [of('StageChanged'), of('QualificationChanged')];
  const sorted = [...ledgers].sort((a, b) => Number(b.model === standing.model) - Number(a.model === standing.model));
  return {
    says: blocks(
      `${nameOfPerson(lead.found)}, lead ${lead.found.leadId}, at ${inZone(options.moment)}`,
      wrapped(
        options.asKnown
          ? 'As it was known then: what was recorded until that moment, counted by the rules it was counted by.'
          : 'As it is known today: what had happened until that moment, also what was learnt of it later. What was known then is shown by --as-known.',
      ),
      ...sorted.map((ledger) => ledgerText(ledger, ledger.model === standing.model ? standing.score : undefined, options.all)),
      ledgers.some(({ model }) => model === standing.model)
        ? undefined
        : section(`Score ${standing.score}`, 'Nothing had been scored yet.'),
      section(`Grade ${standing.grade}, ${standing.temperature.is}`, gradeText(standing, facts)),
      section(
        `Stage: ${stageWords[state.stage ?? 'none']}`,
        changes(stages.map(({ occurredAt, to, because }) => [occurredAt, stageWords[to], because])),
      ),
      section(
        `Lifecycle stage: ${qualificationWords[state.qualification]}`,
        changes(lifecycle.map(({ occurredAt, to, because }) => [occurredAt, qualificationWords[to], lead.reps.in(because)])),
      ),
    ),
    json: {
      ok: ledgers.every(({ sum, total }) => sum === total),
      lead: lead.found.leadId,
      at: options.moment,
      asKnown: options.asKnown,
      ...standing,
      ledgers: sorted,
      ...stagesJson(state, stages, lifecycle),
    },
    ...(ledgers.every(({ sum, total }) => sum === total) ? {} : { exit: 1 as const }),
  };
}

function gradeText({ temperature, model }: Standing, facts: readonly Fact[]): string {
  const last = gradedBy(facts, model);
  const fit =
    last === undefined ? 'Nothing was known about the person yet.' : `The fit of the profile was ${last.fit} by model ${last.model}.`;
  return wrapped(`${fit} The temperature is by ${temperature.by === 'bant' ? 'what was known of budget, need and time' : 'the score'}.`);
}

const changes = (rows: readonly (readonly [number, string, string])[]): string =>
  rows.length === 0
    ? 'Nothing had changed it yet.'
    : table(
        ['when', 'to', { title: 'because', flexible: true }],
        rows.map(([at, to, because]) => [date(at), to, inLocalTime(because)]),
      );
