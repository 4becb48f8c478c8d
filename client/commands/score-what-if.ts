/** `ripen score what-if`: the real history run again with another scoring model, with sends off: who crosses, hand-offs a week, the scores before and after. Changes nothing. */
import type { Command } from 'commander';
import { UnknownRef } from '../../workflows/core';
import type { Fact, Model, Published } from '../../workflows/core';
import {
  bandNames,
  bandsOf,
  crossesDown,
  crossesUp,
  handOffPace,
  perWeek,
  scoredBy,
  standingAt,
} from '../../workflows/foresight/crossings';
import type { Crossing } from '../../workflows/foresight/crossings';
import { asItWas, withModel } from '../../workflows/foresight/other-world';
import { rerun } from '../../workflows/foresight/rerun';
import { everyLeadId, forEveryLead } from '../every-lead';
import { modelAtHand } from '../model-at-hand';
import { namesOf } from '../people-at-hand';
import type { Context, Outcome } from '../ports';
import { blocks, count, date, section, table, wrapped } from '../print';
import { publishedView } from '../published';
import { failed, wrongUsage } from '../refusal';
import { momentOf, verb, wholeNumber } from '../verb';
import type { Cli } from '../verb';

type Options = { readonly model: string; readonly since: string; readonly top?: string };

export const addScoreWhatIf = (cli: Cli, parent: Command): void =>
  verb<Options>(
    cli,
    {
      usage: 'what-if',
      does: 'What another scoring model would change, on the real history: who crosses, hand-offs a week, scores before and after.',
      examples: [
        'score what-if --model my-points.yaml --since 2026-10-01',
        'score what-if --model b2b-points@2 --since 2026-10-01 --top 50',
      ],
      more:
        'The model takes the place of the one that decides for the workspace; at --since everybody is counted again by it from their first event.\n' +
        'Then: `ripen settings apply FILE` puts it in force for what comes, `ripen score apply` counts again what was.',
    },
    (command) =>
      command
        .requiredOption('--model <file or name>', 'a file such as my-points.yaml, or a published version such as b2b-points@2')
        .requiredOption('--since <date>', 'what was recorded before stays as it was')
        .option('--top <number>', 'how many people to show; 20 if not given'),
    whatIf,
    parent,
  );

type Found = { readonly crossing: Crossing; readonly was: Pace; readonly would: Pace; readonly true: boolean };
type Pace = ReturnType<typeof handOffPace>;

async function whatIf(context: Context, options: Options): Promise<Outcome> {
  const since = context.toEngine(momentOf(options.since, '--since'));
  const until = context.toEngine(context.now());
  if (since >= until) throw wrongUsage(`--since ${options.since} lies in the future.`);
  const top = options.top === undefined ? 20 : wholeNumber(options.top, '--top');
  const { artefacts } = await context.people('published', {});
  const published = publishedView(artefacts);
  if (published === undefined) throw failed('Nothing is published yet: `ripen sequences publish`.');
  const tried = modelAtHand(artefacts, options.model);
  const deciding = published.settings.model;
  // In its place, whatever it is called: sequences and settings name the one that decides.
  const named = { ref: `${deciding}@${tried.model.version}#${tried.digest}`, model: { ...tried.model, id: deciding } };
  let skipped = 0;
  const found = await forEveryLead(context, 'Counting again', await everyLeadId(context), (leadId, facts) => {
    if (facts.at(-1)?.type === 'LeadErased') return [];
    try {
      return [oneLead(published, leadId, facts, named, since, until)];
    } catch (error) {
      if (!(error instanceof UnknownRef)) throw error;
      skipped += 1;
      return [];
    }
  });
  const all = found.flat();
  const names = await namesOf(
    context,
    all.filter(({ crossing }) => crossesUp(crossing) || crossesDown(crossing)).map(({ crossing }) => crossing.leadId),
  );
  return told({ name: `${tried.model.id}@${tried.model.version}`, all, names, since, until, top, skipped });
}

type NamedModel = { readonly ref: string; readonly model: Model };

