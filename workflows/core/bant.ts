/** Budget, authority, need and timing of a person: the newest word on each, who said it and when. Folded from what was recorded; knows no settings. */
import type { Code } from '../../events/stripped';

export const bantSlots = ['budget', 'authority', 'need', 'timing'] as const;
export type BantSlot = (typeof bantSlots)[number];
/** Whose word it is: the person's own in a form or survey, a rep's note, bought or looked-up knowledge. */
export type BantSource = 'form' | 'survey' | 'call' | 'rep' | 'enrichment';
/** `at`: when it was said, epoch ms. Need: `urgent`, `some`, `none`; the others any code, `none` or `no` = there is none. */
export type BantWord = { readonly is: Code; readonly by: BantSource; readonly at: number };
export type Bant = { readonly [S in BantSlot]?: BantWord };

const sources: Readonly<Record<string, BantSource>> = {
  'form.submitted': 'form',
  'survey.answered': 'survey',
  'phone.called': 'call',
  'rep.noted': 'rep',
  'person.enriched': 'enrichment',
};

/** A later word replaces an earlier one, in whatever order they arrive; of two at once what a person or rep says beats what was looked up. */
export function learned(bant: Bant | undefined, event: string, data: Readonly<Record<string, Code>>, at: number): Bant | undefined {
  const by = sources[event];
  if (by === undefined) return bant;
  let made = bant;
  for (const slot of bantSlots) {
    const is = data[slot];
    if (is === undefined || !replaces(bant?.[slot], by, at)) continue;
    made = { ...made, [slot]: { is, by, at } };
  }
  return made;
}

/** Whose word the event is; `undefined`: nobody's. */
export const sourceOf = (event: string): BantSource | undefined => sources[event];

export function replaces(known: Pick<BantWord, 'at' | 'by'> | undefined, by: BantSource, at: number): boolean {
  if (known === undefined || at > known.at) return true;
  return at === known.at && known.by === 'enrichment' && by !== 'enrichment';
}
