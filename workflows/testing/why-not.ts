/** Why a step of a tale was not done, in words to follow "but". Knows no expectation. */
import { heldWord, withheldWord } from '../speech/words';
import { spoken } from './moments';
import type { Teller } from './teller';

export const listed = (steps: readonly string[]): string => (steps.length === 0 ? 'nothing' : steps.map((step) => `"${step}"`).join(', '));

/** The newest thing that is known of it. */
export function whyNot(teller: Teller, touch: string): string {
  const last = teller
    .scene()
    .facts()
    .findLast((fact) => 'touch' in fact && fact.touch === touch);
  const when = (at: number): string => spoken(at, teller.zone());
  switch (last?.type) {
    case 'TouchWithheld':
      return `it was due on ${when(last.recordedAt)} and not sent: ${withheldWord(last.because)}`;
    case 'TouchHeld':
      return `it is due and waits until ${when(last.until)}: ${heldWord(last.because)}`;
    case 'TouchRefused':
      return `it was refused on ${when(last.recordedAt)} (${last.because})`;
    case 'TouchUncertain':
      return `its delivery on ${when(last.recordedAt)} is unknown (${last.because})`;
    case 'TouchUnavailable':
      return `it could not go on ${when(last.recordedAt)} (${last.because}); it is tried again on ${when(last.retryAt)}`;
    default:
      return 'it was never due';
  }
}
