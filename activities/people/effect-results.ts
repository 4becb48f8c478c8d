/** Results of effects in Postgres, one row a lead and key. Knows no effect. */
import type { EffectResults, Json } from '../ports';
import type { Database } from './database';

export function postgresEffectResults(db: Pick<Database, 'query'>): EffectResults {
  const find = async (leadId: string, key: string): Promise<Json | undefined> => {
    const { rows } = await db.query<{ result: Json }>('select result from effect_result where lead_id = $1 and key = $2', [leadId, key]);
    return rows[0]?.result;
  };
  return {
    find,
    async keep(leadId, key, result) {
      await db.query('insert into effect_result (lead_id, key, result) values ($1, $2, $3) on conflict (lead_id, key) do nothing', [
        leadId,
        key,
        JSON.stringify(result),
      ]);
      return (await find(leadId, key)) ?? result;
    },
  };
}
