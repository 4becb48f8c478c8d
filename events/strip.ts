/** From a message's bytes to what may reach a lead: parsed, checked, and rid of everything that could name a person. Knows no stream. */
import type { z } from 'zod';
import type { Input } from '../workflows/core/inputs';
import { classifyActor } from './actor';
import {
  dataSchemas,
  engagementTypes,
  envelopeSchema,
  isEngagementType,
  pathCode,
  type EngagementData,
  type EngagementType,
  type Envelope,
  type Who,
} from './engagement';
import { eventHash, hash64, identityKinds, type Identity } from './hashes';
import { campaignLeftSchema, enrolmentAskedSchema, inputAskedSchema, profileChangedSchema } from './internal';
import type { ProblemCode } from './problems';
import type { Code, StrippedEvent } from './stripped';

/** Larger messages are documents, not events. */
export const largestEvent = 65_536;

export type Fault = { readonly code: ProblemCode; readonly path?: string; readonly says: string };
export type Parsed =
  | { readonly as: 'engagement'; readonly type: EngagementType; readonly envelope: Envelope; readonly data: EngagementData }
  /** Made by the engine itself; who it is for is certain. */
  | { readonly as: 'internal'; readonly type: string; readonly leadId: string; readonly input: (context: StripContext) => Input }
  | { readonly as: 'faulty'; readonly fault: Fault };

/** A message that could be read. */
export type Known = Exclude<Parsed, { as: 'faulty' }>;

export type StripContext = {
  readonly secret: string;
  /** When the stream took it, engine's clock: counts where the event names no moment, and the latest one believed. */
  readonly nowAt: number;
};

/** Message bytes to JSON; `undefined` where they are none. */
export function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Engine's moment an event happened: what it says, but never after it reached us nor before 1970. */
const occurred = (time: string | undefined, nowAt: number): number =>
  Math.max(0, Math.min(time === undefined ? nowAt : Date.parse(time), nowAt));

const faulty = (fault: Fault): Parsed => ({ as: 'faulty', fault });
const faultOf = (error: z.ZodError, under = ''): Fault => {
  const issue = error.issues[0];
  const path = [under, ...(issue?.path ?? []).map(String)].filter((part) => part !== '').join('.');
  return {
    code: 'event-malformed',
    ...(path === '' ? {} : { path }),
    says: `${path === '' ? 'the message' : path}: ${issue?.message ?? 'has the wrong form'}`,
  };
};

/** Never throws: what cannot be read is a fault with code and path. */
export function parseEvent(bytes: Uint8Array): Parsed {
  if (bytes.length > largestEvent)
    return faulty({ code: 'event-too-large', says: `the event has ${bytes.length} bytes, at most ${largestEvent} are taken` });
  const json = jsonOf(bytes);
  return json === undefined ? faulty({ code: 'event-malformed', says: 'the message is no JSON' }) : parseJson(json);
}

export function parseJson(json: unknown): Parsed {
  const envelope = envelopeSchema.safeParse(json);
  if (!envelope.success) return faulty(faultOf(envelope.error));
  const { type, data } = envelope.data;
  if (!isEngagementType(type)) return internal(type, envelope.data);
  const fields = dataSchemas[type].safeParse(data);
  return fields.success ? { as: 'engagement', type, envelope: envelope.data, data: fields.data } : faulty(faultOf(fields.error, 'data'));
}

