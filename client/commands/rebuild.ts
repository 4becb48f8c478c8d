/** `ripen rebuild`: one lead's workflow anew from its facts and from the events it had not decided yet, or its log set right where the two disagree. */
import { setTimeout as wait } from 'node:timers/promises';
import type { LeadView } from '../../workflows/messages';
import { nextLookAt, readLead } from '../lead-at-hand';
import { findLead, nameOfPerson } from '../people-at-hand';
import type { Found } from '../people-at-hand';
import type { Context, Leads, Outcome } from '../ports';
import { count, date } from '../print';
import { looksAgain, readAgain } from '../read-again';
import type { ReadAgain } from '../read-again';
import { failed, messageOf, noSuchThing, Refusal, sentence, wrongUsage } from '../refusal';
import { authorOf, verb } from '../verb';
import type { Authored, Cli } from '../verb';

type Options = Authored & { readonly yes?: boolean; readonly factsOnly?: boolean; readonly allEvents?: boolean };

export const addRebuild = (cli: Cli): void =>
  verb<Options>(
    cli,
    {
      usage: 'rebuild <lead>',
      does: "Start a lead's workflow anew from its facts and the events it had not decided. Nothing is sent twice, the next step stays.",
      examples: ['rebuild asha@example.com --yes', 'rebuild lead-7f3a --because "its workflow was deleted"'],
      more: `Events of the last 30 days are read again before anything is sent; those the lead's log holds already change nothing.
A lead whose log and workflow disagree (facts-behind, facts-forked) is repaired instead: the log is set to what the workflow knows.`,
    },
    (command) =>
      command
        .option('--yes', 'end the running workflow although it has no problem')
        .option('--all-events', 'look at every event of the stream, not only those published under the keys of this person (slow)')
        .option('--facts-only', 'do not read events again, for when the people store is away')
        .option('--by <name>', 'who does this; your user name if not given')
        .option('--because <text>', 'why'),
    rebuild,
  );

const repairable = /^facts-(behind|forked)/;
const patienceMs = 20_000;
const lookEveryMs = 250;

async function rebuild(context: Context, options: Options, who?: string): Promise<Outcome> {
  const found = await findLead(context, who);
  const { leadId } = found;
  const leads = await context.leads();
  const running = await leads.isRunning(leadId);
  const before = running ? await leads.view(leadId) : undefined;
  const because = options.because ?? 'rebuild asked for';
  if (before?.problem !== undefined && repairable.test(before.problem))
    return repaired(leads, found, { by: authorOf(context, options), because });
  // Before anything is ended: can the events be read at all?
  const ahead = options.factsOnly === true ? undefined : await looksAgain(context, { leadId });
  const lead = await readLead(context, found);
  if (lead.facts.length === 0 && !running && (ahead?.inputs.length ?? 0) === 0)
    throw noSuchThing(`${nameOfPerson(found)} has no facts to rebuild from: nothing has happened yet.`);
  if (running && before?.problem === undefined && before?.held !== true && options.yes !== true)
    throw wrongUsage(`The workflow of ${nameOfPerson(found)} runs and says of no problem. Add --yes to end it and start it anew.`);
  const expectedAt = nextLookAt(context, lead, before);
  if (running) await leads.terminate(leadId, `${because} (by ${authorOf(context, options)})`);
  await leads.startHeld(leadId);
  const again = await whileHeld(context, leads, options, leadId);
  return report(context, found, { expectedAt, after: await settled(context, leads, leadId), ended: running, ...again });
}

async function repaired(leads: Leads, found: Found, why: { readonly by: string; readonly because: string }): Promise<Outcome> {
  const answer = await leads.repair(found.leadId, why);
  return {
    says: `${nameOfPerson(found)}: ${sentence(answer.says)}`,
    json: { ok: answer.ok, lead: found.leadId, repaired: answer.ok, says: answer.says },
    exit: answer.ok ? 0 : 1,
  };
}

type Again = ReadAgain & { readonly pending?: string };

/** The events first, then the effects: a mail must not go that a lost event speaks against. */
async function whileHeld(context: Context, leads: Leads, options: Options, leadId: string): Promise<Again> {
  await settled(context, leads, leadId);
  try {
    const everything = options.allEvents === true ? { everything: true } : {};
    const again = options.factsOnly === true ? { read: 0, fresh: 0 } : await readAgain(context, leads, { leadId, ...everything });
    const released = await leads.release(leadId);
    return released.ok ? again : { ...again, pending: released.says };
  } catch (error) {
    throw new Refusal(
      `${sentence(messageOf(error))} The lead is started and held: nothing is sent. Repeat the command; without that it goes on by itself in a quarter of an hour.`,
      1,
      error instanceof Refusal ? error.code : undefined,
    );
  }
}

/** The new run has loaded its facts once it has a position in them. */
async function settled(context: Context, leads: Leads, leadId: string): Promise<LeadView> {
  for (const until = context.now() + patienceMs; context.now() < until;) {
    const view = await leads.view(leadId);
    if (view !== undefined && (view.position.n > 0 || view.problem !== undefined)) return view;
    await wait(lookEveryMs);
  }
  throw failed(
    `The workflow of ${leadId} was started, but no worker has taken it up yet. Start one (\`ripen up\`), then repeat the command.`,
  );
}

type Rebuilt = Again & { readonly expectedAt: number | undefined; readonly after: LeadView; readonly ended: boolean };

function report(context: Context, found: Found, { expectedAt, after, ended, read, fresh, pending }: Rebuilt): Outcome {
  const shown = (at: number | undefined): string => (at === undefined ? 'only when something arrives' : date(context.toEngine(at)));
  const same = Math.abs((expectedAt ?? 0) - (after.wakeAt ?? 0)) < 1_000;
  const ok = after.problem === undefined && pending === undefined;
  const lines = [
    `${nameOfPerson(found)}: rebuilt from ${after.position.n} decisions${ended ? '; the old workflow was ended' : ''}.`,
    `Events read again: ${count(read, 'event')}, ${fresh} of them new to the lead${fresh === 0 ? '' : ' and counted now'}.`,
    `Looks again: ${shown(expectedAt)} before, ${shown(after.wakeAt)} now${same ? ', the same' : ''}.`,
    pending === undefined ? undefined : sentence(pending),
    after.problem === undefined ? undefined : `It has a problem: ${after.problem}.`,
  ];
  return {
    says: lines.filter((line) => line !== undefined).join('\n'),
    json: {
      ok,
      lead: found.leadId,
      wakeBeforeAt: expectedAt,
      wakeAt: after.wakeAt,
      same,
      decisions: after.position.n,
      read,
      new: fresh,
      problem: after.problem,
    },
    exit: ok ? 0 : 1,
  };
}
