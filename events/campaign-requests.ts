/** What the CLI asks the people role about sending as a whole and about campaigns. Knows no database. */
import type { Code } from './stripped';

export type SendingHold = {
  /** `*` for everything, else a campaign. */
  readonly scope: string;
  /** `operator`, or the code of what the engine saw. */
  readonly because: string;
  readonly says: string;
  readonly by: string;
  /** Engine's clock. */
  readonly sinceAt: number;
};

export type CampaignKind = 'once' | 'recurring' | 'triggered';
export type CampaignState = 'asked' | 'running' | 'ending' | 'stopped' | 'done';
export type MemberState = 'waiting' | 'asked' | 'enrolled' | 'refused' | 'left-out' | 'held-out' | 'leaving' | 'left';

/** What marketing decides about a campaign. */
export type CampaignPlan = {
  /** Letters, digits, dots, dashes and underscores. */
  readonly id: string;
  readonly kind: CampaignKind;
  readonly sequence: string;
  /** For what the sequence lets marketing change. */
  readonly settings?: Readonly<Record<string, Code>>;
  /** A query, or the name of a saved one. */
  readonly audience: string;
  readonly perMinute?: number;
  /** Percent that gets nothing. */
  readonly holdout?: number;
  /** Engine's clock. */
  readonly from?: number;
  readonly until?: number;
  readonly cron?: string;
};

/** A campaign as it stands. Moments are the engine's clock. */
export type CampaignCard = CampaignPlan & {
  readonly state: CampaignState;
  readonly roundOf?: string;
  readonly by: string;
  readonly because: string;
  readonly askedAt: number;
  readonly approvedBy?: string;
  readonly endedBy?: string;
  readonly endedBecause?: string;
  /** Absent until whom it takes was taken down. */
  readonly frozenAt?: number;
  readonly hold?: SendingHold;
  readonly members: Readonly<Partial<Record<MemberState, number>>>;
};

export type CampaignVerbs = {
  /** No message to a lead is begun once this is answered. What is under way at the mail server may end. */
  stopSending: { ask: { readonly because: string; readonly by: string }; reply: { readonly stopped: boolean } };
  startSending: { ask: { readonly by: string }; reply: { readonly started: boolean } };
  /** What is held, and how sending went in the last hour by the ledger: how many ended as what. */
  sending: {
    ask: Record<string, never>;
    reply: { readonly holds: readonly SendingHold[]; readonly lastHour: Readonly<Record<string, number>> };
  };
  /** Who would be taken, and who of them would be left out and why; changes nothing. `sample`: so many of those who would be asked, spread evenly. */
  campaignDraft: {
    ask: { readonly plan: CampaignPlan; readonly sample: number };
    reply: {
      readonly matched: number;
      readonly leftOut: Readonly<Record<string, number>>;
      readonly heldOut: number;
      readonly asked: number;
      readonly sample: readonly string[];
      /** More than so many people need a second person's word. */
      readonly approveAbove: number;
    };
  };
  /** The same plan again changes nothing; another one under the same id is refused as `campaign-refused`. */
  campaignStart: {
    ask: { readonly plan: CampaignPlan; readonly by: string; readonly because: string };
    reply: { readonly as: 'begun' | 'asked' | 'unchanged'; readonly matched: number };
  };
  /** Newest first, 200 at most; rounds only with the campaign they belong to. Unknown ones are `campaign-unknown`. */
  campaigns: { ask: { readonly id?: string }; reply: { readonly campaigns: readonly CampaignCard[] } };
  /** Why members were left out or refused, and how the campaign's messages ended. */
  campaignReport: {
    ask: { readonly id: string };
    reply: {
      readonly because: readonly { readonly state: MemberState; readonly because: string; readonly people: number }[];
      readonly sends: Readonly<Record<string, number>>;
      readonly handOffs: number;
    };
  };
  /** `letFinish`: a stop leaves those in who are. */
  campaignWord: {
    ask: {
      readonly id: string;
      readonly word: 'pause' | 'resume' | 'stop' | 'approve';
      readonly by: string;
      readonly because: string;
      readonly letFinish?: boolean;
    };
    reply: { readonly ok: boolean; readonly says: string };
  };
};
