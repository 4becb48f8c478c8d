/** Which column holds which field in the lists of a source: said once, used for the next list. Knows no file. */
import type { Ask, Reply } from '../../events/requests';
import type { Database } from './database';

const plain = (source: string): string => source.toLowerCase().trim();

export async function mappingOf(db: Pick<Database, 'query'>, { source, map, by }: Ask<'mapping'>): Promise<Reply<'mapping'>> {
  if (map !== undefined)
    await db.query(
      `insert into source_mapping (source, map, by) values ($1, $2, $3)
       on conflict (source) do update set map = excluded.map, by = excluded.by, saved_at = now()`,
      [plain(source), JSON.stringify(map), by],
    );
  const { rows } = await db.query<{ map: Readonly<Record<string, string>> }>('select map from source_mapping where source = $1', [
    plain(source),
  ]);
  return rows[0] === undefined ? {} : { map: rows[0].map };
}
