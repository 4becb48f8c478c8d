/** A rep's word to a lead, by the same update the CLI uses. Knows no rules. */
import { createHash } from 'node:crypto';
import type { Leads } from '../../client/ports';
import type { SayForRep } from './reps';

/** The id is made of who says what about which hand-off, so the same word said again is the same command. */
export const sayForRep =
  (leads: Pick<Leads, 'command'>): SayForRep =>
  (leadId, { word, handOff, by, because }) => {
    const id = createHash('sha256').update([leadId, handOff, word, by].join('\0')).digest().subarray(0, 8).toString('base64url');
    return leads.command(leadId, { kind: 'command', id, command: { word, handOff }, by, because });
  };
