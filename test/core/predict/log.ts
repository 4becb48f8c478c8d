/** A made-up log: leads that arrive over a year, try the product or not, and some become customers; the same seed gives the same log. */
import type { Fact } from '../../../workflows/core';
import { chanceFrom, diceOf } from './lists';

const day = 86_400_000;
const beganAt = Date.UTC(2025, 0, 6, 9);

export function madeLog(
  seed: number,
  size: number,
): { readonly leads: readonly { readonly leadId: string; readonly facts: readonly Fact[] }[]; readonly until: number } {
  const dice = diceOf(seed);
  const until = beganAt + 450 * day;
  const leads = Array.from({ length: size }, (_, lead) => {
    const at = Math.floor(beganAt + (lead / size) * 365 * day);
    const source = dice.pick({ referral: 2, webinar: 3, search: 5 });
    const eager = dice.normal();
    const facts: Fact[] = [];
    const fact = (recordedAt: number, rest: object): void => void facts.push({ v: 1, occurredAt: recordedAt, recordedAt, ...rest } as Fact);
    fact(at, { type: 'LeadResumed', run: 'r' });
    fact(at, { type: 'ProfileLearned', version: 1, traits: { source, country: dice.pick({ DE: 3, FR: 2, US: 4 }) }, consent: {} });
    const acts: (readonly [number, string])[] = [];
    if (dice.hit(chanceFrom(eager))) {
      acts.push([0.3 + 3 * dice.unit(), 'trial.started']);
      for (let logins = Math.floor(Math.exp(1 + 0.8 * eager) * 1.5 * dice.unit()); logins > 0; logins -= 1)
        acts.push([1 + 28 * dice.unit() ** 2, 'app.login']);
    }
    for (let views = dice.hit(0.6) ? 3 : 0; views > 0; views -= 1) acts.push([30 * dice.unit(), 'page.viewed']);
    const sum = -2.4 + 1.4 * eager + (source === 'referral' ? 1.6 : 0);
    const bought = dice.hit(chanceFrom(sum)) ? 8 + 50 * dice.unit() ** 1.5 : undefined;
    if (bought !== undefined) acts.push([bought, 'subscription.started']);
    acts.sort(([a], [b]) => a - b);
    acts.forEach(([days, event], deed) => {
      fact(at + Math.round(days * day), { type: 'EngagementRecorded', id: `${lead}-${deed}`, event, actor: 'human' });
      if (event === 'subscription.started')
        fact(at + Math.round(days * day), { type: 'QualificationChanged', from: 'lead', to: 'customer', because: 'subscription.started' });
    });
    return { leadId: `lead-${lead}`, facts };
  });
  return { leads, until };
}
