/** Steps that write nothing to the person, in a sentence each. Knows no lead. */
import type { Deed, Values } from '../core/plan';
import type { Sentence } from './explain-plan';
import { conditionWord, fieldWord, timingWord } from './plan-words';

export function deedSentence(deed: Deed, at: string, depth: number): Sentence {
  const says = [
    `${doingWord(deed)} ${timingWord(deed)}`,
    ...(deed.when === undefined ? [] : [`only when ${conditionWord(deed.when)}`]),
    ...(deed.unless === undefined ? [] : [`unless ${conditionWord(deed.unless)}`]),
    ...more(deed),
  ].join(', ');
  return { at: `${at}.${deed.id}`, depth, says: `${says}.` };
}

const whomWords = { referrer: 'who referred the person', colleagues: "the person's colleagues" } as const;

function doingWord(deed: Deed): string {
  if (deed.kind === 'run') return `"${deed.id}" runs "${deed.effect}"`;
  if (deed.kind === 'tell') return `"${deed.id}" lets ${whomWords[deed.whom]} hear of "${deed.event}"`;
  return `"${deed.id}" asks ${deed.to === 'next' ? 'the next sales rep in turn' : "the person's sales rep, else the next in turn"},`;
}

function more(deed: Deed): readonly string[] {
  if (deed.kind === 'task') return [`to do this: ${deed.says.replace(/\.$/, '')}`];
  const values = valuesWord((deed.kind === 'run' ? deed.with : deed.data) ?? {});
  return [
    ...(values === '' ? [] : [`with ${values}`]),
    ...(deed.kind === 'run' && deed.into !== undefined ? [`and keeps what comes back as ${deed.into}`] : []),
  ];
}

const valuesWord = (values: Values): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? valueWord(value.of) : String(value)}`)
    .join(' and ');

const valueWord = (of: string): string => (of === 'lead' ? 'the id of the person' : `as ${fieldWord(of)} says`);
