/** The form of requests about lists, imports and vendors. Knows no store. */
import { z } from 'zod';
import type { ListVerbs } from '../../events/list-requests';

const text = (most: number) => z.string().min(1, 'must not be empty').max(most, `must have at most ${most} characters`);
const by = text(128);
const source = text(64);
const importId = text(200);

export const listAsks = {
  imports: z.object({ vendor: text(128).optional(), id: importId.optional() }),
  importLeads: z.object({ id: importId, after: text(64).optional() }),
  takeBack: z.object({ id: importId, leadIds: z.array(text(64)).max(200, 'must have at most 200 leads'), gone: z.boolean() }),
  endUndo: z.object({ id: importId, by, because: text(500) }),
  peoplePage: z.object({ after: text(64).optional() }),
  lost: z.object({}),
  traitCounts: z.object({
    among: z
      .record(text(64), z.array(text(200)).min(1, 'needs at least one value').max(200, 'must have at most 200 values'))
      .refine((among) => Object.keys(among).length <= 20, 'must name at most 20 fields'),
  }),
  merge: z.object({ into: text(64), from: text(64), by }),
  notDuplicates: z.object({ pair: z.tuple([text(64), text(64)]).optional(), by }),
  addVendor: z.object({
    name: text(128),
    exclusive: z.boolean().optional(),
    reference: text(500).optional(),
    evidence: text(2_000).optional(),
    by,
  }),
  vendors: z.object({}),
  mapping: z.object({ source, map: z.record(z.string().min(1).max(200), z.string().min(1).max(1_000)).optional(), by }),
} as const satisfies { readonly [V in keyof ListVerbs]: z.ZodType<unknown> };
