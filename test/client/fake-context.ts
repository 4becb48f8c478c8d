/** A context whose outside world is kept in memory: what was asked is remembered, what is answered is given by the test. */
import type { ApiError } from '../../events/ports';
import type { Ask, PeopleVerb, PersonCard, Reply } from '../../events/requests';
import type { Answer, Fact } from '../../workflows/core';
import type { CommandInput, LeadView } from '../../workflows/messages';
import { awayCode, temporalAwayCode } from '../../client/away';
import type { Context, Leads, ListedLead, Screen } from '../../client/ports';
import { runCli } from '../../client/program';
import { Refusal } from '../../client/refusal';

export const asha: PersonCard = {
  leadId: 'lead-asha',
  name: 'Asha Rao',
  email: 'asha@orchard.example',
  company: 'Orchard Ltd',
  source: 'trade-show',
};
export const nowAt = Date.UTC(2026, 10, 23, 12, 0);

type Answers = { readonly [V in PeopleVerb]?: (ask: Ask<V>) => Reply<V> };
export type World = {
  readonly people?: Answers;
  readonly peopleAway?: boolean;
  readonly temporalAway?: boolean;
  readonly facts?: readonly Fact[];
  /** At each look. */
  readonly factsOf?: (leadId: string) => readonly Fact[];
  readonly answer?: Answer;
  readonly view?: LeadView;
  readonly released?: Answer;
  /** View after a start. */
  readonly viewAfter?: LeadView;
  readonly listed?: (query: string) => readonly ListedLead[];
  readonly stream?: (verb: string, body: unknown) => Readonly<Record<string, unknown>> & { readonly error?: ApiError };
  readonly clockRate?: number;
  readonly child?: number;
  readonly screen?: Screen;
};

export type Ran = {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
  /** The closing line of --json. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly asked: readonly { readonly verb: PeopleVerb; readonly ask: unknown }[];
  readonly commands: readonly { readonly leadId: string; readonly command: CommandInput }[];
  readonly published: readonly { readonly subject: string; readonly event: Record<string, unknown>; readonly msgId: string | undefined }[];
  readonly queries: readonly string[];
  readonly did: readonly string[];
};

/** Runs the command line as a person would type it. */
export async function ripen(world: World, ...words: readonly string[]): Promise<Ran> {
  const ran = {
    asked: [] as Ran['asked'][number][],
    commands: [] as Ran['commands'][number][],
    published: [] as Ran['published'][number][],
    queries: [] as string[],
    did: [] as string[],
  };
  let out = '';
  let err = '';
  const exit = await runCli(words, '0.0.0', (warn) => contextOf(world, ran, warn), {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
  });
  const line = out.trimEnd().split('\n').at(-1) ?? '';
  return { exit, out, err, json: line.startsWith('{') ? (JSON.parse(line) as Record<string, unknown>) : {}, ...ran };
}

type Memory = {
  readonly asked: Ran['asked'][number][];
  readonly commands: Ran['commands'][number][];
  readonly published: Ran['published'][number][];
  readonly queries: string[];
  readonly did: string[];
};

function contextOf(world: World, memory: Memory, warn: (says: string) => void): Context {
  const known: Answers = {
    find: ({ who }) => (who === asha.leadId || who === asha.email ? { person: asha } : {}),
    cards: () => ({ people: [asha] }),
    reps: () => ({ reps: [{ id: 'rep-maya', name: 'Maya Okafor', email: 'maya@sales.example', active: true, open: 1 }] }),
    published: () => ({ artefacts: [] }),
    mapping: ({ map }) => (map === undefined ? {} : { map }),
    hold: ({ held }) => ({ held }),
    brake: () => ({ held: [], lastHour: 0, mayBe: 20 }),
    sending: () => ({ holds: [], lastHour: {} }),
    reread: () => ({ read: 0, inputs: [] }),
    ...world.people,
  };
  return {
    people: async <V extends PeopleVerb>(verb: V, ask: Ask<V>): Promise<Reply<V>> => {
      memory.asked.push({ verb, ask });
      if (world.peopleAway === true) throw new Refusal('Nobody answers for the people store. Start the people role.', 1, awayCode);
      const answer = known[verb] as ((ask: Ask<V>) => Reply<V>) | undefined;
      if (answer === undefined) throw new Error(`this test gives no answer to ${verb}`);
      return answer(ask);
    },
    facts: async (leadId) => world.factsOf?.(leadId) ?? world.facts ?? [],
    position: async () => ({ n: 7, digest: 'd7' }),
    stream: async () => ({
      publish: async (subject, data, options) => {
        memory.published.push({
          subject,
          event: JSON.parse(Buffer.from(data).toString('utf8')) as Record<string, unknown>,
          msgId: options?.msgId,
        });
        return { seq: 7, duplicate: false };
      },
      api: async (verb, body) => world.stream?.(verb, body) ?? { error: { code: 404, err_code: 10037, description: 'no message found' } },
    }),
    leads: async () => {
      if (world.temporalAway === true)
        throw new Refusal('Temporal does not answer at 127.0.0.1:1. Start everything with `ripen up`.', 1, temporalAwayCode);
      return leadsOf(world, memory);
    },
    campaigns: async () => {
      if (world.temporalAway === true)
        throw new Refusal('Temporal does not answer at 127.0.0.1:1. Start everything with `ripen up`.', 1, temporalAwayCode);
      return {
        look: async (id) => void memory.did.push(`looked at campaign ${id}`),
        schedule: async (id, cron) => void memory.did.push(`scheduled ${id} by ${cron}`),
        unschedule: async (id) => memory.did.push(`unscheduled ${id}`) > 0,
      };
    },
    now: () => nowAt,
    toEngine: (at) => at,
    toReal: (at) => at,
    clockRate: world.clockRate ?? 1,
    uiUrl: 'http://127.0.0.1:8233',
    namespace: 'default',
    secret: 'a-secret-of-the-tests',
    user: 'olga',
    shipped: (...parts) => [`${__dirname}/../..`, ...parts].join('/'),
    runShipped: async (args) => {
      memory.did.push(args.map((arg) => arg.replace(/^.*\/dist\//, 'dist/')).join(' '));
      return world.child ?? 0;
    },
    warn,
    progress: () => ({ at: () => undefined, end: () => undefined }),
    ...(world.screen === undefined ? {} : { screen: world.screen }),
    close: async () => void memory.did.push('closed'),
  };
}

function leadsOf(world: World, memory: Memory): Leads {
  let started = false;
  return {
    command: async (leadId, command) => {
      memory.commands.push({ leadId, command });
      return world.answer ?? { ok: true, says: 'Done.' };
    },
    view: async () => (started ? world.viewAfter : world.view),
    isRunning: async () => world.view !== undefined,
    list: async (query) => {
      memory.queries.push(query);
      return world.listed?.(query) ?? [];
    },
    terminate: async (leadId) => {
      memory.did.push(`terminated ${leadId}`);
      return true;
    },
    startHeld: async (leadId) => {
      memory.did.push(`started ${leadId}, held`);
      started = true;
    },
    deliver: async (leadId, inputs) => void memory.did.push(`told ${leadId} ${inputs.map(({ id }) => id).join(' ')}`),
    release: async (leadId) => {
      memory.did.push(`released ${leadId}`);
      return world.released ?? { ok: true, says: 'Released.' };
    },
    repair: async (leadId) => {
      memory.did.push(`repaired ${leadId}`);
      return { ok: true, says: 'The log now holds what this lead knows; it goes on.' };
    },
  };
}
