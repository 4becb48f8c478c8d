/** Asks a rep by mail to do something, once per effect by the ledger; every try at a step asks the same rep. Opens no hand-off. Knows no rules. */
import type { GiveTask, Outcome } from '../workflows/core';
import type { NotifyRepDeps } from './notify-rep';
import { prepareRepMail } from './notify-rep';
import { alive, callOnce, type CallDeps } from './one-call';
import type { EffectResults, People, Rep, SendResult } from './ports';
import { usualLeaseMs } from './send-touch';

export type GiveTaskDeps = Omit<NotifyRepDeps, 'people'> & {
  readonly people: Pick<People, 'addressee' | 'rep' | 'owner' | 'nextRep'>;
  readonly results: EffectResults;
};

export function createGiveTask(deps: GiveTaskDeps): (args: { readonly leadId: string; readonly effect: GiveTask }) => Promise<Outcome> {
  const calls: CallDeps = { ledger: deps.ledger, now: () => 0, leaseMs: deps.leaseMs ?? usualLeaseMs, log: deps.log };
  return ({ leadId, effect }) =>
    alive(async () => {
      const rep = await repFor(deps, leadId, effect);
      if (rep === undefined) return { as: 'unavailable', because: 'no-reps' };
      await deps.ledger.reserveNote(leadId, { id: effect.id, what: 'task' });
      const mail = await prepareRepMail(deps, leadId, effect, rep);
      if (mail === undefined) return { as: 'unavailable', because: 'content-missing' };
      const result = await callOnce(calls, { leadId, effect: effect.id }, async (): Promise<SendResult> => {
        const sent = await deps.mailer.send(mail);
        return sent.as === 'sent' ? { as: 'sent', content: 'rep-task' } : sent;
      });
      // An uncertain mail counts as sent: nobody is asked twice.
      return result.as === 'sent' || result.as === 'uncertain'
        ? { as: 'assigned', rep: rep.id }
        : { as: 'unavailable', because: result.because };
    });
}

async function repFor({ people, results }: GiveTaskDeps, leadId: string, { to, touchKey }: GiveTask): Promise<Rep | undefined> {
  const known = await results.find(leadId, touchKey);
  const asked = known === undefined ? undefined : await people.rep(String(known['rep']));
  if (asked !== undefined) return asked;
  const rep = (to === 'owner' ? await people.owner(leadId) : undefined) ?? (await people.nextRep());
  if (rep === undefined) return undefined;
  const kept = await results.keep(leadId, touchKey, { rep: rep.id });
  return kept['rep'] === rep.id ? rep : people.rep(String(kept['rep']));
}
