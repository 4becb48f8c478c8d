/** Inputs and lead ids for tests of the shell, and a lead's log as they look at it. */
import type { Input } from '../../workflows/core';
import { freshId } from './shell-engine';
import type { Shell } from './shell-engine';

export const visit = (id = freshId(), occurredAt = Date.now()): Input => ({
  kind: 'engaged',
  id,
  event: { id, type: 'page.viewed', occurredAt, actor: 'human', data: { path: '/pricing' } },
});
/** By command, in the small plan. */
export const enrol = (id = freshId()): Input => ({
  kind: 'command',
  id,
  command: { word: 'enrol', sequence: 'small' },
  by: 'test',
  because: 'test',
});
export const lead = (): string =>
  `ld_${freshId()
    .toLowerCase()
    .replace(/[^a-z0-9]/g, 'x')}`;

/** All decisions of a lead, the ids they consumed and their facts. */
export async function logOf(shell: Shell, leadId: string) {
  const stored = await shell.facts.after(leadId, 0, 10_000);
  return {
    stored,
    consumed: stored.flatMap(({ decision }) => decision.consumed.map(({ id }) => id)),
    facts: stored.flatMap(({ decision }) => decision.facts),
  };
}
