/** What the CLI asks the people role about lists: imports and what became of them, vendors, mappings, people who look alike, hygiene. Knows no database. */

type Money = { readonly cents: number; readonly currency: string };

export type ListVerbs = {
  /** Newest first, 200 at most. */
  imports: {
    ask: { readonly vendor?: string; readonly id?: string };
    reply: {
      readonly imports: readonly {
        readonly id: string;
        readonly file?: string;
        readonly list: string;
        readonly source: string;
        readonly vendor?: string;
        readonly by: string;
        readonly cost?: Money;
        readonly sample: boolean;
        readonly beganAt: number;
        readonly undoneAt?: number;
        /** Rows by how they ended. */
        readonly outcomes: Readonly<Record<string, number>>;
        /** Of the people it made. */
        readonly since: { readonly mailed: number; readonly bounced: number; readonly engaged: number; readonly customers: number };
      }[];
    };
  };
  /** People an import made or changed, to take it back. Ask again with `next` as `after` until there is none. Unknown imports are `import-unknown`. */
  importLeads: {
    ask: { readonly id: string; readonly after?: string };
    reply: {
      readonly leads: readonly {
        readonly leadId: string;
        /** Made by it; else changed. */
        readonly made: boolean;
        /** Why somebody it made stays. */
        readonly kept?: string;
        /** Id of the command that put them on the sequence. */
        readonly command?: string;
        /** Content they were sent already. */
        readonly sent: readonly string[];
      }[];
      readonly next?: string;
    };
  };
  /** `gone`: forgotten by the people store; else what the import changed is as before. */
  takeBack: {
    ask: { readonly id: string; readonly leadIds: readonly string[]; readonly gone: boolean };
    reply: { readonly taken: number };
  };
  endUndo: { ask: { readonly id: string; readonly by: string; readonly because: string }; reply: { readonly undone: boolean } };
  /** The newest word about a vendor counts; what is left out stays. */
  addVendor: {
    ask: {
      readonly name: string;
      readonly exclusive?: boolean;
      readonly reference?: string;
      readonly evidence?: string;
      readonly by: string;
    };
    reply: { readonly id: string };
  };
  vendors: {
    ask: Record<string, never>;
    reply: {
      readonly vendors: readonly {
        readonly name: string;
        readonly exclusive?: boolean;
        readonly reference?: string;
        readonly evidence?: string;
      }[];
    };
  };
  /** Everybody, 1,000 at a time in the order of their ids; for people's eyes. Ask again with `next` as `after`. */
  peoplePage: {
    ask: { readonly after?: string };
    reply: {
      readonly people: readonly {
        readonly leadId: string;
        readonly email?: string;
        /** Of the profile and of columns of their own, by name. */
        readonly fields: Readonly<Record<string, string>>;
        readonly customer: boolean;
        /** granted, withdrawn or none. */
        readonly consent: string;
        /** Why they are not contacted. */
        readonly suppressed?: string;
        /** Real clock. */
        readonly knownAt: number;
        /** Engine's clock: the last thing they did, the last mail that went out; how many mails they were sent. */
        readonly engagedAt?: number;
        readonly mailedAt?: number;
        readonly mails: number;
        /** Ids of the sequences they are in. */
        readonly sequences: readonly string[];
      }[];
      readonly next?: string;
    };
  };
  /** `from` is the same person as `into`, which stays. Refused as `merge-refused`: unknown, or with sales. Repeats change nothing. */
  merge: { ask: { readonly into: string; readonly from: string; readonly by: string }; reply: { readonly merged: true } };
  /** People who became unreachable by mail in the last year; `sinceAt` (real clock): when the first was known. */
  lost: { ask: Record<string, never>; reply: { readonly lost: number; readonly sinceAt: number } };
  /**
   * What people are by their codes: how many of each value, and how many of them are customers. `among`: only people with one of these values of each
   * field. Values that fewer than five people have, and numbers, are not told; `known`: of how many people each field is known.
   */
  traitCounts: {
    ask: { readonly among: Readonly<Record<string, readonly string[]>> };
    reply: {
      readonly people: number;
      readonly won: number;
      readonly known: Readonly<Record<string, { readonly people: number; readonly won: number }>>;
      readonly values: readonly { readonly field: string; readonly value: string; readonly people: number; readonly won: number }[];
    };
  };
  /** Two who look alike and are two; without `pair` all such pairs are told. */
  notDuplicates: {
    ask: { readonly pair?: readonly [string, string]; readonly by: string };
    reply: { readonly pairs: readonly (readonly [string, string])[] };
  };
  /** Which column holds which field in lists of a source: with `map` it is kept, without it is told. */
  mapping: {
    ask: { readonly source: string; readonly map?: Readonly<Record<string, string>>; readonly by: string };
    reply: { readonly map?: Readonly<Record<string, string>> };
  };
};
