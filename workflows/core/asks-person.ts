/** Which steps ask about the person, and how long they wait for a profile that comes by another road than the enrolment. Knows no single condition's answer. */
import type { Node } from './compile-condition';
import { partsOf } from './compile-condition';
import type { View } from './conditions';
import type { Deed, Touch } from './plan';
import type { Timed } from './program';
import { dayMs } from './time';

/** Does what the conditions say depend on traits, consent or what is derived from them? */
export const askPerson = (nodes: readonly (Node | undefined)[]): boolean =>
  nodes.some((node) => node !== undefined && partsOf(node).some(isOfPerson));

const ofPerson: ReadonlySet<Node['kind']> = new Set(['consent', 'grade', 'temperature', 'qualification', 'segment', 'persona', 'fit']);
const isOfPerson = (node: Node): boolean => (node.kind === 'field' ? isTrait(node.field) : ofPerson.has(node.kind));
const isTrait = (field: string): boolean => !field.startsWith('data.') && !field.startsWith('settings.');

/** Does it take a value of the person's? */
export function takesTraits(step: Touch | Deed): boolean {
  const values = step.kind === 'run' ? step.with : step.kind === 'tell' ? step.data : undefined;
  return Object.values(values ?? {}).some((value) => typeof value === 'object' && value.of !== 'lead' && isTrait(value.of));
}

/** Nobody is judged by a profile that is a moment late: such a step waits for it, a day from the entry to the phase at most. */
export const onceKnown = (at: number, { asksPerson }: Timed, { state, enrolment }: View): number =>
  asksPerson && state.profileVersion === 0 ? Math.max(at, enrolment.phaseAt + dayMs) : at;
