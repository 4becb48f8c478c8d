/** Answers requests about audiences, and says what form they must have. Knows no transport. */
import { z } from 'zod';
import type { AudienceVerbs } from '../../../events/audience-requests';
import type { ProblemCode } from '../../../events/problems';
import type { Database } from '../database';
import { audienceName, prepare } from '.';
import { audienceCount, audienceSample, audienceWhy } from './ask';
import { knownTo } from './known';
import type { Field } from './known';

const text = (most: number) => z.string().min(1, 'must not be empty').max(most, `must have at most ${most} characters`);
const query = text(4_000);
const name = z.string().regex(audienceName, 'may hold letters, digits, dots, dashes and underscores, 64 at most');

export const audienceAsks = {
  audienceFields: z.object({}),
  audienceCount: z.object({ query }),
  audienceSample: z.object({ query, people: z.int().min(1).max(200, 'must be at most 200') }),
  audienceWhy: z.object({ query, leadId: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'is no lead id') }),
  audienceSave: z.object({ name, query: query.optional(), says: text(300).optional(), by: text(128) }),
  audiences: z.object({}),
} as const satisfies { readonly [V in keyof AudienceVerbs]: z.ZodType<unknown> };

type Problem = { readonly problem: { readonly code: ProblemCode; readonly says: string } };
type Handlers = { readonly [V in keyof AudienceVerbs]: (ask: AudienceVerbs[V]['ask']) => Promise<AudienceVerbs[V]['reply'] | Problem> };
type Reply<V extends keyof AudienceVerbs> = AudienceVerbs[V]['reply'];

export const audienceHandlers = (db: Database, now: () => number): Handlers => ({
  audienceFields: () => fields(db),
  audienceCount: (ask) => audienceCount(db, ask, now()),
  audienceSample: (ask) => audienceSample(db, ask, now()),
  audienceWhy: async (ask) =>
    (await audienceWhy(db, ask, now())) ?? {
      problem: { code: 'lead-unknown', says: `There is no lead ${ask.leadId} that could be in an audience.` },
    },
  audienceSave: (ask) => save(db, ask, now()),
  async audiences() {
    const { rows } = await db.query<{ name: string; query: string; says: string | null; saved_by: string }>(
      'select name, query, says, saved_by from audience order by name',
    );
    return {
      audiences: rows.map(({ name: id, query: asked, says, saved_by: by }) => ({
        name: id,
        query: asked,
        by,
        ...(says === null ? {} : { says }),
      })),
    };
  },
});

async function save(db: Database, ask: AudienceVerbs['audienceSave']['ask'], now: number): Promise<Reply<'audienceSave'> | Problem> {
  const { rows } = await db.query<{ query: string }>('select query from audience where name = $1', [ask.name]);
  const before = rows[0]?.query;
  const told = before === undefined ? {} : { before };
  if (ask.query === undefined) {
    if (before === undefined) return { problem: { code: 'audience-unknown', says: `There is no saved audience "${ask.name}".` } };
    await db.query('delete from audience where name = $1', [ask.name]);
    return { saved: false, ...told };
  }
  const { text: asked, known, query: parsed, compile } = await prepare(db, ask.query, now);
  if (known.fields.has(ask.name)) return { problem: { code: 'query-wrong', says: `"${ask.name}" is a field; choose another name.` } };
  compile().holds(parsed);
  await db.query(
    `insert into audience (name, query, says, saved_by) values ($1, $2, $3, $4)
     on conflict (name) do update set query = excluded.query, says = excluded.says, saved_by = excluded.saved_by, saved_at = now()`,
    [ask.name, asked, ask.says ?? null, ask.by],
  );
  return { saved: true, ...told };
}

const mostValues = 12;

/** Values of a field without a list of its own: the most frequent ones. Dates and numbers have too many to say. */
async function fields(db: Database): Promise<Reply<'audienceFields'>> {
  const { fields: known, names } = await knownTo(db);
  const told: Reply<'audienceFields'>['fields'][number][] = [];
  for (const { name: field, type, says, values, sql } of known.values()) {
    const all = values ?? (type === 'text' && field !== 'account' ? await frequent(db, sql) : undefined);
    told.push({ name: field, type, says, ...(all === undefined ? {} : { values: all }) });
  }
  const ids = async (from: string): Promise<readonly string[]> =>
    (await db.query<{ id: string }>(`select distinct ${from} order by 1 limit 200`)).rows.map(({ id }) => id);
  return {
    fields: told,
    names: {
      segment: Object.keys(names.segment),
      persona: Object.keys(names.persona),
      sequence: names.sequence,
      content: names.content,
      list: await ids('list as id from list_member'),
      campaign: await ids('id from campaign'),
    },
  };
}

async function frequent(db: Database, sql: Field['sql']): Promise<readonly string[]> {
  const { rows } = await db.query<{ value: string }>(
    `select (${sql})::text as value from lead l left join lead_summary s on s.lead_id = l.id left join email_standing e on e.lead_id = l.id
      where l.erased_at is null and (${sql}) is not null group by 1 order by count(*) desc, 1 limit ${mostValues}`,
  );
  return rows.map(({ value }) => value);
}
