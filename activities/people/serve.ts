/** Answers every request of the people role: checks its form, does the work, names what went wrong. Knows no transport; what others keep is handed in. */
import type { Artefact, Ask, PeopleVerb, Reply } from '../../events/requests';
import type { Log } from '../../events/ports';
import type { ProblemCode } from '../../events/problems';
import { accessHandlers, admit } from './access';
import type { Asker } from './access';
import { isVerb, readAsk } from './asks';
import { audienceSelection, WrongQuery } from './audience';
import { audienceHandlers } from './audience/handlers';
import { campaignHandlers } from './campaign-handlers';
import { cards, findPerson } from './cards';
import { DatabaseAway, type Database } from './database';
import { erasePerson } from './erase';
import { listHandlers } from './list-handlers';
import { listHandOffs } from './hand-offs';
import { importRows } from './import';
import { listUncertain, settleUncertain } from './ledger';
import { suppress } from './operator';
import { setHold } from './people-store';
import { listPublished, publishArtefacts } from './published';
import { personRecord } from './record';
import { addRep, listReps } from './reps';
import { scoringHandlers } from './scoring-handlers';

export type ServeDeps = {
  readonly db: Database;
  readonly secret: string;
  /** Engine's clock. */
  readonly now: () => number;
  /** Appends a published thing to FACTS; see `publishArtefacts`. */
  readonly announce?: (artefact: Artefact) => Promise<void>;
  /** In the streams. */
  readonly reread: (ask: Ask<'reread'>) => Promise<Reply<'reread'>>;
  readonly messages: (ask: Ask<'messages'>) => Promise<Reply<'messages'>>;
  /** From the projector's table. */
  readonly summary: () => Promise<Reply<'summary'>>;
  /** Called after something was written to the outbox. */
  readonly written?: () => void;
  readonly log: Log;
};

/** `ask-malformed` and `verb-unknown` are faults of the asking program. */
export type AskProblem = { readonly problem: { readonly code: ProblemCode; readonly says: string } };
export type AnswerPeople = (verb: string, ask: unknown) => Promise<Reply<PeopleVerb> | AskProblem>;

type Handlers = { readonly [V in PeopleVerb]: (ask: Ask<V>, asker: Asker) => Promise<Reply<V> | AskProblem> };
const problem = (code: AskProblem['problem']['code'], says: string): AskProblem => ({ problem: { code, says } });

const unknownLead = (leadId: string): AskProblem => problem('lead-unknown', `There is no lead ${leadId}.`);

/** Never rejects. */
export function servePeople(deps: ServeDeps): AnswerPeople {
  const handlers = handlersOf(deps);
  const handle = async <V extends PeopleVerb>(verb: V, ask: unknown): Promise<Reply<V> | AskProblem> => {
    const read = readAsk(verb, ask);
    if ('says' in read) return problem('ask-malformed', read.says);
    const asker = await admit(deps.db, verb, read.ask, credentialIn(ask));
    if ('problem' in asker) return asker;
    return handlers[verb](asker.name === undefined || !('by' in read.ask) ? read.ask : { ...read.ask, by: asker.name }, asker);
  };
  return async (verb, ask) => {
    if (!isVerb(verb)) return problem('verb-unknown', `There is no request "${verb}".`);
    try {
      const reply = await handle(verb, ask);
      if (!('problem' in reply) && changing.has(verb)) deps.written?.();
      return reply;
    } catch (error) {
      if (error instanceof WrongQuery) return problem('query-wrong', `At column ${error.fault.at}: ${error.message}.`);
      const says = error instanceof Error ? error.message : String(error);
      if (error instanceof DatabaseAway)
        return problem('database-away', 'Postgres did not answer; nothing was changed, or it can be asked again without harm.');
      // The reason may name a person, so it stays out of the log's fields.
      deps.log.error(
        { verb, error: error instanceof Error ? error.name : typeof error, code: (error as { code?: unknown }).code },
        'a request to the people role failed',
      );
      return problem('ask-failed', says);
    }
  };
}

/** Stands beside what is asked; whoever acts is the one it was given to, whatever `by` says. */
function credentialIn(ask: unknown): string | undefined {
  const { credential } = (typeof ask === 'object' && ask !== null ? ask : {}) as { readonly credential?: unknown };
  return typeof credential === 'string' && credential !== '' ? credential : undefined;
}

const changing: ReadonlySet<PeopleVerb> = new Set<PeopleVerb>(['import', 'suppress', 'takeBack', 'merge']);

function handlersOf({ db, secret, now, announce, reread, messages, summary }: ServeDeps): Handlers {
  return {
    import: (ask) => importRows(db, ask, { secret, now }),
    find: ({ who }) => findPerson(db, secret, who),
    cards: ({ leadIds }) => cards(db, leadIds),
    suppress: async (ask) =>
      (await suppress(db, secret, ask, now())) ??
      problem('lead-unknown', 'That is no lead, address, phone number (with +country) or @domain that could be suppressed.'),
    reps: () => listReps(db),
    addRep: (ask) => addRep(db, ask),
    handOffs: (ask) => listHandOffs(db, ask),
    uncertain: () => uncertain(db),
    settle: async ({ leadId, effect, sent }) => ({ settled: await settleUncertain(db, leadId, effect, sent) }),
    publish: async ({ artefacts, by }) => ({ results: await publishArtefacts(db, artefacts, by, announce) }),
    published: async ({ kind }) => ({ artefacts: await listPublished(db, kind) }),
    hold: async ({ leadId, held }) => ((await setHold(db, leadId, held)) ? { held } : unknownLead(leadId)),
    reread,
    messages,
    record: async ({ leadId }) => (await personRecord(db, leadId)) ?? unknownLead(leadId),
    erase: async ({ leadId, by }) => ((await erasePerson(db, secret, leadId, { by, at: now() })) ? { erased: true } : unknownLead(leadId)),
    summary,
    ...listHandlers(db, secret, now),
    ...scoringHandlers(db, now),
    ...campaignHandlers(db, now, audienceSelection),
    ...audienceHandlers(db, now),
    ...accessHandlers(db),
  };
}

async function uncertain(db: Database): Promise<Reply<'uncertain'>> {
  const sends = await listUncertain(db);
  const { people } = await cards(db, [...new Set(sends.map(({ leadId }) => leadId))]);
  const names = new Map(people.map(({ leadId, name }) => [leadId, name]));
  return {
    sends: sends.map((send) => {
      const name = names.get(send.leadId);
      return { ...send, ...(name === undefined ? {} : { name }) };
    }),
  };
}