function oneLead(published: Published, leadId: string, facts: readonly Fact[], named: NamedModel, since: number, until: number): Found {
  const then = asItWas(published, facts);
  const again = rerun({ published: then, leadId, facts, since, until });
  const other = rerun({
    published: withModel(then, named.ref, named.model),
    leadId,
    facts,
    since,
    until,
    restate: scoredBy(then, named, since),
  });
  const { id } = named.model;
  const own = then.currentModel(id)?.model ?? named.model;
  const happened = handOffPace(
    facts.filter(({ recordedAt }) => recordedAt >= since),
    since,
  );
  const was = handOffPace(again.facts, since);
  return {
    crossing: {
      leadId,
      before: standingAt(own, again.state.scores[id], until),
      after: standingAt(named.model, other.state.scores[id], until),
    },
    was,
    would: handOffPace(other.facts, since),
    true: happened.wave + happened.later === was.wave + was.later,
  };
}

type Told = {
  readonly name: string;
  readonly all: readonly Found[];
  readonly names: (leadId: string) => string;
  readonly since: number;
  readonly until: number;
  readonly top: number;
  readonly skipped: number;
};

const rounded = (value: number): number => Math.round(value * 10) / 10;

function told({ name, all, names, since, until, top, skipped }: Told): Outcome {
  const crossings = all.map(({ crossing }) => crossing);
  const [up, down] = [crossings.filter(crossesUp), crossings.filter(crossesDown)];
  const bands = bandsOf(crossings);
  const sum = (of: (one: Found) => number): number => all.reduce((total, one) => total + of(one), 0);
  const weekly = (of: 'was' | 'would'): number =>
    rounded(
      perWeek(
        sum((one) => one[of].later),
        since,
        until,
      ),
    );
  const waves = { was: sum(({ was }) => was.wave), would: sum(({ would }) => would.wave) };
  const same = all.filter((one) => one.true).length;
  return {
    says: blocks(
      `What if ${name} had decided since ${date(since)}? ${count(all.length, 'person', 'people')}.`,
      all.length === 0 ? undefined : section('Scores now', bandTable(bands)),
      all.length === 0
        ? undefined
        : section(
            'Hand-offs',
            table(
              ['', { title: 'as it was', align: 'right' }, { title: 'with the model', align: 'right' }],
              [
                ['in the first day', waves.was, waves.would],
                ['a week after that', weekly('was'), weekly('would')],
              ],
            ),
          ),
      crossingText(`${count(up.length, 'person', 'people')} would cross to MQL`, up, names, top),
      crossingText(`${count(down.length, 'person', 'people')} would fall below MQL`, down, names, top),
      up.length + down.length > 0
        ? wrapped('By score alone: the lifecycle itself never goes back because a score falls, and its signs hold besides.')
        : undefined,
      all.length === 0 ? undefined : `Run again as it was, ${same} of ${all.length} people have as many hand-offs as they really had.`,
      skipped === 0 ? undefined : `${count(skipped, 'person', 'people')} left out: a version they were on is not published.`,
    ),
    json: {
      ok: true,
      model: name,
      since,
      people: all.length,
      distribution: bandNames.map((band, at) => ({ band, before: bands.before[at] ?? 0, after: bands.after[at] ?? 0 })),
      handOffs: { firstDay: waves, perWeek: { was: weekly('was'), would: weekly('would') } },
      up,
      down,
      sameAsHappened: same,
      skipped,
    },
  };
}

function bandTable({ before, after }: ReturnType<typeof bandsOf>): string {
  const most = Math.max(1, ...before, ...after);
  const bar = (number: number): string => '#'.repeat(Math.ceil((number / most) * 25));
  return table(
    [
      { title: 'score', align: 'right' },
      { title: 'as it was', align: 'right' },
      '',
      { title: 'with the model', align: 'right' },
      { title: '', flexible: true },
    ],
    bandNames.map((band, at) => [band, before[at], bar(before[at] ?? 0), after[at], bar(after[at] ?? 0)]),
  );
}

function crossingText(title: string, all: readonly Crossing[], names: (leadId: string) => string, top: number): string | undefined {
  if (all.length === 0) return `${title}.`;
  const strongest = all.toSorted((a, b) => Math.abs(b.after.score - b.before.score) - Math.abs(a.after.score - a.before.score));
  const rows = strongest
    .slice(0, top)
    .map(({ leadId, before, after }) => [
      leadId,
      names(leadId),
      `${before.score} to ${after.score}`,
      `${before.grade} to ${after.grade}`,
      `${before.temperature} to ${after.temperature}`,
    ]);
  return section(
    `${title}${all.length > top ? ` (the first ${top}; more with --top)` : ''}`,
    table(['lead', { title: 'who', flexible: true }, 'score', 'grade', 'temperature'], rows),
  );
}
