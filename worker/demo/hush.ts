/** Asks leads to wait while the demo counts, and to go on afterwards, by the words an operator has. Knows no rules. */
import { createHash } from 'node:crypto';
import type { Leads } from '../../client/ports';

export type Hush = {
  /** Those not asked before; resolves when all have answered. */
  pause(leadIds: readonly string[]): Promise<void>;
  /** Everyone who was paused. */
  resume(): Promise<void>;
  readonly paused: ReadonlySet<string>;
};

/** More at once only wait for each other in the worker. */
const atOnce = 16;

export function hush(leads: Pick<Leads, 'command'>): Hush {
  const paused = new Set<string>();
  const say = async (word: 'pause' | 'resume', leadId: string): Promise<void> => {
    const id = createHash('sha256').update(`demo\0${leadId}\0${word}`).digest().subarray(0, 8).toString('base64url');
    await leads.command(leadId, { kind: 'command', id, command: { word }, by: 'demo', because: 'the demo counts its mails' });
  };
  const sayToAll = async (word: 'pause' | 'resume', leadIds: readonly string[]): Promise<void> => {
    const left = [...leadIds];
    const speaker = async (): Promise<void> => {
      for (let leadId = left.pop(); leadId !== undefined; leadId = left.pop()) await say(word, leadId);
    };
    await Promise.all(Array.from({ length: atOnce }, speaker));
  };
  return {
    paused,
    async pause(leadIds) {
      const fresh = leadIds.filter((leadId) => !paused.has(leadId));
      for (const leadId of fresh) paused.add(leadId);
      await sayToAll('pause', fresh);
    },
    resume: () => sayToAll('resume', [...paused]),
  };
}
