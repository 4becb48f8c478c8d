/** Names and shapes shared by the lead's workflow, the router and the client: workflow id, queues, signals, updates, queries. Knows no rules. */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Answer, Input } from './core/inputs';
import type { Position } from './core/facts';

export const nurtureQueue = 'nurture';
/** Sends run on a queue per channel, never on `nurture`. */
export const sendQueue = (channel: string): string => `send-${channel}`;

export const workflowIdOf = (leadId: string): string => `lead/${leadId}`;
/** Inverse of `workflowIdOf`; `undefined` for other workflows. */
export const leadIdOf = (workflowId: string): string | undefined => (workflowId.startsWith('lead/') ? workflowId.slice(5) : undefined);

/** Events and profiles, up to 100 inputs a batch; nobody waits for an answer. None: the log holds more than this workflow knows, look. */
export const receiveSignal = defineSignal<[inputs: readonly Input[]]>('receive');

/** Something was said about a campaign: step now instead of later. */
export const lookSignal = defineSignal('look');
export const campaignWorkflowId = (id: string): string => `campaign/${id}`;

export type CommandInput = Extract<Input, { kind: 'command' }>;
/** Operator and rep words: answered when decided, within 15 s, else "accepted, pending". */
export const commandUpdate = defineUpdate<Answer, [command: CommandInput]>('command');

/** Sets the lead's log to what this workflow knows, after `facts-behind` or `facts-forked` (PROTOCOL 7). */
export const repairUpdate = defineUpdate<Answer, [why: { readonly by: string; readonly because: string }]>('repair');

/** Ends the hold of a rebuild: answered when what came in meanwhile is decided, within 15 s (PROTOCOL 19). */
export const releaseUpdate = defineUpdate<Answer>('release');

export type LeadView = {
  readonly leadId: string;
  readonly position: Position;
  /** Inputs not yet decided. */
  readonly inbox: number;
  /** Ids of effects whose activity runs. */
  readonly running: readonly string[];
  /** Absolute, real clock. */
  readonly wakeAt?: number;
  readonly problem?: string;
  /** Being rebuilt: nothing is decided or sent until it is released. */
  readonly held?: boolean;
};
export const viewQuery = defineQuery<LeadView>('view');
