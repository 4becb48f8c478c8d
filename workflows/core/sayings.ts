/** Conditions and moments in words, for the evidence in facts and the details people read. No personal data. */
import type { Node } from './compile-condition';
import type { View } from './conditions';
import { closenessOf, holds, modelOf } from './conditions';
import type { FieldTest } from './plan';
import { gradeOf, readScore, temperatureOf } from './score';

/** Why the condition holds now: only the parts that do. */
export function evidence(node: Node, view: View): string {
  switch (node.kind) {
    case 'score':
      return `score ${readScore(view.state.scores[modelOf(view)])} reached ${node.atLeast}`;
    case 'grade':
      return `grade ${gradeOf(view.state.scores[modelOf(view)])} is at least ${node.atLeast}`;
    case 'pain': {
      const { pain } = view.state;
      return pain === undefined ? say(node) : `pain ${pain.is} reached ${node.atLeast}`;
    }
    case 'fit': {
      const { fit, persona } = closenessOf(view);
      return `fit ${fit}${persona === undefined ? '' : ` to persona ${persona}`} reached ${node.atLeast}`;
    }
    case 'temperature':
      return `the lead is ${node.is} (by ${temperatureOf(view.state, view.published.currentModel(modelOf(view))?.model).by})`;
    case 'all':
      return node.of.map((part) => evidence(part, view)).join(' and ');
    case 'any':
      return node.of.filter((part) => holds(part, view)).map((part) => evidence(part, view))[0] ?? say(node);
    default:
      return say(node);
  }
}

/** The condition as a wish: what must come true. */
export function say(node: Node): string {
  switch (node.kind) {
    case 'engaged':
      return `${node.type}${node.times === 1 ? '' : ` ${node.times} times`}${node.ofPhase ? ' in this phase' : ''}`;
    case 'clicked':
      return `a click in "${node.touch}"`;
    case 'silentFor':
      return `silence for ${node.span}`;
    case 'score':
      return `a score of ${node.atLeast}`;
    case 'gained':
      return `${node.points} points within ${node.span}`;
    case 'grade':
      return `grade ${node.atLeast} or better`;
    case 'pain':
    case 'fit':
      return `a ${node.kind} of ${node.atLeast}`;
    case 'temperature':
      return `a ${node.is} lead`;
    case 'stage':
      return `stage ${node.atLeast}`;
    case 'qualification':
      return `qualification ${node.is}`;
    case 'field':
      return node.test === undefined ? `${node.field} known` : `${node.field} ${sayTest(node.test)}`;
    case 'consent':
      return `consent for ${node.channel}`;
    case 'cohort':
      return `cohort ${node.name} (${node.percent} of 100)`;
    case 'segment':
    case 'persona':
      return `${node.kind} ${node.name}`;
    case 'all':
      return node.of.map(say).join(' and ');
    case 'any':
      return node.of.map(say).join(' or ');
    case 'not':
      return `no ${say(node.of)}`;
  }
}

function sayTest(test: FieldTest): string {
  if (typeof test !== 'object') return `= ${test}`;
  if ('oneOf' in test) return `one of ${test.oneOf.join(', ')}`;
  if ('atLeast' in test) return `at least ${test.atLeast}`;
  if ('atMost' in test) return `at most ${test.atMost}`;
  return `starting with ${test.startsWith}`;
}
