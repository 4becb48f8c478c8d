/** Brings the schema up to date: each migration once, in order, under one lock, never changed after it ran. Knows no table but its own. */
import { createHash } from 'node:crypto';
import type { Database } from './database';
import { migrations, type Migration } from './migrations';

/** Any number all migrating processes agree on. */
const lock = 7_261_070;

const checksum = ({ sql }: Migration): string => createHash('sha256').update(sql).digest('hex').slice(0, 16);

/** Names of the migrations that ran now. Throws when one that ran earlier reads otherwise today. */
export async function migrate(db: Pick<Database, 'connect'>, list: readonly Migration[] = migrations): Promise<readonly string[]> {
  const client = await db.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lock]);
    await client.query(
      'create table if not exists schema_migration (name text primary key, checksum text not null, applied_at timestamptz not null default now())',
    );
    const { rows } = await client.query<{ name: string; checksum: string }>('select name, checksum from schema_migration');
    const ran = new Map(rows.map((row) => [row.name, row.checksum]));
    const done: string[] = [];
    for (const migration of list) {
      const known = ran.get(migration.name);
      if (known === checksum(migration)) continue;
      if (known !== undefined) throw new Error(`Migration ${migration.name} was changed after it ran; write a new one instead.`);
      await client.query('begin');
      try {
        await client.query(migration.sql);
        await client.query('insert into schema_migration (name, checksum) values ($1, $2)', [migration.name, checksum(migration)]);
        await client.query('commit');
      } catch (error) {
        await client.query('rollback');
        throw error;
      }
      done.push(migration.name);
    }
    return done;
  } finally {
    // Ends the session, and with it the lock, however we came here.
    client.release(true);
  }
}
