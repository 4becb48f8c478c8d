/** An engagement event: recorded whoever caused it; only a human's counts; harm to the channel acts whoever reported it. */
import type { Channel, StrippedEvent } from '../../events/stripped';
import { conclude, isKnown, record } from './deciding';
import type { Deciding } from './deciding';
import { enrolBy } from './enrol';
import { refresh } from './enrolment-data';
import { closeHandOff } from './hand-off-words';
import type { FactOf } from './facts';
import type { Input } from './inputs';
import { counts, progress } from './progress';
import { qualify } from './qualification';
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
    progress(deciding, event);
  }
  harm(deciding, event);
}

function isEmpty(data: StrippedEvent['data']): boolean {
  for (const _field in data) return false;
  return true;
}

/** Events that say what sales and marketing have in the person. */
function concerning(deciding: Deciding, { type }: StrippedEvent): void {
  switch (type) {
    case 'deal.won':
      closeHandOff(deciding, 'won', 'deal.won');
      return qualify(deciding, 'customer', 'deal.won');
    case 'subscription.started':
    case 'order.placed':
    case 'contract.set':
    case 'contract.renewed':
      return qualify(deciding, 'customer', type);
    case 'deal.lost':
      closeHandOff(deciding, 'lost', 'deal.lost');
      return qualify(deciding, 'recycled', 'deal.lost');
  }
}

/** Bounces, opt-outs and complaints: what may still be sent, and what must end, follows from the suppression. */
function harm(deciding: Deciding, { type, data }: StrippedEvent): void {
  switch (type) {
    case 'email.bounced':
      return data['kind'] === 'hard' ? suppress(deciding, 'email', 'bounced') : undefined;
    case 'email.unsubscribed':
      return suppress(deciding, 'email', 'unsubscribed');
    case 'email.complained':
      suppress(deciding, 'all', 'complained');
      return qualify(deciding, 'disqualified', 'complained');
  }
}

/** A refused channel never replaces the stronger word that nobody may write there. */
export function suppress(deciding: Deciding, channel: Channel | 'all', because: string): void {
  const known = deciding.state.suppressed[channel];
  if (known === because || (known !== undefined && because === 'unsubscribed')) return;
  conclude(deciding, { type: 'Suppressed', channel, because });
}