function internal(type: string, { data, source, id, time }: Envelope): Parsed {
  if (type === 'profile.changed') {
    const parsed = profileChangedSchema.safeParse(data);
    if (!parsed.success) return faulty(faultOf(parsed.error, 'data'));
    const { leadId, version, traits, consent } = parsed.data;
    return {
      as: 'internal',
      type,
      leadId,
      input: ({ nowAt }) => ({ kind: 'profiled', id: `p${version}`, version, occurredAt: occurred(time, nowAt), traits, consent }),
    };
  }
  if (type === 'enrolment.asked') {
    const parsed = enrolmentAskedSchema.safeParse(data);
    if (!parsed.success) return faulty(faultOf(parsed.error, 'data'));
    const { leadId, commandId, by, because, sequence, campaign, stage, data: codes, settings } = parsed.data;
    const command = {
      word: 'enrol' as const,
      sequence,
      ...(campaign === undefined ? {} : { campaign }),
      ...(codes === undefined ? {} : { data: codes }),
      ...(settings === undefined ? {} : { settings }),
      ...(stage === undefined ? {} : { stage }),
    };
    return {
      as: 'internal',
      type,
      leadId,
      input: ({ secret }) => ({ kind: 'command', id: ringId(secret, commandId), command, by, because }),
    };
  }
  if (type === 'campaign.left') {
    const parsed = campaignLeftSchema.safeParse(data);
    if (!parsed.success) return faulty(faultOf(parsed.error, 'data'));
    const { leadId, commandId, by, because, campaign } = parsed.data;
    const command = { word: 'leave' as const, campaign };
    return {
      as: 'internal',
      type,
      leadId,
      input: ({ secret }) => ({ kind: 'command', id: ringId(secret, commandId), command, by, because }),
    };
  }
  if (type === 'input.asked') {
    const parsed = inputAskedSchema.safeParse(data);
    if (!parsed.success) return faulty(faultOf(parsed.error, 'data'));
    return {
      as: 'internal',
      type,
      leadId: parsed.data.leadId,
      input: ({ secret }) => renamed(parsed.data.input as unknown as Input, eventHash(secret, source, id)),
    };
  }
  return faulty({
    code: 'event-unknown-type',
    path: 'type',
    says: `"${type}" is no event type; the types are ${Object.keys(engagementTypes).join(', ')}`,
  });
}

/** The ring of a lead's state holds ids of exactly 11 characters. */
const ringId = (secret: string, id: string): string => (/^[A-Za-z0-9_-]{11}$/.test(id) ? id : hash64(secret, 'command', id));

/** A replayed input must not meet its own id in the ring. Profile and outcome ids have a meaning and stay. */
const renamed = (input: Input, id: string): Input =>
  input.kind === 'engaged' ? { ...input, id, event: { ...input.event, id } } : input.kind === 'command' ? { ...input, id } : input;

/** Only declared fields are kept; a clock that runs ahead is not believed, because one event of the year 2099 would spoil the lead's ring. */
export function strip(parsed: Extract<Parsed, { as: 'engagement' }>, { secret, nowAt }: StripContext): StrippedEvent {
  const { type, envelope, data } = parsed;
  const declared: Readonly<Record<string, string>> = engagementTypes[type];
  const kept: Record<string, Code> = {};
  for (const [field, kind] of Object.entries(declared)) {
    const value = data[field];
    if (value !== undefined && kind !== 'source?')
      kept[field] = kind === 'event' ? otherEvent(data, secret, envelope) : codeOf(kind, value as Code);
  }
  const actor = classifyActor({
    type,
    ...(data.userAgent === undefined ? {} : { userAgent: data.userAgent }),
    ...(data.actor === undefined ? {} : { given: data.actor }),
  });
  return {
    id: eventHash(secret, envelope.source, envelope.id),
    type,
    occurredAt: occurred(envelope.time, nowAt),
    actor: actor.actor,
    data: kept,
    ...(data.effect === undefined ? {} : { effect: data.effect }),
    ...(data.content === undefined || 'content' in declared ? {} : { content: data.content }),
  };
}

/** The id that the event it names has in the lead's history. */
const otherEvent = ({ of, from }: EngagementData, secret: string, { source }: Envelope): string =>
  eventHash(secret, typeof from === 'string' ? from : source, String(of as Code));

/** Whose message it is. */
export const whoIs = (parsed: Known): Who => (parsed.as === 'internal' ? { lead: parsed.leadId } : parsed.data.who);

/** What of it reaches the lead. */
export function inputOf(parsed: Known, context: StripContext): Input {
  if (parsed.as === 'internal') return parsed.input(context);
  const event = strip(parsed, context);
  return { kind: 'engaged', id: event.id, event };
}

/** A path loses its query; an instant becomes epoch ms, whatever its offset; a day stays a day. */
function codeOf(kind: string, value: Code): Code {
  if (typeof value !== 'string') return value;
  if (kind === 'path') return pathCode(value);
  return kind.startsWith('date') && value.includes('T') ? Date.parse(value) : value;
}

/** The surest identity an event names, or `undefined` where it is too broken to say. Names the record of a rejected message. */
export function surestIdentity(json: unknown): Identity | undefined {
  const data = (json as { data?: { who?: unknown; leadId?: unknown } } | null | undefined)?.data;
  if (typeof data?.leadId === 'string') return { kind: 'lead', value: data.leadId };
  if (typeof data?.who !== 'object' || data.who === null) return undefined;
  const who = data.who as Readonly<Record<string, unknown>>;
  for (const kind of identityKinds) {
    const value = who[kind];
    if (typeof value === 'string') return { kind, value };
  }
  return undefined;
}
