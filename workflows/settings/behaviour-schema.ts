/** What a behaviour file may hold, and how it becomes the integers the simulator reckons with; every fault with its path and a sentence. Knows no file. */
import { z } from 'zod';
import { dataSchemas, engagementTypes, isEngagementType } from '../../events/engagement';
import { contentKinds } from '../../events/templates';
import { stages } from '../../events/stripped';
import type { Act, Behaviour, Cause, MailLayer, MailRates } from '../core/simulate/behaviour';
import { sharesOf } from '../core/simulate/chance';
import { msOf, parseSpan, type Span } from '../core/time';
import { code, span, version, whole } from './scalars';
import { fieldTest } from './event-schema';

const rateFault = 'must be a percentage from 0 to 100, with at most two decimals';
/** Percent to parts of ten thousand. */
const rate = z
  .number(rateFault)
  .min(0, rateFault)
  .max(100, rateFault)
  .refine((percent) => Math.abs(percent * 100 - Math.round(percent * 100)) < 1e-6, rateFault)
  .transform((percent) => Math.round(percent * 100));
const percent = (most: number) => whole.min(0, `must be 0 to ${most}`).max(most, `must be 0 to ${most}`);

const sum = (shares: readonly number[]): number => shares.reduce((total, share) => total + share, 0);

const delayFault = "must be five spans that grow, such as ['1 minute', '1 hour', '6 hours', '1 day', '4 days']";
const delay = z
  .array(z.string(delayFault), delayFault)
  .length(5, delayFault)
  .refine((spans) => spans.every((text) => parseSpan(text) !== undefined), delayFault)
  .transform((spans) => spans.map((text) => msOf(text as Span)))
  .refine((moments) => moments.every((ms, at) => at === 0 || ms >= (moments[at - 1] ?? 0)), delayFault);
const soon = ['1 minute', '10 minutes', '1 hour', '6 hours', '2 days'];

const mailRates = {
  refused: rate,
  turnedAway: rate,
  away: rate,
  uncertain: rate,
  bounced: rate,
  machineOpen: rate,
  machineClick: rate,
  open: rate,
  click: rate,
  reply: rate,
  unsubscribe: rate,
  complain: rate,
} satisfies { readonly [R in keyof MailRates]: typeof rate };
const layer = z.strictObject(mailRates).partial() as unknown as z.ZodType<MailLayer>;

const fieldCode = z.union([z.string().max(64), z.number(), z.boolean()], 'must be a code, a number or true or false');
/** `{ in: 14 days }`: a date so long after the moment. */
const dated = z.strictObject({ in: span }).transform(({ in: after }) => ({ inMs: msOf(after) }));
/** `{ oneOf: [[40, 75], [160, 25]] }`: a code and its share in percent. */
const shares = z
  .array(z.tuple([fieldCode, rate]))
  .refine((all) => sum(all.map(([, share]) => share)) === 10_000, 'the shares must sum to 100')
  .transform(sharesOf);
const made = { dated, oneOf: z.strictObject({ oneOf: shares }), same: z.strictObject({ same: z.string() }) };
const begun = z.record(
  z.string(),
  z.union(
    [fieldCode, made.dated, made.oneOf],
    'must be a code, a number, true or false, { in: 14 days } or { oneOf: [[code, percent], …] }',
  ),
);
const codes = z.record(
  z.string(),
  z.union(
    [fieldCode, made.dated, made.oneOf, made.same],
    'must be a code, a number, true or false, { in: 14 days }, { oneOf: [[code, percent], …] } or { same: field of what it follows }',
  ),
);

