/** How much it hurts: pain from 1 to 10, the newest word on it, whose it is and when it was said (the matrix of Juan Merodio). Folded from what was recorded; knows no settings. */
import type { Code } from '../../events/stripped';
import { replaces, sourceOf } from './bant';
import type { BantSource } from './bant';

export const mostPain = 10;
/** 1 to 10; 10 = needs an immediate solution. `at`: when it was said, epoch ms. */
export type Pain = { readonly is: number; readonly by: BantSource; readonly at: number };

/** A later word replaces an earlier one, in whatever order they arrive. What is no number from 1 to 10 is no word on it. */
export function hurts(pain: Pain | undefined, event: string, data: Readonly<Record<string, Code>>, at: number): Pain | undefined {
  const by = sourceOf(event);
  const is = data['pain'];
  if (by === undefined || typeof is !== 'number' || !(is >= 1 && is <= mostPain) || !replaces(pain, by, at)) return pain;
  return { is, by, at };
}
