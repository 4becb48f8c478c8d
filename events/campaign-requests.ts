/** What the CLI asks the people role about sending as a whole and about campaigns. Knows no database. */

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

export type CampaignVerbs = {
  /** No message to a lead is begun once this is answered. What is under way at the mail server may end. */
  stopSending: { ask: { readonly because: string; readonly by: string }; reply: { readonly stopped: boolean } };
  startSending: { ask: { readonly by: string }; reply: { readonly started: boolean } };
  /** What is held, and how sending went in the last hour by the ledger: how many ended as what. */
  sending: {
    ask: Record<string, never>;
    reply: { readonly holds: readonly SendingHold[]; readonly lastHour: Readonly<Record<string, number>> };
  };
};
