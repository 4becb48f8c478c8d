/** How many an audience has and why, some of its people, and why somebody is in it or not. Changes nothing. */
import type { AudienceVerbs } from '../../../events/audience-requests';
import { leavesOf } from '../../../events/audience/query';
import type { Query } from '../../../events/audience/query';
import { cards } from '../cards';
import type { Database } from '../database';
import { everybody, prepare } from '.';

type Ask<V extends keyof AudienceVerbs> = AudienceVerbs[V]['ask'];
type Reply<V extends keyof AudienceVerbs> = AudienceVerbs[V]['reply'];

export async function audienceCount(db: Database, { query: given }: Ask<'audienceCount'>, now: number): Promise<Reply<'audienceCount'>> {
  const { text, query, known, compile } = await prepare(db, given, now);
  const made = compile();
  const joined: readonly Query[] = query.kind === 'all' || query.kind === 'any' ? query.of : [query];
  const word = query.kind === 'any' ? 'or' : 'and';
  const conditions = joined.map(made.holds);
  const mailable = known.fields.get('mailable')?.sql ?? 'false';
  // Each condition is asked once of each person ("offset 0" keeps the planner from asking anew for every sum).
  const asked = conditions.map((condition, at) => `${condition} as p${at}`).join(', ');
  const through = (last: number): string =>
    `(${joined
      .slice(0, last + 1)
      .map((_, at) => `p${at}`)
      .join(` ${word} `)})`;
  const sums = conditions.flatMap((_, at) => [
    `count(*) filter (where p${at})::int as holds_${at}`,
    `count(*) filter (where ${through(at)})::int as left_${at}`,
  ]);
  const { rows } = await db.query<Readonly<Record<string, number>>>(
    `select count(*)::int as people, count(*) filter (where ${through(conditions.length)} and mailable)::int as mailable, ${sums.join(', ')}
       from (select ${mailable} as mailable, ${asked} ${everybody([mailable, ...conditions].join())} offset 0) asked`,
    [...made.values],
  );
  const row = rows[0] ?? {};
  return {
    query: text,
    people: row['people'] ?? 0,
    matched: row[`left_${joined.length - 1}`] ?? 0,
    mailable: row['mailable'] ?? 0,
    joined: word,
    parts: joined.map(({ said }, at) => ({ said, holds: row[`holds_${at}`] ?? 0, left: row[`left_${at}`] ?? 0 })),
  };
}

type SampleRow = {
  readonly lead_id: string;
  readonly stage: string | null;
  readonly score: number;
  readonly grade: string;
  readonly matched: number;
};

export async function audienceSample(
  db: Database,
  { query: asked, people }: Ask<'audienceSample'>,
  now: number,
): Promise<Reply<'audienceSample'>> {
  const { query, compile } = await prepare(db, asked, now);
  const made = compile();
  const condition = made.holds(query);
  const { rows } = await db.query<SampleRow>(
    `select lead_id, stage, score, grade, matched from (
       select l.id as lead_id, s.stage, coalesce(s.score_today, 0) as score, coalesce(s.grade, 'D') as grade,
              row_number() over (order by md5(l.id)) as place, count(*) over ()::int as matched ${everybody(condition)} and ${condition}) found
      where place <= $${made.values.length + 1} order by score desc, lead_id`,
    [...made.values, people],
  );
  const { people: known } = await cards(
    db,
    rows.map(({ lead_id }) => lead_id),
  );
  const byId = new Map(known.map((card) => [card.leadId, card]));
  return {
    matched: rows[0]?.matched ?? 0,
    people: rows.map(({ lead_id, stage, score, grade }) => ({
      ...(byId.get(lead_id) ?? { leadId: lead_id }),
      score,
      grade,
      ...(stage === null ? {} : { stage }),
    })),
  };
}

/** `undefined` for nobody who could be asked for: unknown, erased, merged. */
export async function audienceWhy(
  db: Database,
  { query: asked, leadId }: Ask<'audienceWhy'>,
  now: number,
): Promise<Reply<'audienceWhy'> | undefined> {
  const { text, query, compile } = await prepare(db, asked, now);
  const made = compile();
  const parts = leavesOf(query);
  const whole = made.holds(query);
  const asks = parts.map(({ part }) => made.part(part));
  const columns = asks.flatMap(({ holds, seen }, at) => [`${holds} as holds_${at}`, `(${seen})::text as seen_${at}`]);
  const { rows } = await db.query<Readonly<Record<string, unknown>>>(
    `select ${[`${whole} as whole`, ...columns].join(', ')} ${everybody([whole, ...columns].join())} and l.id = $${made.values.length + 1}`,
    [...made.values, leadId],
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  return {
    holds: row['whole'] === true,
    query: text,
    parts: parts.map(({ said, not }, at) => {
      const seen = row[`seen_${at}`];
      return { said, holds: (row[`holds_${at}`] === true) !== not, ...(typeof seen === 'string' ? { seen } : {}) };
    }),
  };
}
