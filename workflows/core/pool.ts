/** Content pools: which piece comes next for a person, and how often. The step stays where it is until nothing fits any more. */
import { hadMinute } from './content-memory';
import { lapseOf } from './calendar';
import type { Lapse } from './calendar';
import type { ContentInfo, ContentQuery, Pool, Published } from './plan';
import type { LeadState } from './state';
import { parseSpan } from './time';
import type { Span } from './time';

/** The next piece the person has not had and that still fits; `undefined` when the pool is dry for them. */
export function nextPiece(published: Published, state: LeadState, pool: Pool): ContentInfo | undefined {
  const fitting = piecesOf(published, state, pool).filter(({ id }) => hadMinute(state.had, id) === undefined);
  return fitting.toSorted(orders[pool.order])[0];
}

type Piece = Pick<ContentInfo, 'kind' | 'topic' | 'stage' | 'language' | 'evergreen'>;

/** Can the piece fit the query for anybody? Of what it asks of the person (`own`, their language) nothing can be said without them. */
export const mayFit = (from: ContentQuery, piece: Piece): boolean =>
  piece.evergreen === true &&
  piece.kind !== 'rep' &&
  (from.topic === undefined || from.topic === 'own' || piece.topic === from.topic) &&
  (from.stage === undefined || from.stage === 'own' || piece.stage === from.stage) &&
  (from.kind === undefined || from.kind.includes(piece.kind)) &&
  (from.language === undefined || piece.language === from.language);

/** Everything published that the query means for this person, had or not. */
function piecesOf(published: Published, { traits, stage }: LeadState, { from }: Pool): readonly ContentInfo[] {
  const topic = from.topic === 'own' ? traits['topic'] : from.topic;
  const wanted = from.stage === 'own' ? stage : from.stage;
  const found = (published.contents?.() ?? []).filter(
    (piece) => mayFit(from, piece) && (topic === undefined || piece.topic === topic) && (wanted === undefined || piece.stage === wanted),
  );
  const language = from.language ?? traits.language;
  const understood = language === undefined ? [] : found.filter((piece) => piece.language === language);
  // A language was asked for, or the person's own: the others only where there is nothing in the person's own.
  return understood.length > 0 || from.language !== undefined ? understood : found;
}

const least = 100;
type Order = (a: ContentInfo, b: ContentInfo) => number;
const byId: Order = (a, b) => (a.id < b.id ? -1 : 1);
const orders: Readonly<Record<Pool['order'], Order>> = {
  priority: (a, b) => (a.priority ?? least) - (b.priority ?? least) || byId(a, b),
  newest: (a, b) => (a.date === b.date ? byId(a, b) : (b.date ?? '') < (a.date ?? '') ? -1 : 1),
};

/** Words of the trait `frequency`; a span such as '10 days' is understood, too. */
const frequencies: Readonly<Record<string, Span>> = { daily: '1 day', weekly: '1 week', fortnightly: '2 weeks', monthly: '4 weeks' };
const usual: Span = '1 week';

/** How long between two pieces: the plan's, or the person's own. */
export function cadenceOf({ every }: Pool, { traits }: Pick<LeadState, 'traits'>): Lapse {
  if (every !== 'preferred') return lapseOf(every);
  const own = String(traits['frequency'] ?? '');
  return lapseOf(frequencies[own] ?? (parseSpan(own) === undefined ? usual : (own as Span)));
}
