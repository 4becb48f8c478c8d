/** Makes the simulated people: traits, consent, character and the moment they join, each from the lead's own stream. Knows no rules. */
import type { Code, ConsentCodes, Traits } from '../../../events/stripped';
import type { Behaviour, Character } from './behaviour';
import { below, chanceOf, happens, pick, sharesOf, whole, within } from './chance';

export type Person = {
  /** From 0; every draw of this person's life comes from seed and number. */
  readonly number: number;
  readonly leadId: string;
  readonly traits: Traits;
  readonly consent: ConsentCodes;
  readonly character: Character;
  /** Epoch ms. */
  readonly joinsAt: number;
};

export type Crowd = (number: number) => Person;

/** `from`: the first moment somebody may join. `customers`: the plan is for people who buy already. */
export function crowdOf(behaviour: Behaviour, seed: number, from: number, until: number, customers: boolean): Crowd {
  const { people } = behaviour;
  const characters = sharesOf(people.characters.map((character) => [character, character.share] as const));
  const traits = Object.entries(people.traits).map(([trait, codes]) => [trait, sharesOf(withUnknown(codes))] as const);
  const over = Math.max(1, Math.min(people.joinOverMs, until - from));
  return (number) => {
    const chance = chanceOf(seed, number);
    const joinsAt = from + within(chance, over) + below(chance, 60_000);
    const character = pick(chance, characters) ?? { id: 'usual', share: 100, interest: 100 };
    const known: Record<string, Code> = {};
    for (const [trait, shares] of traits) {
      const code = pick(chance, shares);
      if (code !== undefined) known[trait] = code;
    }
    if (customers) known['customer'] = true;
    const consent: ConsentCodes = { email: happens(chance, people.consent) ? 'granted' : 'none' };
    return { number, leadId: `sim-${number + 1}`, traits: known as Traits, consent, character, joinsAt };
  };
}

/** What the shares leave of the whole is not known of the person. */
function withUnknown(codes: readonly (readonly [Code, number])[]): readonly (readonly [Code | undefined, number])[] {
  const rest = whole - codes.reduce((sum, [, share]) => sum + share, 0);
  return rest > 0 ? [...codes, [undefined, rest]] : codes;
}
