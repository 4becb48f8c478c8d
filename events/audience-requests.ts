/** What the CLI asks the people role about audiences. A query may be a text or the name of a saved one; wrong ones are `query-wrong`. Knows no database. */
import type { PersonCard } from './requests';

export type AudienceVerbs = {
  /** What may be asked of people, and the names there are. */
  audienceFields: {
    ask: Record<string, never>;
    reply: {
      readonly fields: readonly {
        readonly name: string;
        readonly type: 'text' | 'number' | 'date' | 'yes-no';
        readonly says: string;
        /** All there can be, in order where they have one; else the most frequent ones there are. */
        readonly values?: readonly string[];
      }[];
      readonly names: Readonly<Record<'segment' | 'persona' | 'sequence' | 'content' | 'list' | 'campaign', readonly string[]>>;
    };
  };
  audienceCount: {
    ask: { readonly query: string };
    reply: {
      readonly query: string;
      /** Everybody there is. */
      readonly people: number;
      readonly matched: number;
      readonly mailable: number;
      readonly joined: 'and' | 'or';
      /** How many meet each of the joined parts, and how many are left after it; joined by "or": how many meet it or one before. */
      readonly parts: readonly { readonly said: string; readonly holds: number; readonly left: number }[];
    };
  };
  /** Spread evenly over those who match. */
  audienceSample: {
    ask: { readonly query: string; readonly people: number };
    reply: {
      readonly matched: number;
      readonly people: readonly (PersonCard & { readonly stage?: string; readonly score: number; readonly grade: string })[];
    };
  };
  audienceWhy: {
    ask: { readonly query: string; readonly leadId: string };
    reply: {
      readonly holds: boolean;
      readonly query: string;
      readonly parts: readonly { readonly said: string; readonly holds: boolean; readonly seen?: string }[];
    };
  };
  /** `undefined` query: forget it. Unknown ones are `audience-unknown`. */
  audienceSave: {
    ask: { readonly name: string; readonly query?: string; readonly says?: string; readonly by: string };
    reply: { readonly saved: boolean; readonly before?: string };
  };
  audiences: {
    ask: Record<string, never>;
    reply: {
      readonly audiences: readonly { readonly name: string; readonly query: string; readonly says?: string; readonly by: string }[];
    };
  };
};
