/** Opt-outs, complaints and hard bounces: suppression, evidence and news to the lead in one transaction, before anybody is answered. Knows no stream. */
import { identitiesOf, type Who } from '../../events/engagement';
import type { OptOut } from '../../events/ports';
import { announce } from './announce';
import type { Client, Database } from './database';
import { claimOf, identify } from './identities';
import { suppressionKey } from './keys';
import { addSuppression, type SuppressionKind } from './suppression';

const kinds: Readonly<Record<OptOut['because'], SuppressionKind>> = { unsubscribed: 'opt-out', complained: 'complaint', bounced: 'bounce' };

/** Repeats change nothing. An address we do not know is remembered all the same; other strangers leave no trace. */
export function recordOptOut(db: Database, secret: string, optOut: OptOut): Promise<void> {
  return db.transaction(async (client) => {
    const leadId = await leadOf(client, secret, optOut.who);
    const keys = await keysOf(client, secret, optOut, leadId);
    const { because, occurredAt: at, source, id } = optOut;
    await addSuppression(client, keys, { channel: 'email', kind: kinds[because], because, at, by: source });
    if (leadId === undefined) return;
    if (because !== 'bounced') await withdraw(client, leadId, { at, source, evidence: id });
    await announce(client, secret, [leadId]);
  });
}

async function leadOf(client: Client, secret: string, who: Who): Promise<string | undefined> {
  const found = (await identify(client, secret, identitiesOf(who))).find((answer) => answer?.as === 'lead');
  return found?.as === 'lead' ? found.leadId : undefined;
}

/** A bounce is about an address; who does not want our mail does not want it anywhere. */
async function keysOf(client: Client, secret: string, { who, because }: OptOut, leadId: string | undefined): Promise<readonly string[]> {
  const named = who.email === undefined ? undefined : claimOf(secret, 'email', who.email)?.key;
  const address = named === undefined ? [] : [named];
  if (leadId === undefined || (because === 'bounced' && named !== undefined)) return address;
  const all = [...address, ...(await mailKeys(client, leadId))];
  return [...new Set(because === 'bounced' && all.length > 0 ? all : [...all, suppressionKey(secret, 'lead', leadId)])];
}

async function mailKeys(client: Client, leadId: string): Promise<readonly string[]> {
  const { rows } = await client.query<{ key: string }>(`select key from identity where lead_id = $1 and kind = 'email'`, [leadId]);
  return rows.map(({ key }) => key);
}

async function withdraw(
  client: Client,
  leadId: string,
  evidence: { readonly at: number; readonly source: string; readonly evidence: string },
): Promise<void> {
  await client.query(
    `insert into consent (lead_id, channel, state, obtained_ms, source, evidence, by) select $1, 'email', 'withdrawn', $2, $3, $4, 'lead'
      where exists (select 1 from lead where id = $1 and erased_at is null) on conflict do nothing`,
    [leadId, evidence.at, evidence.source, evidence.evidence],
  );
}
