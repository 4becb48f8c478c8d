/** What operators do to people: suppress and lift, in force before the answer. Knows no transport. */
import type { Ask, Reply } from '../../events/requests';
import { announce } from './announce';
import type { Client, Database } from './database';
import { addSuppression, liftSuppression, targetOf } from './suppression';

/** Of a domain thousands may be known; they hear of it by their profile anyway. */
const mostTold = 1_000;

/** `undefined`: `who` is no address, number, domain or lead we know. `at`: engine's clock. `entries`: how many were added or lifted. */
export function suppress(db: Database, secret: string, ask: Ask<'suppress'>, at: number): Promise<Reply<'suppress'> | undefined> {
  const work = async (client: Client): Promise<Reply<'suppress'> | undefined> => {
    const target = await targetOf(client, secret, ask.who);
    if (target === undefined) return undefined;
    const { channel, because, by } = ask;
    const entries =
      ask.lift === true
        ? await liftSuppression(client, target.keys, channel, { by, because })
        : await addSuppression(client, target.keys, { channel, kind: 'operator', because, at, by });
    await announce(client, secret, target.leadIds);
    const [only, ...others] = target.leadIds;
    const leadIds = target.leadIds.slice(0, mostTold);
    return { entries, leadIds, ...(only === undefined || others.length > 0 ? {} : { leadId: only }) };
  };
  return db.transaction(work, { dry: ask.dryRun === true });
}
