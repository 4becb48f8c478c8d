/** Small questions the decision activity asks of a state. */
import type { Answer, Input } from './inputs';
import { inRing } from './ring';
import type { LeadState } from './state';

/**
 * Events and commands the ring does not know but may have given up: look these up in the lead's log and drop the known ones (PROTOCOL 12).
 * A command carries no time, so any unknown one is doubtful once the ring has given up ids.
 */
export function lookups(state: LeadState, inputs: readonly Input[]): readonly Input[] {
  const { ring } = state;
  if (ring.floorAt === 0) return [];
  return inputs.filter((input) => {
    if (input.kind !== 'engaged' && input.kind !== 'command') return false;
    if (input.kind === 'engaged' && input.event.occurredAt > ring.floorAt) return false;
    return !inRing(ring, input.id);
  });
}

/** The first answer, while it is remembered; one answer to everything once the person is erased. */
export const answerOf = (state: LeadState, commandId: string): Answer | undefined =>
  state.answers.find(([id]) => id === commandId)?.[1] ?? (state.erased === true ? goneAnswer : undefined);
const goneAnswer: Answer = { ok: false, says: 'The person was erased.' };

/** Every plan and model ref the state needs from `published`, `id@version#digest`. */
export function refsOf(state: LeadState): readonly string[] {
  const plans = Object.values(state.enrolments).flatMap(({ sequence, moving }) => (moving === undefined ? [sequence] : [sequence, moving]));
  const models = Object.values(state.scores).map(({ model }) => model);
  return [...new Set([...plans, ...models])];
}
