/** One touch and one note to a rep, as the core decides them. */
import type { NotifyRep, SendTouch } from '../../workflows/core/effects';

export const aTouch = (over: Partial<SendTouch> = {}): SendTouch => ({
  type: 'SendTouch',
  id: 'e1.learn.welcome.1',
  touchKey: 'e1.learn.welcome',
  enrolment: 'e1',
  sequence: 'buyers-journey@1#0123456789ab',
  phase: 'learn',
  touch: 'welcome',
  channel: 'email',
  content: 'welcome',
  purpose: 'marketing',
  notAfter: Number.MAX_SAFE_INTEGER,
  data: {},
  ...over,
});

export const aNote = (over: Partial<NotifyRep> = {}): NotifyRep => ({
  type: 'NotifyRep',
  id: 'h1.offer.1',
  handOff: 1,
  rep: 'rep1',
  what: 'offer',
  why: 'Asked for a demo.',
  contactBy: 2_000_000_000_000,
  ...over,
});
