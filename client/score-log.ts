/** Training from the engine's own log: every lead's facts read once, at each age what was known then. Knows no list. */
import { createHash } from 'node:crypto';
import { usualLifecycle } from '../workflows/core/lifecycle';
import { ageWords, exampleOf, trainFromLog } from '../workflows/core/predict';
import type { AgedModel, LogAge, LogAnswer } from '../workflows/core/predict';
import { parseSpan } from '../workflows/core/time';
import { everyLeadId, forEveryLead } from './every-lead';
import type { Context } from './ports';
import { publishedView } from './published';
import { failed, wrongUsage } from './refusal';

export type FromLog = { readonly age?: string; readonly within?: string; readonly without?: readonly string[]; readonly anyway?: boolean };

const named: Readonly<Record<string, LogAge>> = { arrival: 'arrival', 'day-7': '7 days', 'day-30': '30 days' };
const dayMs = 86_400_000;

/** Throws a refusal. */
export async function trainOnLog(context: Context, options: FromLog): Promise<Extract<LogAnswer, { as: 'model' }>> {
  const ages = agesOf(options.age);
  const within = parseSpan(options.within ?? '90 days');
  if (within === undefined) throw wrongUsage(`--within "${options.within}" is no span: write for example '90 days'.`);
  const published = publishedView((await context.people('published', {})).artefacts);
  if (published === undefined) throw failed('Nothing is published yet: `ripen sequences publish`.');
  const until = context.toEngine(context.now());
  const seen = await forEveryLead(context, 'Reading leads', await everyLeadId(context), (leadId, facts) =>
    ages.map((age) => exampleOf(leadId, facts, age, { within, until })),
  );
  const examples = ages.map((age, at) => ({ age, examples: seen.flatMap((one) => one[at] ?? []) }));
  const progress = context.progress('Learning', ages.length);
  const answer = trainFromLog({
    ages: examples,
    withinDays: within / dayMs,
    goals: ((published.settings.lifecycle ?? usualLifecycle).customer.signs ?? []).map(({ on }) => on),
    without: options.without ?? [],
    anyway: options.anyway === true,
    dataDigest: createHash('sha256').update(JSON.stringify(examples)).digest('hex').slice(0, 32),
    createdAt: context.now(),
    step: progress.at,
  });
  progress.end();
  if (answer.as === 'refused') throw failed(`Nothing was trained from the log: ${answer.says}.`);
  return answer;
}

function agesOf(name: string | undefined): readonly LogAge[] {
  if (name === undefined) return Object.values(named);
  const age = named[name];
  if (age === undefined) throw wrongUsage(`--age "${name}" is none; say arrival, day-7 or day-30.`);
  return [age];
}

/** Of the figures at an age. */
export const titleOf = ({ age }: AgedModel): string =>
  age === 'listed' ? 'On leads held back from learning' : `Leads ${ageWords[age]}, judged on those that came last`;
