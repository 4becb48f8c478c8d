/**
 * The whole engine for fault tests: every role in processes that can be killed, real Temporal (a namespace of its own), NATS, Postgres and
 * mail server. Offers the doors a person has (import, words, events) and the places to look (log, mailbox, ledger). Asserts nothing.
 */
import { Client, Connection } from '@temporalio/client';
import { openNats, type Nats } from '../../activities/adapters/nats-connection';
import { readAllDecisions } from '../../activities/adapters/facts-reader';
import type { StoredDecision } from '../../activities/ports';
import { openDatabase, type Database } from '../../activities/people/database';
import { engagementEvent, type EngagementEvent, type EngagementType } from '../../events/engagement';
import { publishEvent } from '../../events/publish-event';
import type { Artefact, Ask, PeopleVerb, Reply } from '../../events/requests';
import { consumers } from '../../events/streams';
import { ask } from '../../worker/demo/load';
import { freePort } from '../../worker/dev-stack/ports';
import type { RoleName } from '../../worker/roles';
import type { Answer, Command } from '../../workflows/core';
import { commandUpdate, viewQuery, workflowIdOf, type LeadView } from '../../workflows/messages';
import { roleProcess, type RoleProcess } from './engine-process';
import { startMailbox } from './mailbox';
import { freshDatabase, freshNats, freshPostgres, sharedServers, type ExtraServer } from './servers';
import { eventually, freshId, freshNamespace } from './shell-engine';

export type EngineOptions = {
  /** Engine seconds per real second. */
  readonly rate?: number;
  /** A Postgres that may be killed; else a database in the shared one. */
  readonly ownPostgres?: boolean;
};

export type Engine = Awaited<ReturnType<typeof startEngine>>;

export const secret = 'a secret of whole-engine tests';
/** Of the one source that may publish over HTTP. */
export const intakeToken = 'a-token-of-whole-engine-tests';
const doors: readonly RoleName[] = ['people', 'router', 'intake', 'projector'];

export type Imported = { readonly leadId: string; readonly email: string };

export async function startEngine({ rate = 1, ownPostgres = false }: EngineOptions = {}) {
  const [namespace, natsServer, postgres, mailbox, port] = await Promise.all([
    freshNamespace(),
    freshNats(),
    ownPostgres ? freshPostgres({ withoutFsync: true }) : undefined,
    startMailbox(),
    freePort(),
  ]);
  const intakeUrl = `http://127.0.0.1:${port}`;
  const env = {
    TEMPORAL_ADDRESS: sharedServers().temporalAddress,
    TEMPORAL_NAMESPACE: namespace,
    NATS_URL: natsServer.url,
    DATABASE_URL: postgres?.url ?? (await freshDatabase()),
    SMTP_URL: mailbox.url,
    PUBLIC_URL: intakeUrl,
    INTAKE_PORT: String(port),
    INTAKE_TOKENS: `test=${intakeToken}`,
    RIPEN_SECRET: secret,
    RIPEN_CLOCK_EPOCH: String(Date.now()),
    RIPEN_CLOCK_RATE: String(rate),
  };
  const worker = roleProcess(['worker'], env);
  const front = roleProcess(doors, env);
  const [connection, nats] = await Promise.all([
    Connection.connect({ address: env.TEMPORAL_ADDRESS }),
    openNats({ url: natsServer.url, name: 'e2e' }),
  ]);
  const client = new Client({ connection, namespace });
  const db = openDatabase(env.DATABASE_URL);
  const stop = async (): Promise<void> => {
    await Promise.all([worker.kill(), front.kill()]);
    await Promise.all([nats.close(), connection.close(), db.close(), mailbox.shut()]);
    await Promise.all([natsServer.remove(), postgres?.remove()]);
  };
  try {
    await Promise.all([worker.start(), front.start()]);
  } catch (error) {
    await stop();
    throw error;
  }
  const servers: { worker: RoleProcess; front: RoleProcess; nats: ExtraServer; postgres: ExtraServer | undefined } = {
    worker,
    front,
    nats: natsServer,
    postgres,
  };
  return { ...servers, ...words(nats, client), ...looks(nats, db), env, intakeUrl, mailbox, client, db, link: nats, stop };
}

/** What people, operators and other systems may say to it. */
function words(nats: Nats, client: Client) {
  const handle = (leadId: string) => client.workflow.getHandle(workflowIdOf(leadId));
  const people = <V extends PeopleVerb>(verb: V, body: Ask<V>): Promise<Reply<V>> => ask(nats, verb, body);
  return {
    people,
    handle,
    publish: async (artefacts: readonly Artefact[]): Promise<void> => {
      const { results } = await people('publish', { artefacts, by: 'test' });
      const refused = results.filter(({ as }) => as === 'refused');
      if (refused.length > 0) throw new Error(`not published: ${JSON.stringify(refused)}`);
    },
    /** Everyone must come in. */
    importAll: async (
      rows: readonly Readonly<Record<string, string>>[],
      sequence?: string,
      batch = freshId(),
    ): Promise<readonly Imported[]> => {
      const { outcomes } = await people('import', {
        batch,
        source: 'test',
        consent: { text: 'Agreed on the form.', obtainedAt: Date.now() - 1_000 },
        ...(sequence === undefined ? {} : { sequence }),
        by: 'test',
        rows: rows.map((fields, index) => ({ row: index + 1, fields })),
      });
      return outcomes.map((outcome) => {
        if (outcome.as !== 'created') throw new Error(`a row was not taken: ${JSON.stringify(outcome)}`);
        return { leadId: outcome.leadId, email: (rows[outcome.row - 1]?.['email'] ?? '').toLowerCase() };
      });
    },
    engage: <T extends EngagementType>(type: T, data: EngagementEvent<T>['data'], id = freshId(), at = Date.now()) =>
      publishEvent(nats, secret, engagementEvent(type, { id, source: '/test', at, data })),
    say: (leadId: string, command: Command): Promise<Answer> =>
      handle(leadId).executeUpdate(commandUpdate, { args: [{ kind: 'command', id: freshId(), command, by: 'test', because: 'test' }] }),
    view: (leadId: string): Promise<LeadView> => handle(leadId).query(viewQuery),
  };
}

/** Where to see what became of it. */
function looks(nats: Nats, db: Database) {
  return {
    /** Every decision of every lead. */
    log: async (): Promise<readonly StoredDecision[]> => {
      const all: StoredDecision[] = [];
      await readAllDecisions(nats, (stored) => void all.push(stored));
      return all;
    },
    /** The router has handed over, or put aside, everything up to this message of ENGAGEMENT. */
    acknowledged: (seq: number): Promise<true> =>
      eventually('the router has acknowledged it', async () => {
        const info = await nats.api(`CONSUMER.INFO.${consumers.router.stream}.${consumers.router.durable_name}`);
        return (info['ack_floor'] as { readonly stream_seq: number }).stream_seq >= seq || undefined;
      }),
    /** Leases of a killed worker end now instead of in ninety seconds. Only while no worker lives. Returns how many there were. */
    endLeases: async (): Promise<number> =>
      (await db.query(`update send_ledger set lease_until = clock_timestamp() where state = 'calling'`)).rowCount ?? 0,
  };
}

export const person = (n: number, domain = 'fault.example'): Readonly<Record<string, string>> => ({
  email: `person${n}@${domain}`,
  'first name': `Pat${n}`,
  'last name': `Lee${n}`,
  company: `Works ${n}`,
});
