/** Who sells lists: exclusive or shared, who speaks for them, how they got the addresses; and how their lists fared. Knows no file. */
import type { Ask, Reply } from '../../events/requests';
import type { Database } from './database';

type Db = Pick<Database, 'query'>;

/** `List Mart` and `list-mart` are one vendor. */
export const vendorId = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');

/** The newest word counts; what is not said stays. */
export async function addVendor(db: Db, { name, exclusive, reference, evidence, by }: Ask<'addVendor'>): Promise<Reply<'addVendor'>> {
  await db.query(
    `insert into vendor (id, name, exclusive, reference, evidence, by) values ($1, $2, $3, $4, $5, $6)
     on conflict (id) do update set name = excluded.name, exclusive = coalesce(excluded.exclusive, vendor.exclusive),
       reference = coalesce(excluded.reference, vendor.reference), evidence = coalesce(excluded.evidence, vendor.evidence), by = excluded.by`,
    [vendorId(name), name, exclusive ?? null, reference ?? null, evidence ?? null, by],
  );
  return { id: vendorId(name) };
}

type Row = {
  readonly name: string;
  readonly exclusive: boolean | null;
  readonly reference: string | null;
  readonly evidence: string | null;
};

export async function listVendors(db: Db): Promise<Reply<'vendors'>> {
  const { rows } = await db.query<Row>('select name, exclusive, reference, evidence from vendor order by name');
  return {
    vendors: rows.map((row) => ({
      name: row.name,
      ...(row.exclusive === null ? {} : { exclusive: row.exclusive }),
      ...(row.reference === null ? {} : { reference: row.reference }),
      ...(row.evidence === null ? {} : { evidence: row.evidence }),
    })),
  };
}
