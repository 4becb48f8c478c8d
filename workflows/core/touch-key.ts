/** Names of touches in the log: the same over all attempts, different for every visit of a phase. */
import type { Enrolment } from './state';

/** `e1.start.hello`; `e1.start.hello~2` on the phase's second visit, `e1.start.news~1~3` for the third piece of a pool. */
export function touchKeyOf(id: string, enrolment: Pick<Enrolment, 'phase' | 'visits' | 'piece'>, touch: string): string {
  const visit = enrolment.visits?.[enrolment.phase] ?? 1;
  const piece = enrolment.piece ?? 1;
  return `${id}.${enrolment.phase}.${touch}${visit === 1 && piece === 1 ? '' : `~${visit}`}${piece === 1 ? '' : `~${piece}`}`;
}

/** Enrolment, phase and touch an effect id names; `undefined` for other effects. */
export function partsOfEffectId(
  effect: string,
): { readonly enrolment: string; readonly phase: string; readonly touch: string } | undefined {
  const [enrolment, phase, touch, attempt] = effect.split('.');
  if (enrolment === undefined || phase === undefined || touch === undefined || attempt === undefined) return undefined;
  return { enrolment, phase, touch: touch.split('~', 1)[0] ?? touch };
}
