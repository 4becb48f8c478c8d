/** `ripen sequences review`: one page about an edit for a pull request, from the plans, a simulation, who is on it now, and the real history. */
import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { ContentPiece } from '../../events/templates';
import type { Plan } from '../../workflows/core';
import type { Report } from '../../workflows/core/simulate/report';
import { planAtHand } from '../plan-at-hand';
import type { Context, Outcome } from '../ports';
import { catalogue } from '../publishing';
import { Refusal, wrongUsage } from '../refusal';
import { reviewPage } from '../review-page';
import type { Review } from '../review-page';
import { momentOf, verb, wholeNumber } from '../verb';
import type { Cli } from '../verb';
import { peopleOn } from './sequence-views';
import { firstDay, simulated } from './simulate';
import { historyWith } from './what-if';

type Options = { readonly leads: string; readonly days: string; readonly since?: string; readonly out?: string };

export function addSequenceReview(cli: Cli, parent: Command): void {
  verb<Options>(
    cli,
    {
      usage: 'review <from> <to>',
      does: 'One page about an edit that a marketer can sign off: what changes, the mails, volumes, and who is on it now.',
      examples: [
        'sequences review trial-offer@1 trial-offer@2 --out review.md',
        'sequences review trial-offer@1 trial-offer@2 --since 2026-10-01',
      ],
    },
    (command) =>
      command
        .option('--leads <number>', 'how many made-up people go through both', '1000')
        .option('--days <number>', 'for how many days', '90')
        .option('--since <date>', 'also run the real history again since then')
        .option('--out <file>', 'write the page there instead of showing it'),
    (context, options, from, to) => review(context, options, from ?? '', to ?? ''),
    parent,
  );
}

async function review(context: Context, options: Options, from: string, to: string): Promise<Outcome> {
  const [before, after] = [await planAtHand(context, from), await planAtHand(context, to)];
  if (before.id !== after.id) throw wrongUsage(`${from} and ${to} are different sequences; give two versions of one.`);
  const made: Review = {
    before,
    after,
    pieces: catalogue(context)
      .artefacts.filter(({ kind }) => kind === 'content')
      .map(({ body }) => body as ContentPiece),
    simulated: { before: await through(context, options, before), after: await through(context, options, after) },
    people: await peopleOn(context, before, after),
    history: options.since === undefined ? undefined : await historyOf(context, after, options.since),
  };
  const page = reviewPage(made);
  const json = { ok: true, from, to, people: made.people, simulated: sumsOf(made.simulated), history: made.history };
  if (options.out === undefined) return { says: page, json: { ...json, page } };
  writeFileSync(options.out, `${page}\n`);
  return { says: `Written to ${options.out}.`, json: { ...json, out: options.out } };
}

const sumsOf = ({ before, after }: Review['simulated']) => ({
  before: { touches: before.touches, handOffs: before.handOffs },
  after: { touches: after.touches, handOffs: after.handOffs },
});

/** The same people, by the same seed. */
async function through(context: Context, options: Options, plan: Plan): Promise<Report> {
  const [leads, days] = [wholeNumber(options.leads, '--leads'), wholeNumber(options.days, '--days')];
  const ask = { sequence: `${plan.id}@${plan.version}`, seed: 1, days, from: firstDay('2026-01-05') };
  return (await simulated(context, {}, ask, leads)).simulation.report();
}

/** Left out with a warning where nothing runs: a page without it is still worth reading. */
async function historyOf(context: Context, after: Plan, since: string): Promise<Review['history']> {
  const at = context.toEngine(momentOf(since, '--since'));
  try {
    const { again, would } = await historyWith(context, after, at);
    return { sinceDay: since, again, would };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    context.warn(`The real history is left out. ${error.message}`);
    return undefined;
  }
}
