/** `ripen score apply`: everybody's points counted again by the model in force; may be broken off and repeated. */
import type { Command } from 'commander';
import { createHash } from 'node:crypto';
import { fold, initial, isPoints, readScore } from '../../workflows/core';
import type { Aggregate, Fact, PointsModel } from '../../workflows/core';
import { totalOf } from '../../workflows/core/points';
import { eventsIn } from '../../workflows/core/recorded';
import { recounted } from '../../workflows/core/rescore';
import { everyLeadId } from '../every-lead';
import { inParallel } from '../in-parallel';
import type { Context, Outcome } from '../ports';
import { blocks, count, table } from '../print';
import { versionOf } from '../../workflows/speech/words';
import { publishedView } from '../published';
import { failed, wrongUsage } from '../refusal';
import { authored, authorOf, verb, wholeNumber } from '../verb';
import type { Authored, Cli } from '../verb';

type Options = Authored & {
  readonly model?: string;
  readonly quietly?: boolean;
  readonly andFollow?: boolean;
  readonly dryRun?: boolean;
  readonly top?: string;
};

export const addScoreApply = (cli: Cli, parent: Command): void =>
  verb<Options>(
    cli,
    {
      usage: 'apply',
      does: "Count everybody's points again by the scoring model in force, from their first event.",
      examples: ['score apply --dry-run', 'score apply --quietly', 'score apply --and-follow --because "new points agreed on with sales"'],
      more:
        'Say one of the two: --quietly (scores change; hand-offs, stages and sequences go on by the old score until a person does something)\n' +
        'or --and-follow (whatever follows from the new score follows at once; the brake on hand-offs holds a flood).\n' +
        'It may be broken off and repeated: who is counted already is left alone. Every re-scored lead has it in its history.',
    },
    (command) =>
      authored(
        command
          .option('--quietly', 'nothing follows until the person does something')
          .option('--and-follow', 'what follows from the new score follows at once')
          .option('--model <name>', 'another model than the one that decides for the workspace')
          .option('--dry-run', 'say whose score would change, and change nothing')
          .option('--top <number>', 'how many people to show; 20 if not given'),
      ),
    apply,
    parent,
  );

const atOnce = 8;
type Rescored = { readonly leadId: string; readonly before: number; readonly after: number; readonly says?: string };

async function apply(context: Context, options: Options): Promise<Outcome> {
  const { quietly = false, andFollow = false, dryRun = false } = options;
  if (!dryRun && quietly === andFollow) throw wrongUsage('Say what may follow: --quietly or --and-follow, one of them (or --dry-run).');
  const published = publishedView((await context.people('published', {})).artefacts);
  if (published === undefined) throw failed('Nothing is published yet: `ripen sequences publish`.');
  const named = published.currentModel(options.model ?? published.settings.model);
  if (named === undefined) throw wrongUsage(`No scoring model "${options.model ?? published.settings.model}" is published.`);
  const { model } = named;
  if (!isPoints(model))
    throw failed(
      `${versionOf(named.ref)} always says what is known now: there is nothing to count again. Who has not been heard of since is placed with their next event.`,
    );
  const now = context.toEngine(context.now());
  /** `undefined`: its score is as it should be already. */
  const changeOf = (leadId: string, facts: readonly Fact[]): Rescored | undefined => {
    if (facts.length === 0 || facts.at(-1)?.type === 'LeadErased') return undefined;
    const state = fold(initial(leadId), facts);
    const known = state.scores[named.model.id];
    const made = recounted(published, named, state, eventsIn(facts), Math.max(now, state.at));
    if (known === undefined ? !made.seen : isSame(model, known, made)) return undefined;
    return { leadId, before: readScore(known), after: readScore(made) };
  };
  const ids = await everyLeadId(context);
  const progress = context.progress(dryRun ? 'Counting' : 'Counting again', ids.length);
  const leads = dryRun ? undefined : await context.leads();
  let done = 0;
  const found = await inParallel(ids, atOnce, async (leadId) => {
    const change = changeOf(leadId, await context.facts(leadId));
    progress.at((done += 1));
    if (change === undefined || leads === undefined) return change;
    const answer = await leads.command(leadId, {
      kind: 'command',
      id: idOf(leadId, named.ref, quietly ? 'quiet' : 'follow'),
      command: { word: 'rescore', model: named.model.id, ...(quietly ? { quiet: true } : {}) },
      by: authorOf(context, options),
      because: options.because ?? '',
    });
    return answer.ok ? change : { ...change, says: answer.says };
  });
  progress.end();
  const changed = found.filter((one): one is Rescored => one !== undefined);
  return told(named.ref.split('#', 1)[0] ?? named.ref, changed, ids.length, options);
}

/** The same lead by the same model in the same way is one command, however often it is given. */
const idOf = (...parts: readonly string[]): string =>
  createHash('sha256')
    .update(['rescore', ...parts].join('|'))
    .digest('base64url')
    .slice(0, 11);

/** As the lead itself judges: decayed to the same day. */
const isSame = (model: PointsModel, known: Aggregate, made: Aggregate): boolean =>
  known.model === made.model &&
  totalOf(model, known.raw, made.throughDay) === made.total &&
  known.grade === made.grade &&
  known.fit === made.fit;

function told(ref: string, changed: readonly Rescored[], people: number, options: Options): Outcome {
  const top = options.top === undefined ? 20 : wholeNumber(options.top, '--top');
  const refused = changed.filter(({ says }) => says !== undefined);
  const dry = options.dryRun === true;
  const shown = changed.toSorted((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before)).slice(0, top);
  return {
    says: blocks(
      `${dry ? 'Would be counted' : 'Counted'} again by ${ref}: ${count(changed.length - refused.length, 'person', 'people')} of ${people}; the others are scored by it already.`,
      shown.length === 0
        ? undefined
        : table(
            ['lead', { title: 'score was', align: 'right' }, { title: 'is', align: 'right' }, { title: '', flexible: true }],
            shown.map(({ leadId, before, after, says }) => [leadId, before, after, says]),
          ),
      changed.length > shown.length ? `${changed.length - shown.length} more are left out; see --top.` : undefined,
      dry ? 'This was a dry run: nothing was changed.' : undefined,
    ),
    json: {
      ok: refused.length === 0,
      ...(dry ? { dryRun: true } : {}),
      model: ref,
      people,
      changed: changed.length - refused.length,
      refused,
      leads: shown,
    },
    exit: refused.length === 0 ? 0 : 1,
  };
}
