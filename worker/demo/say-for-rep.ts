/** A rep's word to a lead, by the same update the CLI uses. Knows no rules. */
import { createHash } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { commandUpdate, workflowIdOf } from '../../workflows/messages';
import type { SayForRep } from './reps';

/** The id is made of who says what about which hand-off, so the same word said again is the same command. */
export const sayForRep =
  (client: Client): SayForRep =>
  async (leadId, { word, handOff, by, because }) => {
    const id = createHash('sha256').update([leadId, handOff, word, by].join('\0')).digest().subarray(0, 8).toString('base64url');
    const command = { kind: 'command' as const, id, command: { word, handOff }, by, because };
    return client.workflow.getHandle(workflowIdOf(leadId)).executeUpdate(commandUpdate, { args: [command], updateId: id });
  };
