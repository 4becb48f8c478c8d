/** Event types and the codes each carries, for the compiler alone: conditions name them. Knows no schema; `events/engagement.ts` builds those for the same names. */
import type { Moment } from '../../events/stripped';

/** Need: `urgent`, `some`, `none`; the others any code. */
type Qualifying = { budget: string; authority: string; need: string; timing: string; pain: number };

/** Extend by declaration merging or here; a test compares the names with the schemas. */
export interface Events {
  'email.delivered': Record<never, never>;
  'email.opened': Record<never, never>;
  'email.clicked': { link: string };
  'email.bounced': { kind: 'hard' | 'soft' | 'block' };
  'email.complained': Record<never, never>;
  'email.unsubscribed': Record<never, never>;
  'email.replied': Record<never, never>;
  'newsletter.subscribed': { topic: string };
  'form.submitted': { form: string } & Qualifying;
  'content.downloaded': { content: string };
  'page.viewed': { path: string };
  'webinar.registered': { webinar: string; startsAt: Moment; endsAt: Moment };
  'webinar.rescheduled': { webinar: string; startsAt: Moment; endsAt: Moment };
  'webinar.attended': { webinar: string; minutes: number };
  'trial.started': { plan: string; endsAt: Moment };
  'project.created': Record<never, never>;
  'teammate.invited': Record<never, never>;
  'app.login': Record<never, never>;
  'subscription.started': { plan: string };
  'demo.booked': { meeting: string; startsAt: Moment; endsAt: Moment };
  'demo.held': { meeting: string };
  'demo.noShow': { meeting: string };
  'social.followed': { network: string };
  'social.messaged': { network: string };
  /** Liked, commented, shared: they go on taking part. */
  'social.interacted': { network: string; kind: string };
  'order.placed': { order: string; cart: string; value: number };
  'order.delivered': { order: string };
  'cart.updated': { cart: string; value: number; items: number; currency: string };
  /** `seatsUsed`: percent. */
  'contract.set': { contract: string; endsAt: Moment; seatsUsed: number };
  'contract.renewed': { contract: string };
  'referral.invited': { referrer: string };
  'referral.won': { referred: string };
  'badge.scanned': { event: string; rating: 'hot' | 'warm' | 'cold' };
  'survey.answered': { survey: string; score: number } & Qualifying;
  'phone.called': { outcome: string } & Qualifying;
  /** What a rep learnt of budget, authority, need, timing and pain (1 to 10). */
  'rep.noted': Qualifying;
  /** The same, looked up or bought. */
  'person.enriched': Qualifying;
  'deal.opened': Record<never, never>;
  'deal.won': Record<never, never>;
  'deal.lost': Record<never, never>;
  /** So many people of the lead's account were active within 14 days. */
  'account.engaged': { people: number };
  /** Something happened to a colleague: `deal.opened`, `deal.won`, `deal.lost`. */
  'account.noticed': { event: string };
  /** An event counts no more: `of` is its id. Nobody's doing, so no sequence can wait for it. */
  'engagement.retracted': { of: string; because: string };
}

export type EventType = keyof Events & string;
