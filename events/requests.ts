/** What the CLI asks the people role over NATS request-reply, subject `ripen.people.<verb>`: JSON in, JSON out. Knows no database. */
import type { Input } from '../workflows/core/inputs';
import type { AccessVerbs } from './access-requests';
import type { AudienceVerbs } from './audience-requests';
import type { CampaignVerbs } from './campaign-requests';
import type { ListVerbs } from './list-requests';
import type { ScoringVerbs } from './scoring-requests';
import type { Channel, Qualification, Stage } from './stripped';

export type ImportRow = { /** 1 for the first data row. */ readonly row: number; readonly fields: Readonly<Record<string, string>> };
export type RowOutcome =
  | { readonly row: number; readonly as: 'created' | 'updated'; readonly leadId: string }
  | {
      readonly row: number;
      readonly as: 'duplicate' | 'customer' | 'suppressed';
      readonly leadId?: string;
      readonly of?: string;
      readonly says: string;
    }
  | { readonly row: number; readonly as: 'rejected'; readonly code: string; readonly field?: string; readonly says: string };

/** Everyone in a reply is for people's eyes at a terminal, never for logs. */
export type PersonCard = {
  readonly leadId: string;
  readonly name?: string;
  readonly email?: string;
  readonly company?: string;
  readonly phone?: string;
  readonly source?: string;
  readonly suppressed?: Readonly<Record<string, string>>;
  readonly consent?: Readonly<Record<string, string>>;
};

export type HandOffRow = {
  readonly leadId: string;
  readonly handOff: number;
  readonly rep: string;
  readonly repName: string;
  readonly name?: string;
  readonly email?: string;
  readonly status: 'offered' | 'accepted' | 'contacted' | 'rejected' | 'won' | 'lost' | 'withdrawn';
  readonly acceptBy?: number;
  readonly contactBy: number;
};

type VerbsElsewhere = ListVerbs & ScoringVerbs & CampaignVerbs & AudienceVerbs & AccessVerbs;

