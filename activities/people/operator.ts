/** What operators do to people: suppress and lift, in force before the answer. Knows no transport. */
import type { Ask, Reply } from '../../events/requests';
import { announce } from './announce';
import type { Database } from './database';
import { addSuppression, liftSuppression, targetOf } from './suppression';

/** `undefined`: `who` is no address, number, domain or lead we know. `at`: engine's clock. `entries`: how many were added or lifted. */
export function suppress(db: Database, secret: string, ask: Ask<'suppress'>, at: number): Promise<Reply<'suppress'> | undefined> {
  return db.transaction(async (client) => {
    const target = await targetOf(client, secret, ask.who);
    if (target === undefined) return undefined;
    const { channel, because, by } = ask;
    const entries =
      ask.lift === true
        ? await liftSuppression(client, target.keys, channel, { by, because })
        : await addSuppression(client, target.keys, { channel, kind: 'operator', because, at, by });
    await announce(client, secret, target.leadIds);
    const [only, ...others] = target.leadIds;
    return { entries, ...(only === undefined || others.length > 0 ? {} : { leadId: only }) };
  });
}
