/** One lead as the command line reads it: the fold of its facts, what is published, what its workflow says. Knows no format. */
import { describeLead, fold, gradeOf, initial, nextWake, readScore, temperatureOf, UnknownRef } from '../workflows/core';
import type { Fact, FactOf, LeadState, Published, TemperatureReading } from '../workflows/core';
import type { LeadView } from '../workflows/messages';
import { repNames } from './people-at-hand';
import type { Found, RepNames } from './people-at-hand';
import type { Context } from './ports';
import { inLocalTime } from './print';
import { publishedView } from './published';
import { Refusal } from './refusal';
import { inWords } from '../workflows/speech/words';

export type LeadAtHand = {
  readonly found: Found;
  readonly facts: readonly Fact[];
  readonly state: LeadState;
  /** `undefined` while the people role is away or nothing is published. */
  readonly published: Published | undefined;
  readonly reps: RepNames;
};

export async function readLead(context: Context, found: Found): Promise<LeadAtHand> {
  const facts = await context.facts(found.leadId);
  const [published, reps] = [await readPublished(context), await repNames(context)];
  return { found, facts, state: fold(initial(found.leadId), facts), published, reps };
}

async function readPublished(context: Context): Promise<Published | undefined> {
  try {
    return publishedView((await context.people('published', {})).artefacts);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    context.warn(`Why the lead waits cannot be said now. ${error.message}`);
    return undefined;
  }
}

/** `undefined` with a warning where Temporal does not answer. */
export async function viewOf(context: Context, leadId: string): Promise<LeadView | undefined> {
  try {
    return await (await context.leads()).view(leadId);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    context.warn(error.message);
    return undefined;
  }
}

export type Standing = {
  /** Id of the model whose score decides. */
  readonly model: string | undefined;
  readonly score: number;
  readonly grade: string;
  readonly temperature: TemperatureReading;
};

export function standingOf({ state, published }: LeadAtHand): Standing {
  const model = published?.settings.model ?? Object.keys(state.scores)[0];
  const aggregate = model === undefined ? undefined : state.scores[model];
  const temperature = temperatureOf(state, model === undefined ? undefined : published?.currentModel(model)?.model);
  return { model, score: readScore(aggregate), grade: gradeOf(aggregate), temperature };
}

/** Why the lead waits and for what, a sentence an item; empty where nothing published can say it. */
export function reasons(lead: LeadAtHand, engineNow: number): readonly string[] {
  const described = sayable(lead, (published) => describeLead(published, lead.state, Math.max(engineNow, lead.state.at)).details);
  // The first sentence is the standing, which is shown apart.
  return (described?.split('\n\n').slice(1) ?? []).map((says) =>
    inLocalTime(inWords(lead.reps.in(says.replaceAll('**', '').replace(/^- /, '')))),
  );
}

/** Engine's clock. */
const wakeOf = (lead: LeadAtHand): number | undefined => sayable(lead, (published) => nextWake(published, lead.state));

/** Real clock. A workflow that is behind its facts knows an earlier moment, at which it only finds out the later one. */
export function nextLookAt(context: Context, lead: LeadAtHand, view: LeadView | undefined): number | undefined {
  const at = wakeOf(lead);
  const moments = [view?.wakeAt, at === undefined ? undefined : context.toReal(at)].filter((one) => one !== undefined);
  return moments.length === 0 ? undefined : Math.max(...moments);
}

/** A plan or model of the lead may be missing among the published. */
function sayable<T>({ published }: LeadAtHand, say: (published: Published) => T): T | undefined {
  if (published === undefined) return undefined;
  try {
    return say(published);
  } catch (error) {
    if (error instanceof UnknownRef) return undefined;
    throw error;
  }
}

/** Stage, lifecycle stage, and what is known of needs and pain, with what changed them. */
export const stagesJson = (
  state: LeadState,
  stages: readonly FactOf<'StageChanged'>[],
  lifecycle: readonly FactOf<'QualificationChanged'>[],
): Readonly<Record<string, unknown>> => ({
  stage: state.stage,
  stageChanges: stages.map(({ occurredAt, from, to, because }) => ({ at: occurredAt, from, to, because })),
  bant: state.bant ?? {},
  ...(state.pain === undefined ? {} : { pain: state.pain }),
  qualification: state.qualification,
  qualificationChanges: lifecycle.map(({ occurredAt, from, to, because }) => ({ at: occurredAt, from, to, because })),
});
