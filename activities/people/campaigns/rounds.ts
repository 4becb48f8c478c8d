/** Rounds of a recurring campaign: each is a campaign of its own with members of its own. */
import type { Database } from '../database';
import { insertCampaign, lockCampaign, planOf } from './row';

/** The id of the round that begins at that moment (engine's clock); asked again the same one. `undefined` where the campaign is over or not yet approved. */
export function beginRound(db: Database, id: string, at: number): Promise<string | undefined> {
  return db.transaction(async (client) => {
    const row = await lockCampaign(client, id);
    if (row === undefined || row.kind !== 'recurring' || row.state !== 'running') return undefined;
    if (row.until_ms !== null && at >= row.until_ms) {
      await client.query(`update campaign set state = 'done', ended_because = 'its time was over' where id = $1`, [id]);
      return undefined;
    }
    const { cron: _, from: __, ...plan } = planOf(row);
    const round = `${id}.${new Date(at).toISOString().slice(0, 16).replace(':', '')}`;
    await insertCampaign(
      client,
      { ...plan, id: round, kind: 'once' },
      { state: 'running', by: row.by, because: row.because, at, roundOf: id },
    );
    return round;
  });
}
