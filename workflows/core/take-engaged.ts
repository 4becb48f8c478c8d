/** An engagement event: recorded whoever caused it; only a human's counts; harm to the channel acts whoever reported it. */
import type { Channel, StrippedEvent } from '../../events/stripped';
import { conclude, isKnown, record } from './deciding';
import type { Deciding } from './deciding';
import { enrolBy } from './enrol';
import { refresh } from './enrolment-data';
import { closeHandOff } from './hand-off-words';
import type { FactOf } from './facts';
import type { Input } from './inputs';
import { placeAll } from './matrix';
import { counts, progress } from './progress';
import { qualifyBySigns } from './qualification';
import { retraction } from './recorded';
import { retract } from './retract';
import { scoreEvent } from './rule-points';

type Engagement = { -readonly [K in keyof FactOf<'EngagementRecorded'>]: FactOf<'EngagementRecorded'>[K] };

export function takeEngaged(deciding: Deciding, { id, event }: Extract<Input, { kind: 'engaged' }>): void {
  if (isKnown(deciding, id)) return;
  const { type, occurredAt, actor, data, effect, content } = event;
  const fact: Engagement = { v: 1, type: 'EngagementRecorded', occurredAt, recordedAt: deciding.now, id, event: type, actor };
  if (!isEmpty(data)) fact.data = data;
  if (effect !== undefined) fact.effect = effect;
  if (content !== undefined) fact.content = content;
  record(deciding, fact);
  if (type === retraction) return retract(deciding, { event: String(data['of']), by: 'the publisher', because: String(data['because']) });
  if (actor === 'human') {
    // First, so that a purchase enrols in what is for customers.
    concerning(deciding, event);
    enrolBy(deciding, event);
    refresh(deciding, event);
    scoreEvent(deciding, event, id);
    progress(deciding, event);
  }
  if (actor !== 'human' && counts(event)) {
    enrolBy(deciding, event);
    refresh(deciding, event);
    progress(deciding, event);
  }
  harm(deciding, event);
  placeAll(deciding, id);
}

function isEmpty(data: StrippedEvent['data']): boolean {
  for (const _field in data) return false;
  return true;
}

/** Events that end what sales has in the person. */
function concerning(deciding: Deciding, event: StrippedEvent): void {
  if (event.type === 'deal.won') closeHandOff(deciding, 'won', 'deal.won');
  if (event.type === 'deal.lost') closeHandOff(deciding, 'lost', 'deal.lost');
  if (!harmful.has(event.type)) qualifyBySigns(deciding, event);
}

/** Bounces, opt-outs and complaints: what may still be sent, and what must end, follows from the suppression. */
function harm(deciding: Deciding, event: StrippedEvent): void {
  const { type, data } = event;
  if (!harmful.has(type)) return;
  if (type === 'email.bounced' && data['kind'] === 'hard') suppress(deciding, 'email', 'bounced');
  if (type === 'email.unsubscribed') suppress(deciding, 'email', 'unsubscribed');
  if (type === 'email.complained') suppress(deciding, 'all', 'complained');
  qualifyBySigns(deciding, event);
}
/** They count whoever reported them. */
const harmful: ReadonlySet<string> = new Set(['email.bounced', 'email.unsubscribed', 'email.complained']);

/** A refused channel never replaces the stronger word that nobody may write there. */
export function suppress(deciding: Deciding, channel: Channel | 'all', because: string): void {
  const known = deciding.state.suppressed[channel];
  if (known === because || (known !== undefined && because === 'unsubscribed')) return;
  conclude(deciding, { type: 'Suppressed', channel, because });
}
