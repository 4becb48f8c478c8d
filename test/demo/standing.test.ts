/** What is still on its way is what the core holds outstanding, whichever way an effect was given up. */
import { standing } from '../../worker/demo/standing';
import { buyersJourney, trialOffer } from '../../workflows/sequences';
import { journey } from '../../workflows/testing';

/** Up to the first mail, the outcome of its send last. */
const ada = () => {
  const facts = journey(buyersJourney, { with: [trialOffer] })
    .lead()
    .facts();
  expect(facts.at(-1)?.type).toBe('TouchSent');
  return facts;
};
const stored = (facts: ReturnType<typeof ada>, n: number) => ({
  seq: n,
  digest: '',
  decision: { v: 1 as const, lead: 'ada', n, prev: '', run: 'r', at: 1, consumed: [], facts },
});

describe('the standing of the leads', () => {
  it('names an effect from its decision until its outcome is in the log', () => {
    const facts = ada();
    const all = standing();
    all.add(stored(facts.slice(0, -1), 1));
    expect(all.open()).toEqual(facts.flatMap((fact) => (fact.type === 'EffectDecided' ? [`ada/${fact.effect.id}`] : [])));
    expect(all.open()).toHaveLength(1);
    all.add(stored(facts.slice(-1), 2));
    expect(all.open()).toEqual([]);
    expect(all.enrolled()).toEqual(['ada']);
    expect(all.decisions.map(({ decision }) => decision.n)).toEqual([1, 2]);
  });
});
