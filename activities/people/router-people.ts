/** The people store as router and intake see it: who an event is about, what strangers did, who wants no more. Knows no stream. */
import type { AnonymousStore, Identifier, OptOuts } from '../../events/ports';
import { claimAnonymous, keepAnonymous } from './anonymous';
import type { Database } from './database';
import { identify } from './identities';
import { recordOptOut } from './opt-out';

export type RouterPeople = Identifier &
  AnonymousStore &
  OptOuts & {
    /** The visitor said who they are: what they did before goes to the lead through the outbox. Returns how many events. */
    claim(visitor: { readonly anonymous: string; readonly leadId: string }): Promise<number>;
  };

export const routerPeople = (db: Database, secret: string): RouterPeople => ({
  identify: (identities) => identify(db, secret, identities),
  keepAnonymous: (event) => db.transaction((client) => keepAnonymous(client, event)),
  claim: ({ anonymous, leadId }) => db.transaction((client) => claimAnonymous(client, secret, anonymous, leadId)),
  recordOptOut: (optOut) => recordOptOut(db, secret, optOut),
});