const contents = z.array(z.string()).min(1, 'names nothing').optional();
const about = z.union([
  z.literal(true).transform(() => ({})),
  z.strictObject({
    content: contents,
    kind: z
      .array(z.enum(contentKinds, `must be kinds of content: ${contentKinds.join(', ')}`))
      .min(1)
      .optional(),
    stage: z
      .array(z.enum(stages, `must be stages: ${stages.join(', ')}`))
      .min(1)
      .optional(),
  }),
]);
const event = z.string().refine(isEngagementType, { error: `must be an event: ${Object.keys(dataSchemas).join(', ')}` });
type About = { content?: string[]; kind?: string[]; stage?: string[] };
const cause = z.union(
  [
    z.strictObject({ clicked: about }).transform(({ clicked }) => ({ by: 'clicked', ...(clicked as About) })),
    z.strictObject({ received: about }).transform(({ received }) => ({ by: 'received', ...(received as About) })),
    z
      .strictObject({ did: event, where: z.record(z.string(), fieldTest).optional() })
      .transform(({ did, where = {} }) => ({ by: 'did', event: did, where })),
    z.strictObject({ joined: z.literal(true) }).transform(() => ({ by: 'joined' })),
    z
      .strictObject({ themselves: span })
      .transform(({ themselves }) => ({ by: 'themselves', everyMs: Math.max(3_600_000, msOf(themselves)) })),
  ],
  'must be one of { clicked: … }, { received: … }, { did: event }, { joined: true }, { themselves: span }; kinds, stages and events by their names',
) as unknown as z.ZodType<Cause>;

const act = z
  .strictObject({
    id: code,
    after: cause,
    rate,
    does: event,
    with: codes.default({}),
    in: delay.prefault(soon),
    from: z.string().optional(),
    once: z.boolean().default(false),
  })
  .superRefine((one, context) => {
    const fields: readonly string[] = isEngagementType(one.does) ? Object.keys(engagementTypes[one.does]) : [];
    for (const field of Object.keys(one.with))
      if (isEngagementType(one.does) && !fields.includes(field))
        context.addIssue({
          code: 'custom',
          path: ['with', field],
          message: `is no field of ${one.does}; it has ${fields.length === 0 ? 'none' : fields.join(', ')}`,
        });
  }) as unknown as z.ZodType<Act>;

const rep = z
  .strictObject({
    accepts: rate,
    rejects: rate,
    answersIn: delay,
    contacts: rate,
    contactsIn: delay,
    wins: rate,
    loses: rate,
    closesIn: delay,
  })
  .refine(({ accepts, rejects }) => accepts + rejects <= 10_000, {
    path: ['rejects'],
    error: 'accepts and rejects are more than 100 together',
  })
  .refine(({ wins, loses }) => wins + loses <= 10_000, { path: ['loses'], error: 'wins and loses are more than 100 together' });

const character = z.strictObject({ share: rate, interest: percent(10_000) });

const people = z.strictObject({
  joinOver: span,
  consent: rate,
  characters: z
    .record(code, character)
    .refine((all) => sum(Object.values(all).map(({ share }) => share)) === 10_000, 'the shares must sum to 100')
    .transform((all) => Object.entries(all).map(([id, one]) => ({ id, ...one }))),
  tiring: z.strictObject({ perMail: percent(100), least: percent(100) }),
  traits: z.record(
    code,
    z
      .record(z.string(), rate)
      .refine((all) => sum(Object.values(all)) <= 10_000, 'the shares are more than 100 together')
      .transform((all) => Object.entries(all)),
  ),
});

export const behaviourSchema = z
  .strictObject({
    id: code,
    version,
    people: people.transform(({ joinOver, ...rest }) => ({ joinOverMs: msOf(joinOver), ...rest })),
    mail: z.strictObject({
      usual: z.strictObject(mailRates),
      first: layer.default({}),
      stages: z.partialRecord(z.enum(stages), layer).default({}),
      kinds: z.partialRecord(z.enum(contentKinds), layer).default({}),
      contents: z.record(z.string(), layer).default({}),
      opensIn: delay,
      clicksIn: delay,
      repliesIn: delay,
      leavesIn: delay,
      bouncesIn: delay,
    }),
    acts: z.array(act),
    reps: z.record(code, rep).transform((all) => Object.entries(all).map(([id, one]) => ({ id, ...one }))),
    begin: z.record(code, begun).default({}),
  })
  .superRefine(({ acts }, context) => {
    acts.forEach(({ id, after, does, rate: often, once }, at) => {
      if (acts.findIndex((other) => other.id === id) !== at)
        context.addIssue({ code: 'custom', path: ['acts', at, 'id'], message: `"${id}" is there twice` });
      if (after.by === 'did' && after.event === does && often === 10_000 && !once)
        context.addIssue({
          code: 'custom',
          path: ['acts', at],
          message: `${does} would follow from itself for ever; lower the rate or write once: true`,
        });
    });
  }) as unknown as z.ZodType<Behaviour>;