/** One verb a member: its request and its reply. Every reply may instead be `{ problem: { code, says } }`. */
export type PeopleVerbs = VerbsElsewhere & {
  /** At most 200 rows a request. Repeating a request (same `batch`) imports nobody twice. With `sequence` each created or updated lead is enrolled through the outbox. */
  import: {
    ask: {
      readonly batch: string;
      readonly source: string;
      readonly list?: string;
      readonly consent?: { readonly text: string; readonly obtainedAt: number };
      readonly sequence?: string;
      readonly campaign?: string;
      readonly by: string;
      readonly dryRun?: boolean;
      /** Of the file. */
      readonly name?: string;
      /** Who sold the list. */
      readonly vendor?: string;
      readonly cost?: { readonly cents: number; readonly currency: string };
      /** A part of a list that may be bought whole later. */
      readonly sample?: boolean;
      readonly rows: readonly ImportRow[];
    };
    reply: { readonly outcomes: readonly RowOutcome[] };
  };
  /** A lead id, an e-mail address or a phone number. */
  find: { ask: { readonly who: string }; reply: { readonly person?: PersonCard } };
  cards: { ask: { readonly leadIds: readonly string[] }; reply: { readonly people: readonly PersonCard[] } };
  /** A person, address or `@domain` that is never to be contacted; acts before the answer. */
  suppress: {
    ask: {
      readonly who: string;
      readonly channel: Channel | 'all';
      readonly because: string;
      readonly by: string;
      readonly lift?: boolean;
      /** Say what it would touch and change nothing. */
      readonly dryRun?: boolean;
    };
    /** `leadId` where it is one lead only; `leadIds`: all it touches, a thousand at most. */
    reply: { readonly leadId?: string; readonly leadIds?: readonly string[]; readonly entries: number };
  };
  reps: {
    ask: Record<string, never>;
    reply: {
      readonly reps: readonly {
        readonly id: string;
        readonly name: string;
        readonly email: string;
        readonly active: boolean;
        readonly open: number;
      }[];
    };
  };
  addRep: { ask: { readonly name: string; readonly email: string; readonly by: string }; reply: { readonly id: string } };
  handOffs: { ask: { readonly open?: boolean; readonly rep?: string }; reply: { readonly handOffs: readonly HandOffRow[] } };
  uncertain: {
    ask: Record<string, never>;
    reply: {
      readonly sends: readonly {
        readonly leadId: string;
        readonly effect: string;
        readonly content: string;
        readonly name?: string;
        readonly sinceAt: number;
        readonly because: string;
      }[];
    };
  };
  /** Marks an uncertain ledger row; the CLI then tells the lead by its `settle` command. */
  settle: {
    ask: { readonly leadId: string; readonly effect: string; readonly sent: boolean; readonly by: string };
    reply: { readonly settled: boolean };
  };
  /** Publishes what the repository holds (plans, models, settings, content); a version that exists with another digest is refused. */
  publish: {
    ask: { readonly artefacts: readonly Artefact[]; readonly by: string };
    reply: {
      readonly results: readonly { readonly ref: string; readonly as: 'published' | 'unchanged' | 'refused'; readonly says?: string }[];
    };
  };
  published: {
    ask: { readonly kind?: Artefact['kind'] };
    reply: {
      readonly artefacts: readonly {
        readonly kind: Artefact['kind'];
        readonly ref: string;
        readonly publishedAt: number;
        readonly current: boolean;
        readonly body?: unknown;
      }[];
    };
  };
  /** Held at the send ledger at once, whatever becomes of the workflow. */
  hold: { ask: { readonly leadId: string; readonly held: boolean; readonly by: string }; reply: { readonly held: boolean } };
  /** Once more through ENGAGEMENT for one lead: what its log does not hold. Ask again with `nextSeq` until there is none. */
  reread: {
    ask: {
      readonly leadId: string;
      readonly fromSeq: number;
      /** All of the stream, not only what was published under the person's keys. */
      readonly everything?: boolean;
    };
    reply: { /** Events of the lead. */ readonly read: number; readonly inputs: readonly Input[]; readonly nextSeq?: number };
  };
  /** A person's messages in one of the streams that may hold addresses. Ask again with `nextSeq` until there is none; repeats are harmless. */
  messages: {
    ask: {
      readonly leadId: string;
      readonly stream: 'ENGAGEMENT' | 'REJECTED';
      readonly fromSeq: number;
      readonly as: 'count' | 'show' | 'erase';
    };
    reply: {
      readonly found: number;
      /** The last one looked at. */
      readonly lastSeq: number;
      /** Only for `show`. */
      readonly messages?: readonly {
        readonly seq: number;
        readonly storedAt: number;
        readonly subject: string;
        readonly message: unknown;
      }[];
      readonly nextSeq?: number;
    };
  };
  /** What the people store holds about a person: table -> rows. */
  record: {
    ask: { readonly leadId: string };
    reply: {
      readonly held: Readonly<Record<string, readonly unknown[]>>;
      /** Of the thousand newest visits. */ readonly visitsLeftOut: number;
    };
  };
  /** Takes the person out of the people store for good; a tombstone and the hashes that honour the wish stay. Repeats change nothing. */
  erase: { ask: { readonly leadId: string; readonly by: string }; reply: { readonly erased: true } };
  /** From the projector's table: leads by stage, qualification and sequence. */
  summary: {
    ask: Record<string, never>;
    reply: {
      readonly leads: number;
      readonly byStage: Readonly<Partial<Record<Stage | 'none', number>>>;
      readonly byQualification: Readonly<Partial<Record<Qualification, number>>>;
      readonly asOfAt: number;
      readonly lag: number;
    };
  };
};
export type PeopleVerb = keyof PeopleVerbs;
export type Ask<V extends PeopleVerb> = PeopleVerbs[V]['ask'];
export type Reply<V extends PeopleVerb> = PeopleVerbs[V]['reply'];

/** A thing published by `id@version#digest`; `body` is canonical JSON (content: front matter and template). */
export type Artefact = {
  readonly kind: 'plan' | 'model' | 'settings' | 'content';
  readonly id: string;
  readonly version: number;
  readonly digest: string;
  readonly body: unknown;
};
