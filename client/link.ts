/** The command line's one link to NATS: questions to the people role, facts of a lead, the streams. Opens on first use; knows no command. */
import { openNats } from '../activities/adapters/nats-connection';
import type { Nats } from '../activities/adapters/nats-connection';
import { readDecisions } from '../activities/adapters/facts-reader';
import { NatsAway } from '../events/ports';
import type { Ask, PeopleVerb, Reply } from '../events/requests';
import { peopleSubject } from '../events/subjects';
import { upcast, UnknownFact } from '../workflows/core';
import type { Fact } from '../workflows/core';
import { awayCode } from './away';
import { failed, messageOf, Refusal, refusalOf } from './refusal';

export type Link = {
  readonly nats: Nats;
  readonly ask: <V extends PeopleVerb>(verb: V, ask: Ask<V>) => Promise<Reply<V>>;
  readonly facts: (leadId: string) => Promise<readonly Fact[]>;
  readonly position: (leadId: string) => Promise<{ readonly n: number; readonly digest: string } | undefined>;
  readonly close: () => Promise<void>;
};

/** An import of 200 rows, a publication or a walk through a stream takes a while; all else is a look. */
const longVerbs: ReadonlySet<PeopleVerb> = new Set<PeopleVerb>(['import', 'publish', 'reread', 'messages', 'merge', 'takeBack', 'endUndo']);
const patienceOf = (verb: PeopleVerb): number => (longVerbs.has(verb) ? 60_000 : 10_000);

/** `credential`: goes with every request to the people role. */
export async function openLink(url: string, runFile: string | undefined, credential: string | undefined): Promise<Link> {
  const nats = await openNats({ url, name: 'ripen-cli', connectTimeoutMs: 3_000 }).catch((error: unknown) => {
    throw error instanceof NatsAway ? natsAway(error, runFile) : error;
  });
  return {
    nats,
    ask: (verb, ask) => question(nats, verb, credential === undefined ? ask : { ...ask, credential }),
    facts: (leadId) => factsOf(nats, leadId),
    position: async (leadId) => {
      const last = (await readDecisions(nats, leadId)).at(-1);
      return last === undefined ? undefined : { n: last.decision.n, digest: last.digest };
    },
    close: () => nats.close(),
  };
}

const natsAway = (error: NatsAway, runFile: string | undefined): Refusal =>
  new Refusal(
    `NATS does not answer (${error.message}). ${runFile === undefined ? 'Bring it back, or correct NATS_URL.' : 'Start everything with `ripen up`, or set NATS_URL.'}`,
    1,
    awayCode,
  );

async function question<V extends PeopleVerb>(nats: Nats, verb: V, ask: Ask<V>): Promise<Reply<V>> {
  const answer = await nats.request(peopleSubject(verb), Buffer.from(JSON.stringify(ask)), patienceOf(verb)).catch((error: unknown) => {
    if (!(error instanceof NatsAway)) throw error;
    throw new Refusal(
      nats.isUp()
        ? 'Nobody answers for the people store. Start the people role: `ripen up`, or `node dist/worker/main.js --role people`.'
        : 'The link to NATS went down before the answer. Bring NATS back, then repeat the command.',
      1,
      awayCode,
    );
  });
  const reply = JSON.parse(Buffer.from(answer).toString('utf8')) as
    Reply<V> | { readonly problem: { readonly code: string; readonly says: string } };
  if (typeof reply === 'object' && 'problem' in reply) throw refusalOf(reply.problem.code, reply.problem.says);
  return reply;
}

async function factsOf(nats: Nats, leadId: string): Promise<readonly Fact[]> {
  try {
    return (await readDecisions(nats, leadId)).flatMap(({ decision }) => decision.facts.map(upcast));
  } catch (error) {
    if (error instanceof UnknownFact) throw refusalOf('fact-unknown', `${messageOf(error)}; this command line is older than what wrote it`);
    if (error instanceof NatsAway) throw refusalOf('facts-away', error.message);
    throw failed(`The facts of ${leadId} cannot be read: ${messageOf(error)}. Bring up the streams with \`ripen up\`.`);
  }
}
