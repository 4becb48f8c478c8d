/** Who asks that an event be taken back: its publisher or an operator. What that comes to is `take-back.ts`, what follows `reconsider.ts`. */
import { conclude, isKnown, recordedIn } from './deciding';
import type { Deciding } from './deciding';
import { draftOf } from './draft';
import type { Fact, FactOf } from './facts';
import type { Judged } from './hand-off-words';
import { reconsider } from './reconsider';
import { retraction, takenBack } from './recorded';
import { readScore } from './score';
import { takeBack } from './take-back';
import type { Retraction } from './take-back';

/** Once: repeated it changes nothing. An event that has not come is passed over when it comes. Throws `HistoryNeeded`. */
export function retract(deciding: Deciding, asked: Retraction): void {
  const facts = recordedIn(deciding);
  if (takenBack(facts).has(asked.event)) return;
  const told = toldIn(facts, asked.event);
  if (told?.event === retraction) return;
  if (told === undefined) {
    isKnown(deciding, asked.event);
    return conclude(deciding, { type: 'EngagementRetracted', ...asked });
  }
  takeBack(deciding, facts, told, asked);
  reconsider(deciding, recordedIn(deciding), told, `${told.event} was taken back${asked.because === '' ? '' : ` (${asked.because})`}`);
}

const toldIn = (facts: readonly Fact[], id: string): FactOf<'EngagementRecorded'> | undefined =>
  facts.find((fact) => fact.type === 'EngagementRecorded' && fact.id === id) as FactOf<'EngagementRecorded'> | undefined;

/** An operator's word; tried on the side first, so that the answer says what it comes to. */
export function judgeRetract(deciding: Deciding, event: string, by: string, because: string): Judged {
  const facts = recordedIn(deciding);
  const told = toldIn(facts, event);
  if (told === undefined) return { ok: false, says: `Nothing of that id is in this lead's history: ${event}.` };
  if (told.event === retraction)
    return { ok: false, says: 'A retraction is not taken back; let the event come again under an id of its own.' };
  if (takenBack(facts).has(event)) return { ok: false, says: `${told.event} was taken back before.` };
  const asked = { event, by, because };
  const trial: Deciding = { ...deciding, facts: [...deciding.facts], state: draftOf(deciding.state), open: undefined };
  takeBack(trial, facts, told, asked);
  const model = deciding.published.settings.model;
  const [before, after] = [readScore(deciding.state.scores[model]), readScore(trial.state.scores[model])];
  return {
    ok: true,
    says: `${told.event} is taken back. ${before === after ? `The score stays ${before}.` : `The score was ${before} and is ${after}.`}`,
    act: () => retract(deciding, asked),
  };
}
