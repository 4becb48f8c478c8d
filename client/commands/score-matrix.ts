/** `ripen score matrix`: where the leads there are stand, pain against fit or question by question, whichever model decides. Changes nothing. */
import type { Command } from 'commander';
import { closenessOf, fold, initial, isPoints, personAt } from '../../workflows/core';
import type { Fact, LeadState, Published, QuestionsModel } from '../../workflows/core';
import { placingOf } from '../../workflows/core/matrix';
import { everyLeadId, forEveryLead } from '../every-lead';
import { cellsOf, inRank, matrixText, quadrantOf, usualLines } from '../matrix-picture';
import type { Lines, Placed } from '../matrix-picture';
import { namesOf } from '../people-at-hand';
import type { Context, Outcome } from '../ports';
import { blocks, wrapped } from '../print';
import { publishedView } from '../published';
import * as questions from '../questions-picture';
import { failed, wrongUsage } from '../refusal';
import { verb, wholeNumber } from '../verb';
import type { Cli } from '../verb';

type Options = { readonly model?: string; readonly top?: string; readonly everybody?: boolean };

export const addScoreMatrix = (cli: Cli, parent: Command): void =>
  verb<Options>(
    cli,
    {
      usage: 'matrix',
      does: 'Where the leads stand, as a picture and a table: pain against fit, or the questions of a model that asks some.',
      examples: ['score matrix', 'score matrix --model four-questions --top 50', 'score matrix --json'],
      more:
        'Pain is the newest word of a form, a survey, a call or a rep; fit is closeness to the nearest persona of the settings.\n' +
        'Every lead is read and placed by what is in force now, whichever model decides. Customers and people who must not be\n' +
        'contacted are left out unless --everybody is said.',
    },
    (command) =>
      command
        .option('--model <name>', 'a published model of pain and fit, or of questions; the one that decides, where it is one of them')
        .option('--top <number>', 'how many people to list; 20 if not given')
        .option('--everybody', 'customers and people who must not be contacted, too'),
    matrix,
    parent,
  );

async function matrix(context: Context, options: Options): Promise<Outcome> {
  const top = options.top === undefined ? 20 : wholeNumber(options.top, '--top', 0);
  const published = publishedView((await context.people('published', {})).artefacts);
  if (published === undefined) throw failed('Nothing is published yet: `ripen sequences publish`.');
  const model = modelOf(published, options.model);
  const read = async <T>(place: (state: LeadState, now: number) => T): Promise<readonly T[]> => {
    const now = context.toEngine(context.now());
    const found = await forEveryLead(context, 'Reading leads', await everyLeadId(context), (leadId, facts) =>
      stateOf(leadId, facts, options.everybody === true).map((state) => place(state, Math.max(now, state.at))),
    );
    return found.flat();
  };
  return model.kind === 'questions'
    ? byQuestions(context, published, model, read, top)
    : byPain(context, published, model.lines, read, top);
}

type Asked = QuestionsModel | { readonly kind: 'merodio'; readonly lines: Lines; readonly ref: string | undefined };

/** Where nothing is named and points decide, the picture of pain and fit with the lines of the model there is for it. */
function modelOf(published: Published, name: string | undefined): Asked {
  const wanted = published.currentModel(name ?? published.settings.model);
  if (name !== undefined && wanted === undefined) throw wrongUsage(`No scoring model "${name}" is published.`);
  if (wanted !== undefined && wanted.model.kind === 'questions') return wanted.model;
  if (wanted !== undefined && wanted.model.kind === 'merodio') return { kind: 'merodio', lines: wanted.model, ref: wanted.ref };
  if (name !== undefined && wanted?.model.kind === 'predictive')
    throw wrongUsage(`${name} says a probability; a matrix has pain and fit, or questions: pain-and-fit and four-questions are shipped.`);
  if (name !== undefined && wanted !== undefined && isPoints(wanted.model))
    throw wrongUsage(`${name} sums points; a matrix has pain and fit, or questions: pain-and-fit and four-questions are shipped.`);
  const shipped = published.currentModel('pain-and-fit');
  return { kind: 'merodio', lines: shipped?.model.kind === 'merodio' ? shipped.model : usualLines, ref: shipped?.ref };
}

const gone: ReadonlySet<LeadState['qualification']> = new Set(['customer', 'disqualified']);

/** Nobody where nothing is known of them. */
function stateOf(leadId: string, facts: readonly Fact[], everybody: boolean): readonly LeadState[] {
  const state = fold(initial(leadId), facts);
  if (state.erased === true || (state.profileVersion === 0 && state.pain === undefined)) return [];
  return everybody || !(gone.has(state.qualification) || state.suppressed.all !== undefined) ? [state] : [];
}

type Read = <T>(place: (state: LeadState, now: number) => T) => Promise<readonly T[]>;

async function byPain(context: Context, published: Published, lines: Lines, read: Read, top: number): Promise<Outcome> {
  const all = await read(({ pain, ...state }, now): Placed => {
    const { fit, persona } = closenessOf(personAt(published, state, now));
    return { leadId: state.leadId, fit, ...(pain === undefined ? {} : { pain }), ...(persona === undefined ? {} : { persona }) };
  });
  const first = inRank(all).slice(0, top);
  const names = await namesOf(
    context,
    first.map(({ leadId }) => leadId),
  );
  const personas = Object.keys(published.settings.personas ?? {}).length;
  return {
    says: blocks(
      matrixText({ all, top: first, lines, names, now: context.toEngine(context.now()) }),
      personas > 0
        ? undefined
        : wrapped('The settings have no personas, so nobody fits anybody: write them under `personas` in workspace.yaml.'),
    ),
    json: {
      ok: true,
      people: all.length,
      painNotKnown: all.filter(({ pain }) => pain === undefined).length,
      high: lines.high,
      quadrants: countBy(all.map((one) => quadrantOf(lines, one))),
      cells: cellsOf(all),
      leads: first.map((one) => ({ ...one, name: names(one.leadId), quadrant: quadrantOf(lines, one) })),
    },
  };
}

const countBy = (words: readonly string[]): Readonly<Record<string, number>> => {
  const sums: Record<string, number> = { both: 0, pain: 0, fit: 0, neither: 0 };
  for (const word of words) sums[word] = (sums[word] ?? 0) + 1;
  return sums;
};

async function byQuestions(context: Context, published: Published, model: QuestionsModel, read: Read, top: number): Promise<Outcome> {
  const all = await read((state, now): questions.Answered => {
    const { parts, fit, grade } = placingOf(model, published, state, now);
    return { leadId: state.leadId, score: fit, grade, parts };
  });
  const first = questions.inRank(all).slice(0, top);
  const names = await namesOf(
    context,
    first.map(({ leadId }) => leadId),
  );
  return {
    says: questions.questionsText(model, all, first, names),
    json: {
      ok: true,
      model: `${model.id}@${model.version}`,
      people: all.length,
      leads: first.map(({ parts, ...one }) => ({
        ...one,
        name: names(one.leadId),
        answers: parts.map(({ part, is, points }) => ({ question: part, ...(is === undefined ? {} : { is }), points: points / 1000 })),
      })),
    },
  };
}
