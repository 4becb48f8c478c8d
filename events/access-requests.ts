/** What the CLI asks the people role about credentials: who has which, give one, end one, and whether a word may be said to a lead. Knows no database. */
import type { Role, Word } from './access';

export type AccessVerbs = {
  accesses: {
    ask: Record<string, never>;
    reply: {
      /** In force, by name. Real clock. */
      readonly accesses: readonly {
        readonly name: string;
        readonly role: Role;
        readonly givenBy: string;
        readonly givenAt: number;
        readonly usedAt?: number;
      }[];
    };
  };
  /** The token is told once and kept as a hash. The first one must be an operator's. Again for the same name: the old one ends. */
  giveAccess: { ask: { readonly name: string; readonly role: Role; readonly by: string }; reply: { readonly token: string } };
  /** `open`: it was the last one, and everybody may do everything again. */
  endAccess: { ask: { readonly name: string; readonly by: string }; reply: { readonly open: boolean } };
  /** Who asks, where credentials are in force; refused where their role may not say the word to a lead. */
  permit: { ask: { readonly word: Word }; reply: { readonly by?: string; readonly role?: Role } };
};
