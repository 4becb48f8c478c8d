/** How a lead's effects ended, as words that make them end so again; nothing where everything went well. Knows no file. */
import type { Fact, Outcome } from '../../core';
import type { Call } from './retelling';
import type { MailEnd } from '../words';

export function endsIn(facts: readonly Fact[]): { readonly world: readonly Call[]; readonly reps: number } {
  const touches = new Map<string, MailEnd[]>();
  const names = new Map<string, string>();
  const finds: ('goes' | Outcome)[] = [];
  const writes: ('goes' | Outcome)[] = [];
  for (const fact of facts) {
    if ('touch' in fact && fact.type !== 'TouchHeld') {
      const end = deedEnd(fact, (rep) => named(names, rep)) ?? mailEnd(fact);
      if (end !== undefined) touches.set(fact.touch, [...(touches.get(fact.touch) ?? []), end]);
    }
    if (fact.type === 'HandOffOffered') finds.push({ as: 'assigned', rep: named(names, fact.rep) });
    if (fact.type === 'HandOffUnassigned') finds.push({ as: 'unavailable', because: fact.because });
    if (fact.type === 'RepNotified') writes.push('goes');
    if (fact.type === 'RepNotNotified') writes.push({ as: 'unavailable', because: fact.because });
  }
  const mails = [...touches].map(([touch, ends]) => [touch, untilLastFault(ends)] as const).filter(([, ends]) => ends.length > 0);
  const written = untilLastFault(writes);
  return {
    reps: names.size,
    world: [
      ...mails.map(([touch, ends]) => ({ word: 'mailEnds', says: [touch, ...ends] })),
      ...(inTurn(finds) ? [] : [{ word: 'repEnds', says: ['find', ...finds] }]),
      ...(written.length === 0 ? [] : [{ word: 'repEnds', says: ['write', ...written] }]),
    ],
  };
}

/** A rep's id is somebody's; a number is nobody's. */
function named(names: Map<string, string>, rep: string): string {
  const name = names.get(rep) ?? `rep-${names.size + 1}`;
  names.set(rep, name);
  return name;
}

/** The first time round every rep is found in turn, which is what happens anyway. */
const inTurn = (finds: readonly ('goes' | Outcome)[]): boolean =>
  finds.every((end, at) => end !== 'goes' && end.as === 'assigned' && end.rep === `rep-${at + 1}`);

const untilLastFault = <E>(ends: readonly (E | 'goes')[]): readonly (E | 'goes')[] =>
  ends.slice(0, ends.findLastIndex((end) => end !== 'goes') + 1);

/** `undefined`: the fact ends no step of that kind. */
function deedEnd(fact: Fact, rep: (id: string) => string): MailEnd | undefined {
  switch (fact.type) {
    case 'EffectReturned':
      return { as: 'returned', data: fact.data };
    case 'LeadsTold':
      return { as: 'told', reached: fact.reached };
    case 'TaskGiven':
      return { as: 'assigned', rep: rep(fact.rep) };
    default:
      return undefined;
  }
}

/** `undefined`: the fact ends no send. What was withheld after an effort found the server away; the provider's own reason is not in that fact. */
function mailEnd(fact: Fact): MailEnd | undefined {
  switch (fact.type) {
    case 'TouchSent':
      return 'goes';
    case 'TouchRefused':
      if (fact.permanent && fact.because === 'address-refused') return 'bounces';
      if (!fact.permanent && fact.because === 'mailbox-refused') return 'is refused';
      return { as: 'refused', because: fact.because, permanent: fact.permanent };
    case 'TouchUncertain':
      return fact.because === 'send-uncertain' ? 'is uncertain' : { as: 'uncertain', because: fact.because };
    case 'TouchUnavailable':
      if (fact.because === 'expired' || fact.because === 'paused') return { as: 'withheld', because: fact.because };
      return fact.because === 'mail-server-away' ? 'finds the server away' : { as: 'unavailable', because: fact.because };
    case 'TouchWithheld':
      if (fact.effect === undefined) return undefined;
      if (fact.because === 'unavailable' || fact.because === 'moved') return 'finds the server away';
      return { as: 'withheld', because: fact.because };
    default:
      return undefined;
  }
}
