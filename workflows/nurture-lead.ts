/**
 * The shell of one lead (workflow id `lead/<leadId>`): handlers push to an inbox, one loop decides, folds, starts effects, sleeps and
 * continues as new. It reads no field of the state; what it does depends only on what the `decide` activity returned. Steps: PROTOCOL.
 */
import { allHandlersFinished, ApplicationFailure, condition, makeContinueAsNewFunc, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Carried } from './shell/carried';
import { createShell } from './shell/create-shell';
import { commandUpdate, receiveSignal, releaseUpdate, repairUpdate, viewQuery } from './messages';

/** A fresh start carries nothing: the lead is then loaded from its facts. `held`: it decides and does nothing until `release` (PROTOCOL 19). */
export type NurtureInput = { readonly leadId: string; readonly carried?: Carried; readonly held?: boolean };

/** Continue as new at about so many events, or before a long wait when the run has some. */
const manyEvents = 300;
const someEvents = 60;
const longWaitMs = 14 * 86_400_000;
const effectPatience = '10 seconds';

export async function nurtureLead(input: NurtureInput): Promise<void> {
  const shell = createShell(input.leadId, input.carried, input.held);
  setHandler(receiveSignal, (inputs) => (inputs.length === 0 ? shell.look() : inputs.forEach(shell.push)));
  setHandler(commandUpdate, shell.answer, {
    validator: (command) => {
      if (
        command?.kind !== 'command' ||
        typeof command.id !== 'string' ||
        typeof command.command?.word !== 'string' ||
        typeof command.by !== 'string'
      ) {
        throw ApplicationFailure.nonRetryable('A command needs an id, a word and who gives it.', 'command-malformed');
      }
    },
  });
  setHandler(repairUpdate, shell.repair);
  setHandler(releaseUpdate, shell.release);
  setHandler(viewQuery, shell.view);

  await shell.begin();
  for (;;) {
    if (shell.mayClose()) {
      // An answer may still be on its way out; nothing else would wake the lead after it.
      await condition(() => allHandlersFinished() || shell.hasWork());
      if (shell.mayClose() && allHandlersFinished()) return;
    }
    if (wantsFreshRun(shell.wakeAt(), shell.idle())) await continueAsNew(input.leadId, shell);
    while (!shell.hasWork()) await shell.rung();
    await shell.step();
  }
}

function wantsFreshRun(wakeAt: number | undefined, idle: boolean): boolean {
  const events = workflowInfo().historyLength;
  if (events > manyEvents) return true;
  return idle && events > someEvents && (wakeAt === undefined || wakeAt - Date.now() > longWaitMs);
}

/** Handlers finished, effects given ten seconds; what still runs is started again by the new run and made single by the ledger (PROTOCOL 17). */
async function continueAsNew(leadId: string, shell: ReturnType<typeof createShell>): Promise<void> {
  await condition(() => shell.effectsRunning() === 0, effectPatience);
  await condition(allHandlersFinished, effectPatience);
  if (!allHandlersFinished()) return;
  const next = makeContinueAsNewFunc<typeof nurtureLead>({ memo: { lead: leadId } });
  await next({ leadId, carried: shell.carry() });
}
