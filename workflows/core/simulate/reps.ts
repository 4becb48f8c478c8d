/** How simulated reps take hand-offs: one is found in turn, and says what their habits say. Capacity is not simulated: leads do not know of each other. */
import type { Arrival } from '../arrivals';
import type { AssignRep, GiveTask, NotifyRep } from '../effects';
import type { Outcome } from '../inputs';
import type { Behaviour, RepHabits } from './behaviour';
import { below, chanceOf, delayed, matterOf, whole } from './chance';
import { word } from './life';
import type { Life } from './life';

const askedMs = 2_000;

/** A turn goes by lead and number, as good as one after the other over many leads. */
export function assigned({ reps }: Behaviour, seed: number, life: Life, effect: AssignRep, at: number): readonly Arrival[] {
  const free = reps.filter(({ id }) => !effect.not.includes(id));
  const rep = free[below(chanceOf(seed, life.person.number, matterOf(effect.id)), Math.max(1, free.length))];
  const outcome: Outcome = rep === undefined ? { as: 'unavailable', because: 'no-reps' } : { as: 'assigned', rep: rep.id };
  return [{ at: at + askedMs, input: { kind: 'outcome', id: effect.id, outcome } }];
}

/** Somebody gets the task. What they do with it is not simulated. */
export function taskTaken({ reps }: Behaviour, seed: number, life: Life, { id }: GiveTask): Outcome {
  const rep = reps[below(chanceOf(seed, life.person.number, matterOf(id)), Math.max(1, reps.length))];
  return rep === undefined ? { as: 'unavailable', because: 'no-reps' } : { as: 'assigned', rep: rep.id };
}

/** The mail reaches the rep; an offer is answered, or left lying until its clock runs out. */
export function told({ reps }: Behaviour, seed: number, life: Life, effect: NotifyRep, at: number): readonly Arrival[] {
  const into: Arrival[] = [{ at: at + askedMs, input: { kind: 'outcome', id: effect.id, outcome: { as: 'notified' } } }];
  const rep = reps.find(({ id }) => id === effect.rep);
  if (effect.what === 'offer' && rep !== undefined) answers(seed, life, effect, rep, at, into);
  return into;
}

function answers(seed: number, life: Life, { id, handOff }: NotifyRep, rep: RepHabits, at: number, into: Arrival[]): void {
  const chance = chanceOf(seed, life.person.number, matterOf(`${rep.id}/${id}`));
  const says = below(chance, whole);
  const answeredAt = at + delayed(chance, rep.answersIn);
  if (says < rep.rejects) return word(life, into, answeredAt, { word: 'reject', handOff }, rep.id);
  if (says >= rep.rejects + rep.accepts) return;
  word(life, into, answeredAt, { word: 'accept', handOff }, rep.id);
  if (below(chance, whole) >= rep.contacts) return;
  const contactedAt = answeredAt + delayed(chance, rep.contactsIn);
  word(life, into, contactedAt, { word: 'contacted', handOff }, rep.id);
  const ends = below(chance, whole);
  const closedAt = contactedAt + delayed(chance, rep.closesIn);
  if (ends < rep.wins) word(life, into, closedAt, { word: 'won', handOff }, rep.id);
  else if (ends < rep.wins + rep.loses) word(life, into, closedAt, { word: 'lost', handOff }, rep.id);
}
