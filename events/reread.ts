/** Finds again, in ENGAGEMENT, what concerns one lead and its log does not hold: acknowledged to a workflow that was lost before it decided. Sees ports only. */
import { eventHash } from './hashes';
import { cachedIdentities } from './identities';
import type { Identifier, Received, StreamScan, ToEngine } from './ports';
import { inputOf, jsonOf, parseEvent, whoIs } from './strip';
import { rejectedSubject, streamNames } from './subjects';
import type { Input } from '../workflows/core/inputs';
import type { Who } from './engagement';

export type RereadPorts = StreamScan & {
  readonly identifier: Identifier;
  /** Of these events of visitors, which the visitor's claim has brought to the lead already, as events of their own. */
  readonly credited: (events: readonly Visit[]) => Promise<readonly Visit[]>;
  readonly secret: string;
  readonly toEngine: ToEngine;
};
export type Visit = { readonly anonymous: string; readonly id: string };

export type RereadAsk = {
  readonly leadId: string;
  /** Last tokens of the subjects to look under; absent = everything in the stream. */
  readonly keys?: readonly string[];
  readonly fromSeq: number;
  /** Ids that are decided, or lie in REJECTED until somebody replays them. */
  readonly known: ReadonlySet<string>;
};
export type Reread = {
  /** Messages of this lead. */
  readonly read: number;
  /** Those that its log does not hold, in the order of the stream. */
  readonly inputs: readonly Input[];
  /** Where to go on. */
  readonly nextSeq?: number;
};

/** One answer holds at most about so many inputs, and looks at so many messages. */
const mostInputs = 300;
const mostLooked = 20_000;

export async function reread(ports: RereadPorts, { leadId, keys, fromSeq, known }: RereadAsk): Promise<Reread> {
  const subjects = keys === undefined ? ['engagement.>'] : keys.map((key) => `engagement.*.*.${key}`);
  const inputs = new Map<string, Input>();
  const identities = cachedIdentities(ports.identifier);
  let looked = 0;
  let read = 0;
  const nextSeq = await ports.scan({ stream: streamNames.engagement, subjects, fromSeq }, async (messages) => {
    const mine = await ofLead(ports, identities, leadId, messages);
    const credited = new Set((await ports.credited(mine.flatMap(visitOf))).map(nameOf));
    for (const one of mine) {
      if (visitOf(one).some((visit) => credited.has(nameOf(visit)))) continue;
      read += 1;
      if (!known.has(one.input.id)) inputs.set(one.input.id, one.input);
    }
    looked += messages.length;
    return inputs.size < mostInputs && looked < mostLooked;
  });
  return { read, inputs: [...inputs.values()], ...(nextSeq === undefined ? {} : { nextSeq }) };
}

type Mine = { readonly who: Who; readonly input: Input };
type Identities = ReturnType<typeof cachedIdentities>;

/** By the same rules as the router's, so that a subject decides nothing. */
async function ofLead(
  { secret, toEngine }: RereadPorts,
  identities: Identities,
  leadId: string,
  messages: readonly Received[],
): Promise<readonly Mine[]> {
  const readable = messages.flatMap(({ data, storedAt }): Mine[] => {
    const parsed = parseEvent(data);
    return parsed.as === 'faulty' ? [] : [{ who: whoIs(parsed), input: inputOf(parsed, { secret, nowAt: toEngine(storedAt) }) }];
  });
  const found = await identities.find(readable.map(({ who }) => who));
  return readable.filter((_, at) => {
    const whose = found[at];
    return whose?.as === 'lead' && whose.leadId === leadId;
  });
}

const nameOf = ({ anonymous, id }: Visit): string => `${anonymous} ${id}`;

const visitOf = ({ who: { anonymous }, input: { id } }: Mine): readonly Visit[] =>
  anonymous === undefined ? [] : [{ anonymous: anonymous.trim(), id }];

/** Ids of events that lie in REJECTED under these keys (all of it where absent): they wait to be replayed by hand. */
export async function rejectedIds({ scan }: StreamScan, secret: string, keys: readonly string[] | undefined): Promise<readonly string[]> {
  const ids: string[] = [];
  const subjects = keys === undefined ? ['rejected.>'] : keys.map((key) => rejectedSubject('*', key));
  await scan({ stream: streamNames.rejected, subjects, fromSeq: 1 }, async (messages) => {
    for (const { data } of messages) {
      const original = (jsonOf(data) as { readonly original?: { readonly source?: unknown; readonly id?: unknown } | null } | undefined)
        ?.original;
      if (typeof original?.source === 'string' && typeof original.id === 'string')
        ids.push(eventHash(secret, original.source, original.id));
    }
    return true;
  });
  return ids;
}
