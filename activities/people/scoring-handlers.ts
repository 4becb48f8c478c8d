/** Answers requests about leaders and the brake, and says what form they must have. Knows no transport. */
import { z } from 'zod';
import type { Leader, ScoringVerbs } from '../../events/scoring-requests';
import { answerBrake, brakeStanding } from './brake';
import { cards } from './cards';
import type { Database } from './database';

const leadId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'is no lead id');

export const scoringAsks = {
  leaders: z.object({ most: z.int().min(1).max(200, 'must be at most 200'), everybody: z.boolean().optional() }),
  brake: z.object({}),
  brakeAnswer: z.object({
    as: z.enum(['released', 'dropped']),
    handOffs: z.array(z.object({ leadId, handOff: z.int().min(1) })).max(1_000, 'must have at most 1000 hand-offs'),
    by: z.string().min(1).max(128),
  }),
};

type Handlers = { readonly [V in keyof ScoringVerbs]: (ask: ScoringVerbs[V]['ask']) => Promise<ScoringVerbs[V]['reply']> };

export const scoringHandlers = (db: Database, now: () => number): Handlers => ({
  leaders: (ask) => leaders(db, ask),
  async brake() {
    const { held, ...figures } = await brakeStanding(db, now());
    const { people } = await cards(db, [...new Set(held.map((one) => one.leadId))]);
    const names = new Map(people.map(({ leadId: id, name, email }) => [id, name ?? email]));
    return {
      ...figures,
      held: held.map((one) => {
        const name = names.get(one.leadId);
        return name === undefined ? one : { ...one, name };
      }),
    };
  },
  brakeAnswer: async (ask) => ({ changed: await answerBrake(db, ask) }),
});

type Row = {
  readonly lead_id: string;
  readonly score: number;
  readonly qualification: Leader['qualification'];
  readonly stage: Leader['stage'] | null;
  readonly last_fact_ms: number;
};

async function leaders(
  db: Pick<Database, 'query'>,
  { most, everybody }: ScoringVerbs['leaders']['ask'],
): Promise<ScoringVerbs['leaders']['reply']> {
  const { rows } = await db.query<Row>(
    `select lead_id, score, qualification, stage, last_fact_ms from lead_summary
      where folded->>'erased' is distinct from 'true' and ($2 or qualification not in ('customer', 'disqualified'))
      order by score desc, last_fact_ms desc, lead_id limit $1`,
    [most, everybody === true],
  );
  const asOf = await db.query<{ as_of_ms: number }>(`select as_of_ms from projection_checkpoint where name = 'lead_summary'`);
  return {
    leaders: rows.map(({ lead_id, score, qualification, stage, last_fact_ms }) => ({
      leadId: lead_id,
      score,
      qualification,
      lastFactAt: last_fact_ms,
      ...(stage === null ? {} : { stage }),
    })),
    asOfAt: asOf.rows[0]?.as_of_ms ?? 0,
  };
}
