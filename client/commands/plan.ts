/** `ripen plan`: what comes for a person who does nothing from now on: the core run forward on the lead's live state. Nothing is sent by it. */
import { fold, initial, UnknownRef, WakeStuck } from '../../workflows/core';
import { goodWorld } from '../../workflows/foresight/provider';
import { openScene } from '../../workflows/foresight/scene';
import type { Scene } from '../../workflows/foresight/scene';
import { aheadOf, aheadTable, totals } from '../ahead';
import { findLead, nameOfPerson, repNames } from '../people-at-hand';
import type { Context, Outcome } from '../ports';
import { blocks } from '../print';
import { publishedView } from '../published';
import { failed, refusalOf } from '../refusal';
import { verb, wholeNumber } from '../verb';
import type { Cli } from '../verb';

type Options = { readonly days?: string };
const usualDays = '90';

export const addPlan = (cli: Cli): void =>
  verb<Options>(
    cli,
    {
      usage: 'plan <lead>',
      does: 'What a person will be sent from now on, when, and why not, if they do nothing. Nothing is changed and nothing is sent.',
      examples: ['plan asha@example.com', 'plan asha@example.com --days 14 --json'],
    },
    (command) => command.option('--days <number>', 'look so far ahead', usualDays),
    plan,
  );

async function plan(context: Context, { days = usualDays }: Options, who?: string): Promise<Outcome> {
  const ahead = wholeNumber(days, '--days') * 86_400_000;
  const found = await findLead(context, who);
  const facts = await context.facts(found.leadId);
  const state = fold(initial(found.leadId), facts);
  const published = publishedView((await context.people('published', {})).artefacts);
  if (published === undefined) throw failed('No settings are published yet: ripen sequences publish.');
  const reps = await repNames(context);
  const from = Math.max(context.toEngine(context.now()), state.at);
  const free = 'whoever is free';
  const scene = openScene({ published, state, before: facts, startAt: from, provider: goodWorld(published, [free]) });
  run(scene, from + ahead);
  const rows = aheadOf(scene.facts(), (id) => (id === free ? free : reps.of(id)));
  const { sent, notSent, says } = totals(rows);
  return {
    says: blocks(
      `${nameOfPerson(found)}, lead ${found.leadId}, if nothing is done from now on (${days} days ahead):`,
      rows.length === 0 ? 'Nothing comes by itself.' : aheadTable(rows, from),
      rows.length === 0 ? undefined : says,
    ),
    json: { ok: true, lead: found.leadId, from, until: from + ahead, sent, notSent, ahead: rows },
  };
}

function run(scene: Scene, until: number): void {
  try {
    scene.pass(until);
  } catch (error) {
    if (error instanceof UnknownRef) throw refusalOf('digest-unknown', `The lead is on ${error.ref}, which is not published here.`);
    if (error instanceof WakeStuck) throw refusalOf('wake-stuck', error.message);
    throw error;
  }
}
