/**
 * From a lead's facts to a test that tells the lead's story: TypeScript that compiles and passes as it is. The words are said to a tale while
 * they are written, so that what is printed is what was seen to hold. Nothing personal gets in. Knows no file and no store.
 */
import type { Fact, Plan, Settings } from '../../core';
import { callLine, literal } from './literal';
import { spoken } from '../moments';
import { retell } from './retell';
import type { Retold } from './retell';
import { retellingOf } from './retelling';
import { idOfSequence } from '../teller';

/** A sequence of the repository and the name it is exported by. */
export type Exported = { readonly name: string; readonly plan: Plan };

export type Story = {
  readonly text: string;
  /** In sentences: what could not be told, and where the tale comes to something else than the lead did. None: the same facts. */
  readonly differs: readonly string[];
};

export type StoryOptions = {
  readonly facts: readonly Fact[];
  readonly exported: readonly Exported[];
  /** What of the settings in force is other than the repository's. */
  readonly settings?: Partial<Settings>;
  /** Where the test imports from: folder of `sequences` and `testing`, `../../workflows` where absent. */
  readonly from?: string;
};

/** The lead was on nothing that the repository has. */
export class NoStory extends Error {
  override name = 'NoStory';
}

/** Arms are decided by the lead's id, which stays secret: so many others are tried until one takes the same arms. */
const mostIds = 200;

/** Throws `NoStory`. */
export function storyOf({ facts, exported, settings, from = '../../workflows' }: StoryOptions): Story {
  const cast = castOf(facts, exported);
  const retelling = retellingOf(facts);
  const plans = cast.map(({ plan }) => plan);
  const rules = settings === undefined ? {} : { settings };
  const first = retell(facts, retelling, plans, rules);
  let told = first;
  for (let number = 1; told.difference !== undefined && hasArms(facts) && number <= mostIds; number += 1)
    told = retell(facts, retelling, plans, { ...rules, leadId: `lead-${number}` });
  if (told.difference !== undefined) told = first;
  const differs = [...retelling.notes, ...told.left, ...(told.difference === undefined ? [] : [told.difference])];
  return { text: printed(cast, told, differs, from), differs };
}

const hasArms = (facts: readonly Fact[]): boolean =>
  facts.some((fact) => fact.type === 'BranchTaken' || (fact.type === 'EffectDecided' && 'variant' in fact.effect));

/** The sequences the lead was on, the first one first, and all that they start. */
function castOf(facts: readonly Fact[], exported: readonly Exported[]): readonly Exported[] {
  const ids = [...new Set(facts.flatMap((fact) => (fact.type === 'Enrolled' ? [idOfSequence(fact.sequence)] : [])))];
  const find = (id: string): Exported | undefined => exported.find(({ plan }) => plan.id === id);
  const cast = ids.flatMap((id) => find(id) ?? []);
  if (cast.length === 0)
    throw new NoStory(
      ids.length === 0
        ? 'This lead was never on a sequence, so there is no story of one.'
        : `The repository has none of the sequences this lead was on: ${ids.join(', ')}.`,
    );
  for (let at = 0; at < cast.length; at += 1)
    for (const id of startedBy(cast[at]?.plan)) {
      const next = find(id);
      if (next !== undefined && !cast.includes(next)) cast.push(next);
    }
  return cast;
}

const startedBy = (plan: Plan | undefined): readonly string[] =>
  Object.values(plan?.phases ?? {}).flatMap(({ advance, exhausted }) =>
    [...advance.map(({ start }) => start), exhausted?.start].flatMap((start) => (start === undefined ? [] : [idOfSequence(start)])),
  );

/** A test file, in the form the project's formatter gives it. */
function printed(cast: readonly Exported[], told: Retold, differs: readonly string[], from: string): string {
  const [main, ...others] = cast.map(({ name }) => name);
  const options = { ...(others.length === 0 ? {} : { with: '' }), ...told.options };
  const given = literal(options).replace("with: ''", `with: [${others.join(', ')}]`);
  const line = ({ word, says }: { readonly word: string; readonly says: readonly unknown[] }): string => callLine(word, says, '    ');
  const warning = [
    '// The tale is not quite what this lead went through:',
    ...differs.map((says) => `// - ${says.replaceAll('\n', ' ')}`),
    '',
  ];
  return [
    '/** Written by `ripen story from`: what one lead did, and what came of it. Nothing personal is in it. */',
    `import { ${cast
      .map(({ name }) => name)
      .sort()
      .join(', ')} } from '${from}/sequences';`,
    `import { journey } from '${from}/testing';`,
    '',
    ...(differs.length === 0 ? [] : warning),
    `test(${literal(`the story of a lead who came on ${spoken(told.startAt, told.zone)}`)}, () => {`,
    `  journey(${main ?? ''}${Object.keys(options).length === 0 ? '' : `, ${given}`})`,
    ...told.calls.map(line),
    '    // What came of it. Write here what should have come of it instead: the test fails until the code does so.',
    ...told.outcome.map(line),
  ]
    .join('\n')
    .concat(';\n});\n');
}
