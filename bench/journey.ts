/** One lead's history beside the least that Temporal allows for the same journey: enrolled, five visits, a form, the mail it asks for. */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Input } from '../workflows/core';
import { viewQuery, workflowIdOf } from '../workflows/messages';
import type { BenchEngine } from './bench-engine';
import { askForm, enrol, visit } from './bench-plan';

const visits = 5;
const signals = visits + 2;
/** The run's start; a signal and its workflow task (scheduled, started, completed) each; the send's activity and the task that takes its end; a timer. */
export const leastEvents = 1 + signals * (1 + 3) + (3 + 3) + 1;

/** `deliver`: by the router's way, or every input by a signal. */
export async function journeyHistory(client: Client, engine: BenchEngine, deliver: BenchEngine['deliver']): Promise<number> {
  const id = (): string => randomBytes(8).toString('base64url');
  const lead = `ld_journey${randomBytes(4).toString('hex')}`;
  const handle = client.workflow.getHandle(workflowIdOf(lead));
  const decided = async (): Promise<void> => {
    for (;;) {
      const view = await handle.query(viewQuery);
      if (view.inbox === 0 && view.running.length === 0 && view.position.n > 0) return;
      await pause(50);
    }
  };
  const tell = async (input: Input): Promise<void> => {
    await deliver(lead, [input]);
    await pause(100);
    await decided();
  };
  await tell(enrol(id()));
  for (let count = 0; count < visits; count += 1) await tell(visit(id()));
  const mailed = engine.nextSend();
  await deliver(lead, [askForm(id())]);
  await mailed;
  await pause(200);
  await decided();
  return Number((await handle.describe()).historyLength);
}
