/** Which content a touch carries for a person: its own, the arm of a test, or what goes in its place. */
import { hadMinute } from './content-memory';
import type { Deciding } from './deciding';
import { lotOf } from './lots';
import type { Touch } from './plan';
import { nextPiece } from './pool';
import type { Enrolment } from './state';

export type TouchContent = { readonly id: string; readonly ref: string; readonly variant: string | undefined };

/** `id`: what the content memory knows it by; `ref`: the version published now. */
export function contentOf(
  { published, state }: Pick<Deciding, 'published' | 'state'>,
  touch: Touch,
  { instead }: Pick<Enrolment, 'instead'>,
): TouchContent {
  const piece = touch.pool === undefined ? undefined : nextPiece(published, state, touch.pool);
  if (piece !== undefined) return { id: piece.id, ref: `${piece.id}@${piece.version}#${piece.digest}`, variant: undefined };
  const base = touch.content ?? touch.id;
  const variant = instead !== undefined || touch.variants === undefined ? undefined : variantOf(state, touch.id, base, touch.variants);
  const id = instead ?? (variant === undefined ? base : `${base}.${variant}`);
  const info = published.content(id);
  return { id, ref: info === undefined ? id : `${id}@${info.version}#${info.digest}`, variant };
}

/** The arm whose content the person had last, be the weights others by now; else by a hash of lead and touch, which has no chance in it. */
function variantOf({ leadId, had }: Deciding['state'], touch: string, base: string, variants: Readonly<Record<string, number>>): string {
  const arms = Object.entries(variants);
  const before = arms
    .map(([arm]) => ({ arm, at: hadMinute(had, `${base}.${arm}`) ?? -1 }))
    .reduce((last, one) => (one.at > last.at ? one : last), { arm: '', at: -1 });
  if (before.at >= 0) return before.arm;
  let mark = lotOf(leadId, touch);
  for (const [arm, weight] of arms) {
    if (mark < weight) return arm;
    mark -= weight;
  }
  return arms[0]?.[0] ?? '';
}
