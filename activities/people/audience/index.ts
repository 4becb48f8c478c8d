/** Audiences asked of the people store: a text or the name of a saved one becomes a selection, a count, a sample, a reason. Changes nothing. */
import { isFault, parseQuery } from '../../../events/audience/parse';
import type { Query } from '../../../events/audience/query';
import type { Client } from '../database';
import type { Selection } from '../campaigns/members';
import { compiler } from './compile';
import type { Compiler } from './compile';
import { knownTo } from './known';
import type { Known } from './known';
import { standingJoins } from './standing';
import { WrongQuery } from './wrong-query';

export { WrongQuery } from './wrong-query';

type Db = Pick<Client, 'query'>;

/** A saved audience is called like that. */
export const audienceName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Everybody who is somebody: not erased, not merged into another. */
export const everybody = (condition: string): string =>
  `from lead l left join lead_summary s on s.lead_id = l.id${/\be\./.test(condition) ? standingJoins : ''}
    where l.erased_at is null and l.merged_into is null`;

/** The text of a saved audience, or the text itself. */
export async function queryText(db: Db, asked: string): Promise<string> {
  const text = asked.trim();
  if (!audienceName.test(text)) return text;
  const { rows } = await db.query<{ query: string }>('select query from audience where name = $1', [text]);
  return rows[0]?.query ?? text;
}

export type Prepared = { readonly text: string; readonly query: Query; readonly known: Known; readonly compile: () => Compiler };

/** Throws `WrongQuery`. `now`: engine's clock. */
export async function prepare(db: Db, asked: string, now: number): Promise<Prepared> {
  const text = await queryText(db, asked);
  const query = parseQuery(text);
  if (isFault(query)) throw new WrongQuery(query);
  const known = await knownTo(db);
  return { text, query, known, compile: () => compiler(known, now) };
}

/** `select lead_id` of those whom it means, in the order of their ids. Throws `WrongQuery`. */
export async function audienceSelection(db: Db, asked: string, now: number): Promise<Selection> {
  const { query, compile } = await prepare(db, asked, now);
  const made = compile();
  const condition = made.holds(query);
  return { text: `select l.id as lead_id ${everybody(condition)} and ${condition}`, values: made.values };
}
