/** One lead as it stands: person, stage, score, sequences, what comes next and why it waits. Knows no command. */
import type { PersonCard } from '../events/requests';
import { nextLookAt, readLead, reasons, standingOf, viewOf } from './lead-at-hand';
import { findLead, nameOfPerson } from './people-at-hand';
import type { Context, Outcome } from './ports';
import { blocks, date, table, wrapped } from './print';
import { noSuchThing } from './refusal';
import { problemWord, qualificationWords, stageWords, suppressionWord, versionOf } from '../workflows/speech/words';

export async function statusOfOne(context: Context, who: string): Promise<Outcome> {
  const found = await findLead(context, who);
  const lead = await readLead(context, found);
  const { state, facts } = lead;
  const view = await viewOf(context, found.leadId);
  if (facts.length === 0 && found.person === undefined) throw noSuchThing(`There is no lead "${who}".`);
  const { score, grade, temperature, model } = standingOf(lead);
  const wakeAt = view === undefined ? undefined : nextLookAt(context, lead, view);
  const why = reasons(lead, context.toEngine(context.now()));
  const stage = stageWords[state.stage ?? 'none'];
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['stage', stage],
    ['lifecycle stage', qualificationWords[state.qualification]],
    [
      'score',
      `${score}, grade ${grade}, ${temperature.is} (by ${temperature.by === 'bant' ? 'what is known of budget, need and time' : 'score'})`,
    ],
    ...profileLines(found.person),
    ...Object.entries(state.enrolments).map(
      ([id, { sequence, phase, campaign }]) =>
        ['in sequence', `${versionOf(sequence)}, phase ${phase} (${id})${campaign === undefined ? '' : `, campaign ${campaign}`}`] as const,
    ),
    [
      'workflow',
      view === undefined
        ? 'none runs; the next event or enrolment starts it'
        : view.problem === undefined
          ? 'runs'
          : `has a problem: ${problemWord(view.problem)}`,
    ],
    ['looks again', wakeAt === undefined ? undefined : date(context.toEngine(wakeAt))],
  ];
  const says = blocks(
    `${nameOfPerson(found)}, lead ${found.leadId}`,
    table(
      ['', { title: '', flexible: true }],
      lines.filter(([, value]) => value !== undefined),
    )
      .split('\n')
      .slice(2)
      .join('\n'),
    facts.length === 0 ? 'Nothing has happened yet.' : why.map((each) => wrapped(each)).join('\n'),
  );
  return {
    says,
    json: {
      ok: true,
      lead: found.leadId,
      person: found.person,
      stage: state.stage,
      qualification: state.qualification,
      score,
      grade,
      temperature,
      model,
      sequences: Object.entries(state.enrolments).map(([enrolment, { sequence, phase, campaign, data, enrolledAt }]) => ({
        enrolment,
        sequence,
        phase,
        campaign,
        data,
        enrolledAt,
      })),
      handOff: state.handOff,
      paused: state.paused,
      suppressed: state.suppressed,
      uncertain: state.uncertain,
      waiting: why,
      wakeAt,
      running: view !== undefined,
      problem: view?.problem,
      facts: facts.length,
    },
  };
}

function profileLines(person: PersonCard | undefined): readonly (readonly [string, string | undefined])[] {
  const list = (codes: Readonly<Record<string, string>> | undefined, say: (code: string) => string): string | undefined => {
    const entries = Object.entries(codes ?? {});
    return entries.length === 0 ? undefined : entries.map(([channel, code]) => `${channel}: ${say(code)}`).join(', ');
  };
  return [
    ['company', person?.company],
    ['phone', person?.phone],
    ['source', person?.source],
    ['consent', list(person?.consent, (code) => code)],
    ['must not be contacted', list(person?.suppressed, suppressionWord)],
  ];
}
