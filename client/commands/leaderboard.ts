/** `ripen leaderboard`: who leads by score, with grade, temperature and what changed last; live on a terminal. */
import type { Leader } from '../../events/scoring-requests';
import { fold, gradeOf, initial, readScore, temperatureOf } from '../../workflows/core';
import type { Fact, FactType, Published } from '../../workflows/core';
import { factWord } from '../../workflows/speech/fact-words';
import { qualificationWords } from '../../workflows/speech/words';
import { chancesOf } from '../chance';
import { inParallel } from '../in-parallel';
import { namesOf, repNames } from '../people-at-hand';
import type { RepNames } from '../people-at-hand';
import type { Context, Outcome } from '../ports';
import { blocks, count, date, inLocalTime, points, span, table } from '../print';
import { publishedView } from '../published';
import { failed } from '../refusal';
import { verb, wholeNumber } from '../verb';
import type { Cli } from '../verb';

type Options = { readonly top?: string; readonly once?: boolean; readonly everybody?: boolean; readonly json?: boolean };

export const addLeaderboard = (cli: Cli): void =>
  verb<Options>(
    cli,
    {
      usage: 'leaderboard',
      does: 'The leads with the highest score, with grade, temperature and what changed last and why; live on a terminal.',
      examples: ['leaderboard', 'leaderboard --top 50 --once'],
      more: 'Ctrl-C ends it. Without a terminal, and with --once or --json, it is printed once.',
    },
    (command) =>
      command
        .option('--top <number>', 'how many; 20 if not given')
        .option('--once', 'print it once and end')
        .option('--everybody', 'customers and people who must not be contacted, too'),
    leaderboard,
  );

export type Line = {
  readonly leadId: string;
  readonly name: string;
  readonly score: number;
  readonly grade: string;
  readonly temperature: { readonly is: string; readonly by: 'bant' | 'score' };
  /** By the first predictive model that stands beside the one that decides, percent, and what moves it most. */
  readonly chance?: { readonly model: string; readonly percent: number; readonly because?: string };
  readonly qualification: Leader['qualification'];
  /** What moved the score, the grade or the lifecycle stage last. */
  readonly changed?: { readonly at: number; readonly says: string };
};
type Frame = { readonly lines: readonly Line[]; readonly asOfAt: number };

const redrawMs = 2_000;

async function leaderboard(context: Context, options: Options): Promise<Outcome> {
  const top = options.top === undefined ? 20 : wholeNumber(options.top, '--top');
  if (top > 200) throw failed('The leaderboard shows 200 at most: --top 200.');
  const view = watcher(context, options.everybody === true);
  const { screen } = context;
  if (options.once === true || options.json === true || screen === undefined) return closing(context, await view(top));
  let before: Frame | undefined;
  for (;;) {
    const frame = await view(Math.max(3, Math.min(top, screen.rows() - 5)));
    // Long reasons take two lines; what is too much for the terminal is left out below.
    screen.draw(
      drawn(context, frame, before)
        .split('\n')
        .slice(0, screen.rows() - 1)
        .join('\n'),
    );
    before = frame;
    if (!(await screen.wait(redrawMs))) return { ...closing(context, frame), says: '' };
  }
}

const closing = (context: Context, frame: Frame): Outcome => ({
  says: drawn(context, frame, undefined),
  json: { ok: true, asOfAt: frame.asOfAt, leaders: frame.lines },
});

