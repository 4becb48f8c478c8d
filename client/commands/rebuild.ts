/** `ripen rebuild`: one lead's workflow anew from its facts, or its log set right where the two disagree. */
import { setTimeout as wait } from 'node:timers/promises';
import type { LeadView } from '../../workflows/messages';
import { readLead, wakeOf } from '../lead-at-hand';
import { findLead, nameOfPerson } from '../people-at-hand';
import type { Found } from '../people-at-hand';
import type { Context, Leads, Outcome } from '../ports';
import { date } from '../print';
import { failed, noSuchThing, sentence, wrongUsage } from '../refusal';
import { authorOf, verb } from '../verb';
import type { Authored, Cli } from '../verb';

type Options = Authored & { readonly yes?: boolean };

export const addRebuild = (cli: Cli): void =>
  verb<Options>(
    cli,
    {
      usage: 'rebuild <lead>',
      does: "Start a lead's workflow anew from its facts. Nothing is sent twice and it goes on with the same next step.",
      examples: ['rebuild asha@example.com --yes', 'rebuild lead-7f3a --because "its workflow was deleted"'],
      more: 'A lead whose log and workflow disagree (facts-behind, facts-forked) is repaired instead: the log is set to what the workflow knows.',
    },
    (command) =>
      command
        .option('--yes', 'end the running workflow although it has no problem')
        .option('--by <name>', 'who does this; your user name if not given')
        .option('--because <text>', 'why'),
    rebuild,
  );

const repairable = /^facts-(behind|forked)/;
const patienceMs = 20_000;
const lookEveryMs = 250;

async function rebuild(context: Context, options: Options, who?: string): Promise<Outcome> {
  const found = await findLead(context, who);
  const leads = await context.leads();
  const running = await leads.isRunning(found.leadId);
  const before = running ? await leads.view(found.leadId) : undefined;
  const because = options.because ?? 'rebuild asked for';
  if (before?.problem !== undefined && repairable.test(before.problem))
    return repaired(leads, found, { by: authorOf(context, options), because });
  const lead = await readLead(context, found);
  if (lead.facts.length === 0 && !running)
    throw noSuchThing(`${nameOfPerson(found)} has no facts to rebuild from: nothing has happened yet.`);
  if (running && before?.problem === undefined && options.yes !== true)
    throw wrongUsage(`The workflow of ${nameOfPerson(found)} runs and says of no problem. Add --yes to end it and start it anew.`);
  const expectedAt = before?.wakeAt ?? realWake(context, wakeOf(lead));
  if (running) await leads.terminate(found.leadId, `${because} (by ${authorOf(context, options)})`);
  await leads.start(found.leadId);
  const after = await settled(context, leads, found.leadId);
  return report(context, found, expectedAt, after, running);
}

const realWake = (context: Context, engineAt: number | undefined): number | undefined =>
  engineAt === undefined ? undefined : context.toReal(engineAt);

async function repaired(leads: Leads, found: Found, why: { readonly by: string; readonly because: string }): Promise<Outcome> {
  const answer = await leads.repair(found.leadId, why);
  return {
    says: `${nameOfPerson(found)}: ${sentence(answer.says)}`,
    json: { ok: answer.ok, lead: found.leadId, repaired: answer.ok, says: answer.says },
    exit: answer.ok ? 0 : 1,
  };
}

/** The new run has loaded its facts once it has a position in them. */
async function settled(context: Context, leads: Leads, leadId: string): Promise<LeadView> {
  for (const until = context.now() + patienceMs; context.now() < until;) {
    const view = await leads.view(leadId);
    if (view !== undefined && (view.position.n > 0 || view.problem !== undefined)) return view;
    await wait(lookEveryMs);
  }
  throw failed(
    `The workflow of ${leadId} was started, but no worker has taken it up yet. Start one (\`ripen up\`), then see \`ripen status ${leadId}\`.`,
  );
}

function report(context: Context, found: Found, expectedAt: number | undefined, after: LeadView, ended: boolean): Outcome {
  const shown = (at: number | undefined): string => (at === undefined ? 'only when something arrives' : date(context.toEngine(at)));
  const same = Math.abs((expectedAt ?? 0) - (after.wakeAt ?? 0)) < 1_000;
  const lines = [
    `${nameOfPerson(found)}: rebuilt from ${after.position.n} decisions${ended ? '; the old workflow was ended' : ''}.`,
    `Looks again: ${shown(expectedAt)} before, ${shown(after.wakeAt)} now${same ? ', the same' : ''}.`,
    after.problem === undefined ? undefined : `It has a problem: ${after.problem}.`,
  ];
  return {
    says: lines.filter((line) => line !== undefined).join('\n'),
    json: {
      ok: after.problem === undefined,
      lead: found.leadId,
      wakeBeforeAt: expectedAt,
      wakeAt: after.wakeAt,
      same,
      decisions: after.position.n,
      problem: after.problem,
    },
    exit: after.problem === undefined ? 0 : 1,
  };
}
