import type { Events, EventType } from '../../workflows/core/event-types';
import { engagementTypes, type EngagementType, type StrippedFieldsOf } from '../../events/engagement';

/** The compiler refuses this record when the core knows another set of types. */
const names: Readonly<Record<EventType, true>> = {
  'email.delivered': true,
  'email.opened': true,
  'email.clicked': true,
  'email.bounced': true,
  'email.complained': true,
  'email.unsubscribed': true,
  'email.replied': true,
  'newsletter.subscribed': true,
  'form.submitted': true,
  'content.downloaded': true,
  'page.viewed': true,
  'webinar.registered': true,
  'webinar.rescheduled': true,
  'webinar.attended': true,
  'trial.started': true,
  'project.created': true,
  'teammate.invited': true,
  'app.login': true,
  'subscription.started': true,
  'demo.booked': true,
  'demo.held': true,
  'demo.noShow': true,
  'social.followed': true,
  'social.messaged': true,
  'social.interacted': true,
  'order.placed': true,
  'order.delivered': true,
  'cart.updated': true,
  'contract.set': true,
  'contract.renewed': true,
  'referral.invited': true,
  'referral.won': true,
  'badge.scanned': true,
  'survey.answered': true,
  'phone.called': true,
  'rep.noted': true,
  'person.enriched': true,
  'account.engaged': true,
  'deal.opened': true,
  'deal.won': true,
  'deal.lost': true,
  'account.noticed': true,
  'engagement.retracted': true,
};

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
/** `never` for a type whose fields have other names or kinds of value here than in the core. */
type FieldsAgree = {
  [T in EngagementType]: T extends EventType ? Same<StrippedFieldsOf<T>, { readonly [F in keyof Events[T]]: Events[T][F] }> : never;
};

test('conditions name exactly the events that the schemas know', () => {
  expect(Object.keys(engagementTypes).sort()).toEqual(Object.keys(names).sort());
});

test('conditions ask for exactly the fields that the schemas keep', () => {
  const agree: Readonly<Record<EngagementType, true>> = names satisfies FieldsAgree;
  expect(Object.values(agree).every(Boolean)).toBe(true);
});
