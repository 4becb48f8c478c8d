/** The form of every request to the people role; what does not fit is answered with the path that is wrong. Knows no store. */
import { z } from 'zod';
import type { Ask, PeopleVerb } from '../../events/requests';
import { channels } from '../../events/stripped';
import { audienceAsks } from './audience/handlers';
import { accessAsks } from './access';
import { campaignAsks } from './campaign-handlers';
import { listAsks } from './list-asks';
import { scoringAsks } from './scoring-handlers';
import { parseAddress } from '../../events/list/address';

const text = (most: number) => z.string().min(1, 'must not be empty').max(most, `must have at most ${most} characters`);
const by = text(128);
const who = text(320);
const leadId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'is no lead id');
const channel = z.enum([...channels, 'all'], 'must be email or all');
const nothing = z.object({});
/** As `artefactOf` makes them; the digest is checked by the store. */
const artefact = z.object({
  kind: z.enum(['plan', 'model', 'settings', 'content']),
  id: text(128),
  version: z.int().min(1),
  digest: z.string().regex(/^[0-9a-f]{12}$/, 'must be 12 hex digits'),
  body: z.unknown(),
});

/** At most so many rows a request. */
export const mostRows = 200;

const rows = z
  .array(z.object({ row: z.int().min(1).max(2_000_000_000), fields: z.record(z.string().max(1_000), z.string().max(100_000)) }))
  .min(1, 'must have at least one row')
  .max(mostRows, `must have at most ${mostRows} rows`)
  .refine((list) => new Set(list.map(({ row }) => row)).size === list.length, 'must not name a row twice');

export const askSchemas = {
  import: z.object({
    batch: text(200),
    source: text(64),
    list: text(128).optional(),
    consent: z.object({ text: text(2_000), obtainedAt: z.int().min(0, 'must be epoch milliseconds') }).optional(),
    sequence: text(128).optional(),
    campaign: text(128).optional(),
    by,
    dryRun: z.boolean().optional(),
    name: text(300).optional(),
    vendor: text(128).optional(),
    cost: z.object({ cents: z.int().min(0), currency: z.string().regex(/^[A-Z]{3}$/, 'must be three letters such as EUR') }).optional(),
    sample: z.boolean().optional(),
    rows,
  }),
  find: z.object({ who }),
  cards: z.object({ leadIds: z.array(leadId).max(1_000, 'must have at most 1000 leads') }),
  suppress: z.object({ who, channel, because: text(500), by, lift: z.boolean().optional(), dryRun: z.boolean().optional() }),
  reps: nothing,
  addRep: z.object({
    name: text(200),
    email: text(254).refine((address) => parseAddress(address.trim()).as === 'address', 'must be an e-mail address'),
    by,
  }),
  handOffs: z.object({ open: z.boolean().optional(), rep: text(254).optional() }),
  uncertain: nothing,
  settle: z.object({ leadId, effect: text(300), sent: z.boolean(), by }),
  publish: z.object({ artefacts: z.array(artefact).max(1_000), by }),
  published: z.object({ kind: z.enum(['plan', 'model', 'settings', 'content']).optional() }),
  hold: z.object({ leadId, held: z.boolean(), by }),
  reread: z.object({ leadId, fromSeq: z.int().min(1), everything: z.boolean().optional() }),
  messages: z.object({
    leadId,
    stream: z.enum(['ENGAGEMENT', 'REJECTED']),
    fromSeq: z.int().min(1),
    as: z.enum(['count', 'show', 'erase']),
  }),
  record: z.object({ leadId }),
  erase: z.object({ leadId, by }),
  summary: nothing,
  ...listAsks,
  ...scoringAsks,
  ...campaignAsks,
  ...accessAsks,
  ...audienceAsks,
} as const satisfies { readonly [V in PeopleVerb]: z.ZodType<unknown> };

export const isVerb = (verb: string): verb is PeopleVerb => Object.hasOwn(askSchemas, verb);

/** The ask, or a sentence that says what is wrong with it. */
export function readAsk<V extends PeopleVerb>(verb: V, ask: unknown): { readonly ask: Ask<V> } | { readonly says: string } {
  const parsed = askSchemas[verb].safeParse(ask);
  if (parsed.success) return { ask: parsed.data as Ask<V> };
  const issue = parsed.error.issues[0];
  const path = (issue?.path ?? []).map(String).join('.');
  return { says: `${path === '' ? 'the request' : path} ${issue?.message ?? 'has the wrong form'}` };
}