function drawn(context: Context, { lines, asOfAt }: Frame, before: Frame | undefined): string {
  if (lines.length === 0) return 'Nobody has a score yet.';
  const now = context.toEngine(context.now());
  const scores = new Map(before?.lines.map(({ leadId, score }) => [leadId, score]));
  const foreseen = lines.some(({ chance }) => chance !== undefined);
  const rows = lines.map(({ leadId, name, score, grade, temperature, chance, qualification, changed }, at) => [
    at + 1,
    name === '' ? leadId : name,
    `${score}${moved(score, before === undefined ? score : scores.get(leadId))}`,
    grade,
    `${temperature.is} (${temperature.by === 'bant' ? 'BANT' : 'score'})`,
    ...(foreseen ? [chance === undefined ? '' : `${chance.percent}%${chance.because === undefined ? '' : `: ${chance.because}`}`] : []),
    qualificationWords[qualification],
    changed === undefined ? '' : `${changed.says}, ${span(now - changed.at)} ago`,
  ]);
  return blocks(
    `The ${count(lines.length, 'lead')} with the highest score, ${date(asOfAt)}`,
    table(
      [
        { title: '', align: 'right' },
        'who',
        { title: 'score', align: 'right' },
        'grade',
        'is',
        ...(foreseen ? [{ title: 'chance', flexible: true }] : []),
        'lifecycle',
        { title: 'what changed last', flexible: true },
      ],
      rows,
    ),
  );
}

/** Against the picture before; somebody new on the board has no arrow but a star. */
function moved(score: number, before: number | undefined): string {
  if (before === undefined) return ' *';
  return score === before ? '' : score > before ? ` ▲${score - before}` : ` ▼${before - score}`;
}

/** Facts are read again only of leads about whom there are new ones. */
function watcher(context: Context, everybody: boolean): (top: number) => Promise<Frame> {
  const known = new Map<string, { readonly at: number; readonly line: Omit<Line, 'name'> }>();
  let names: (leadId: string) => string = () => '';
  let reps: RepNames | undefined;
  let published: Published | undefined;
  return async (top) => {
    published ??= publishedView((await context.people('published', {})).artefacts);
    reps ??= await repNames(context);
    const { leaders, asOfAt } = await context.people('leaders', { most: top, everybody });
    const fresh = leaders.filter(({ leadId, lastFactAt }) => known.get(leadId)?.at !== lastFactAt);
    if (fresh.some(({ leadId }) => !known.has(leadId)))
      names = await namesOf(
        context,
        leaders.map(({ leadId }) => leadId),
      );
    const speech = reps;
    await inParallel(fresh, 8, async (leader) => {
      const facts = await context.facts(leader.leadId);
      known.set(leader.leadId, { at: leader.lastFactAt, line: lineOf(leader, facts, published, speech) });
    });
    const lines = leaders.flatMap(({ leadId }) => {
      const line = known.get(leadId)?.line;
      return line === undefined ? [] : [{ ...line, name: names(leadId) }];
    });
    return { lines: lines.toSorted((a, b) => b.score - a.score), asOfAt };
  };
}

const telling: ReadonlySet<FactType> = new Set([
  'PointsChanged',
  'PointsRetracted',
  'MatrixScored',
  'GradeChanged',
  'QualificationChanged',
  'LeadRescored',
]);

function lineOf(
  { leadId, qualification }: Leader,
  facts: readonly Fact[],
  published: Published | undefined,
  reps: RepNames,
): Omit<Line, 'name'> {
  const state = fold(initial(leadId), facts);
  const model = published?.settings.model ?? Object.keys(state.scores)[0];
  const aggregate = model === undefined ? undefined : state.scores[model];
  const last = facts.findLast(({ type }) => telling.has(type));
  const chance = chancesOf(published, state).find(({ decides }) => !decides);
  const speech = { rep: reps.of, date, points: (thousandths: number) => points(thousandths, true) };
  return {
    leadId,
    score: readScore(aggregate),
    grade: gradeOf(aggregate),
    temperature: temperatureOf(state, model === undefined ? undefined : published?.currentModel(model)?.model),
    ...(chance === undefined
      ? {}
      : {
          chance: {
            model: chance.model,
            percent: chance.percent,
            ...(chance.reasons[0] === undefined ? {} : { because: chance.reasons[0].says }),
          },
        }),
    qualification,
    ...(last === undefined ? {} : { changed: { at: last.occurredAt, says: reps.in(inLocalTime(factWord(last, speech))) } }),
  };
}
