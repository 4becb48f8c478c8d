/** Reads people again who were last read on an earlier day or by another version of the rules: points decay although nobody does anything. */
import type { Published } from '../../../workflows/core';
import type { Database } from '../database';
import { readingBy, readPerson } from './person-reading';
import type { PersonKept } from './person-reading';

const page = 1_000;

/** How many were read, at most a thousand; call again until there are none. `now`: engine's clock. */
export function readAgain(db: Database, published: Published, now: number): Promise<number> {
  return db.transaction(async (client) => {
    const { rows } = await client.query<{ lead_id: string; person: PersonKept }>(
      `select lead_id, person from lead_summary where read_by <> $1 order by lead_id limit ${page} for update skip locked`,
      [readingBy(published, now)],
    );
    if (rows.length === 0) return 0;
    await client.query(
      `update lead_summary s set score_today = r.score_today, grade = r.grade, temperature = r.temperature, pain = r.pain, fit = r.fit, gains = r.gains, read_by = r.read_by
         from jsonb_to_recordset($1::jsonb) as r(lead_id text, score_today integer, grade text, temperature text, pain numeric, fit numeric, gains jsonb, read_by text) where s.lead_id = r.lead_id`,
      [JSON.stringify(rows.map(({ lead_id, person }) => ({ lead_id, ...readPerson(lead_id, person, published, now) })))],
    );
    return rows.length;
  });
}
