/** The sequences this repository ships, in the order they are listed to people. */
import type { Plan } from '../core/plan';
import { accountBased } from './account-based/plan';
import { buyersJourney } from './buyers-journey/plan';
import { cartAbandonment } from './cart-abandonment/plan';
import { demoNoShow } from './demo-no-show/plan';
import { newsletter } from './newsletter/plan';
import { postPurchase } from './post-purchase/plan';
import { referral } from './referral/plan';
import { renewal } from './renewal/plan';
import { thankReferrer } from './thank-referrer/plan';
import { tradeShow } from './trade-show/plan';
import { trialOnboarding } from './trial-onboarding/plan';
import { trialOffer } from './trial-offer/plan';
import { wakeUp } from './wake-up/plan';
import { webinar } from './webinar/plan';
import { welcome } from './welcome/plan';

/** By name, as stories of leads import them. */
export { buyersJourney, trialOffer };
export {
  accountBased,
  cartAbandonment,
  demoNoShow,
  newsletter,
  postPurchase,
  referral,
  renewal,
  thankReferrer,
  tradeShow,
  trialOnboarding,
  wakeUp,
  webinar,
  welcome,
};

/** What this installation publishes with `ripen sequences publish`. */
export const sequences: readonly Plan[] = [buyersJourney, trialOffer];

/** Journeys to take as they are or to learn from; published only when named, because several begin by themselves on the same events. */
export const examples: readonly Plan[] = [
  accountBased,
  cartAbandonment,
  demoNoShow,
  newsletter,
  postPurchase,
  referral,
  renewal,
  thankReferrer,
  tradeShow,
  trialOnboarding,
  wakeUp,
  webinar,
  welcome,
];
