/** Holds the database to one RIPEN_SECRET: under another every suppression would be forgotten without a word. Knows no person. */
import { hash64 } from '../../events/hashes';
import type { Database } from './database';

/** Throws a sentence when the database was filled under another secret. The first secret is remembered by its hash. */
export async function holdSecret(db: Pick<Database, 'query'>, secret: string): Promise<void> {
  const check = hash64(secret, 'installation');
  await db.query('insert into installation (secret_check) values ($1) on conflict do nothing', [check]);
  const { rows } = await db.query<{ secret_check: string }>('select secret_check from installation');
  if (rows[0]?.secret_check !== check)
    throw new Error(
      'RIPEN_SECRET is not the one this database was filled with; with another one nobody who opted out would be recognised. Set the old secret again.',
    );
}
