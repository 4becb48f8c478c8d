/** What is known of budget, authority, need, timing and pain as rows for people: the word, whose it is, and when. Knows no format. */
import { bantSlots } from '../core/bant';
import type { Bant, BantSlot, BantSource } from '../core/bant';
import type { Pain } from '../core/pain';

const slotWords: Readonly<Record<BantSlot, string>> = { budget: 'budget', authority: 'authority', need: 'need', timing: 'timing' };
const sourceWords: Readonly<Record<BantSource, string>> = {
  form: 'a form',
  survey: 'a survey',
  call: 'a call',
  rep: "a rep's note",
  enrichment: 'looked up',
};

export type BantRow = { readonly slot: string; readonly is: string; readonly from: string; readonly at?: number };

/** `8 of 10`, with whose word it is. */
export function painRow(pain: Pain | undefined): BantRow {
  return pain === undefined
    ? { slot: 'pain', is: 'not known', from: '' }
    : { slot: 'pain', is: `${pain.is} of 10`, from: sourceWords[pain.by], at: pain.at };
}

/** One row a slot, unknown ones too. */
export const bantRows = (bant: Bant | undefined, pain?: Pain): readonly BantRow[] => [...slotRows(bant), painRow(pain)];

const slotRows = (bant: Bant | undefined): readonly BantRow[] =>
  bantSlots.map((slot) => {
    const word = bant?.[slot];
    if (word === undefined) return { slot: slotWords[slot], is: 'not known', from: '' };
    return { slot: slotWords[slot], is: String(word.is), from: sourceWords[word.by], at: word.at };
  });
