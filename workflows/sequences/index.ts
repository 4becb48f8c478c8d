/** The sequences this repository ships, in the order they are listed to people. */
import type { Plan } from '../core/plan';
import { buyersJourney } from './buyers-journey/plan';
import { trialOffer } from './trial-offer/plan';

export { buyersJourney, trialOffer };
export const sequences: readonly Plan[] = [buyersJourney, trialOffer];
