/** Effect -> activity with its queue, retry and priority -> Outcome. The only place that names activities; knows no rules. */
import { ActivityFailure, isCancellation, proxyActivities } from '@temporalio/workflow';
import type { AssignRep, DeedEffect, Effect, GiveTask, NotifyRep, Outcome, RunCustom, SendTouch, TellLeads } from './core';
import { nurtureQueue, sendQueue } from './messages';

/** The activities that make effects. Each is safe to start again: the ledger and the assignment row make effects single (PROTOCOL 14). */
export interface EffectActivities {
  sendTouch(args: { readonly leadId: string; readonly send: SendTouch }): Promise<Outcome>;
  assignRep(args: { readonly leadId: string; readonly effect: AssignRep }): Promise<Outcome>;
  notifyRep(args: { readonly leadId: string; readonly effect: NotifyRep }): Promise<Outcome>;
  runCustom(args: { readonly leadId: string; readonly effect: RunCustom }): Promise<Outcome>;
  tellLeads(args: { readonly leadId: string; readonly effect: TellLeads }): Promise<Outcome>;
  giveTask(args: { readonly leadId: string; readonly effect: GiveTask }): Promise<Outcome>;
  /** Ends a send whose activity ran out of time: withdrawn if it was never called, else what the ledger knows after its lease. */
  closeSend(args: { readonly leadId: string; readonly effect: string }): Promise<Outcome>;
}

/** Hand-offs before campaigns on every queue. */
const priorityOf = { handOff: 1, campaign: 5 } as const;

const retry = { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '30 seconds' } as const;
/** A send lives ten minutes at most; then the core plans anew (PROTOCOL 15). */
const life = {
  startToCloseTimeout: '2 minutes',
  scheduleToCloseTimeout: '10 minutes',
  heartbeatTimeout: '30 seconds',
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  retry,
} as const;

function on(taskQueue: string, options: { readonly summary: string; readonly priorityKey: number; readonly fairnessKey?: string }) {
  const { summary, ...priority } = options;
  return proxyActivities<EffectActivities>({ ...life, taskQueue, summary, priority });
}

/** What the ledger knows of after an activity ran out of time; the others are asked anew and answer what they stored. */
const inLedger = new Set<Effect['type']>(['SendTouch', 'NotifyRep']);

/** `undefined`: cancelled before anything is known; the effect stays outstanding and the ledger decides when it is started again. */
export async function perform(leadId: string, effect: Effect): Promise<Outcome | undefined> {
  try {
    return await start(leadId, effect);
  } catch (error) {
    if (isCancellation(error)) return undefined;
    if (!(error instanceof ActivityFailure)) throw error;
    if (!inLedger.has(effect.type)) return { as: 'unavailable', because: 'database-away' };
    return closeAfterFailure(leadId, effect.id);
  }
}

const ofStep = ({ touch, phase, sequence, campaign }: DeedEffect, what: string) => ({
  summary: `${touch}: ${what} (${phase} of ${sequence.split('#')[0]})`,
  priorityKey: priorityOf.campaign,
  ...(campaign === undefined ? {} : { fairnessKey: campaign }),
});

function start(leadId: string, effect: Effect): Promise<Outcome> {
  switch (effect.type) {
    case 'SendTouch':
      return on(sendQueue(effect.channel), {
        summary: `${effect.content} (${effect.phase} of ${effect.sequence.split('#')[0]})`,
        priorityKey: priorityOf.campaign,
        ...(effect.campaign === undefined ? {} : { fairnessKey: effect.campaign }),
      }).sendTouch({ leadId, send: effect });
    case 'AssignRep':
      return on(nurtureQueue, { summary: `hand-off ${effect.handOff}: choose a rep`, priorityKey: priorityOf.handOff }).assignRep({
        leadId,
        effect,
      });
    case 'NotifyRep':
      return on(sendQueue('email'), {
        summary: `hand-off ${effect.handOff}: ${effect.what} to the rep`,
        priorityKey: priorityOf.handOff,
      }).notifyRep({ leadId, effect });
    case 'RunCustom':
      return on(nurtureQueue, ofStep(effect, `run ${effect.name}`)).runCustom({ leadId, effect });
    case 'TellLeads':
      return on(nurtureQueue, ofStep(effect, `tell ${effect.whom} of ${effect.event}`)).tellLeads({ leadId, effect });
    case 'GiveTask':
      return on(sendQueue('email'), ofStep(effect, 'a task for a rep')).giveTask({ leadId, effect });
  }
}

async function closeAfterFailure(leadId: string, effect: string): Promise<Outcome | undefined> {
  const close = proxyActivities<EffectActivities>({
    taskQueue: nurtureQueue,
    startToCloseTimeout: '5 minutes',
    retry,
    summary: 'what became of a send that ran out of time',
  });
  try {
    return await close.closeSend({ leadId, effect });
  } catch (error) {
    if (isCancellation(error)) return undefined;
    throw error;
  }
}
