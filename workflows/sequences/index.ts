/** The sequences this repository ships, in the order they are listed to people. */
import type { Plan } from '../core/plan';
import { accountBased } from './account-based/plan';
import { buyersJourney } from './buyers-journey/plan';
import { newsletter } from './newsletter/plan';
import { trialOffer } from './trial-offer/plan';

export { buyersJourney, trialOffer };

/** What this installation publishes with `ripen sequences publish`. */
export const sequences: readonly Plan[] = [buyersJourney, trialOffer];

/** Journeys to take as they are or to learn from; published only when named, because several begin by themselves on the same events. */
export const examples: readonly Plan[] = [accountBased, newsletter];
