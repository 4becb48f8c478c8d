/** The language of engagement events: CloudEvents 1.0 in structured JSON, the types there are, and the codes each carries. Knows no transport. */
import { z } from 'zod';
import { identityKinds, type Identity } from './hashes';
import type { Moment, PublishedActor } from './stripped';

/**
 * `code`: at most 64 characters that are no address. `path`: a code after its query is cut off. `?` = may be absent.
 * `date`: an RFC 3339 instant (reaches the lead as epoch ms) or a day such as 2026-12-24 (stays as it is, and begins at midnight by the person's clock).
 * `pain?`: 1 to 10, 10 = needs an immediate solution.
 * `event`: an earlier event's id as its publisher gave it, `source?`: whose it was where another published it; together they reach the lead as that event's own id.
 */
type FieldKind = 'event' | 'source?' | 'pain?' | 'code' | 'code?' | 'number' | 'number?' | 'date' | 'date?' | 'path' | 'bounce' | 'rating';

/** Budget, authority, need (urgent, some, none), timing and pain (1 to 10), where they are asked for or noted. */
const bant = { budget: 'code?', authority: 'code?', need: 'code?', timing: 'code?', pain: 'pain?' } as const;

/** Every type a publisher may use, with the fields conditions may ask for. Other fields of `data` are dropped by the router. */
export const engagementTypes = {
  'email.delivered': {},
  'email.opened': {},
  'email.clicked': { link: 'code?' },
  'email.bounced': { kind: 'bounce' },
  'email.complained': {},
  'email.unsubscribed': {},
  'email.replied': {},
  'newsletter.subscribed': { topic: 'code' },
  'form.submitted': { form: 'code', ...bant },
  'content.downloaded': { content: 'code' },
  'page.viewed': { path: 'path' },
  'webinar.registered': { webinar: 'code', startsAt: 'date?', endsAt: 'date?' },
  'webinar.rescheduled': { webinar: 'code', startsAt: 'date', endsAt: 'date?' },
  'webinar.attended': { webinar: 'code', minutes: 'number?' },
  'trial.started': { plan: 'code?', endsAt: 'date?' },
  'project.created': {},
  'teammate.invited': {},
  'app.login': {},
  'subscription.started': { plan: 'code?' },
  'demo.booked': { meeting: 'code?', startsAt: 'date?', endsAt: 'date?' },
  'demo.held': { meeting: 'code?' },
  'demo.noShow': { meeting: 'code?' },
  'social.followed': { network: 'code' },
  'social.messaged': { network: 'code' },
  'social.interacted': { network: 'code', kind: 'code?' },
  'order.placed': { order: 'code?', cart: 'code?', value: 'number?' },
  'order.delivered': { order: 'code' },
  'cart.updated': { cart: 'code', value: 'number?', items: 'number?', currency: 'code?' },
  'contract.set': { contract: 'code', endsAt: 'date', seatsUsed: 'number?' },
  'contract.renewed': { contract: 'code' },
  'referral.invited': { referrer: 'code?' },
  'referral.won': { referred: 'code' },
  'badge.scanned': { event: 'code', rating: 'rating' },
  'survey.answered': { survey: 'code', score: 'number?', ...bant },
  'phone.called': { outcome: 'code', ...bant },
  'rep.noted': { ...bant },
  'person.enriched': { ...bant },
  'deal.opened': {},
  'deal.won': {},
  'deal.lost': {},
  'account.engaged': { people: 'number' },
  'account.noticed': { event: 'code' },
  /** An earlier event counts no more, as if it had not been. */
  'engagement.retracted': { of: 'event', from: 'source?', because: 'code' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, FieldKind>>>>;

export type EngagementType = keyof typeof engagementTypes;
export const isEngagementType = (type: string): type is EngagementType => Object.hasOwn(engagementTypes, type);

/** What the engine publishes to itself, on the same stream so that one router orders all that reaches a lead. */
export const internalTypes = ['profile.changed', 'enrolment.asked', 'campaign.left', 'input.asked'] as const;

type ValueOf<K> = K extends 'number' | 'number?' | 'pain?'
  ? number
  : K extends 'bounce'
    ? (typeof bounces)[number]
    : K extends 'rating'
      ? (typeof ratings)[number]
      : string;
const bounces = ['hard', 'soft', 'block'] as const;
const ratings = ['hot', 'warm', 'cold'] as const;
type Fields<T extends EngagementType> = (typeof engagementTypes)[T];
/** Fields of a type as TypeScript sees them: `FieldsOf<'form.submitted'>` is `{ form: string }`. */
export type FieldsOf<T extends EngagementType> = {
  readonly [F in keyof Fields<T> as Fields<T>[F] extends `${string}?` ? never : F]: ValueOf<Fields<T>[F]>;
} & { readonly [F in keyof Fields<T> as Fields<T>[F] extends `${string}?` ? F : never]?: ValueOf<Fields<T>[F]> };

/** The same fields as they reach a lead: dates have become moments. */
export type StrippedFieldsOf<T extends EngagementType> = {
  readonly [F in keyof Fields<T> as Fields<T>[F] extends 'source?' ? never : F]: Fields<T>[F] extends 'date' | 'date?'
    ? Moment
    : ValueOf<Fields<T>[F]>;
};

/** Would the text let somebody be written to or called? Codes never do. */
export const looksLikeAddress = (text: string): boolean => /@|%40/i.test(text) || /\+\d[\d\s().-]{6,}/.test(text);

const code = z
  .string()
  .min(1, 'is empty')
  .max(64, 'is longer than 64 characters; publish a code')
  .refine((text) => !looksLikeAddress(text), 'looks like an address; publish a code');
const number = z.number('must be a number');
const painFault = 'must be a number from 1 to 10; 10 = needs an immediate solution';
/** Forms send text. */
const pain = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^(?:10|[1-9])(?:\.\d)?$/)
        .transform(Number),
    ],
    painFault,
  )
  .refine((value) => value >= 1 && value <= 10, painFault);
const date = z.union([z.iso.datetime({ offset: true }), z.iso.date()], {
  error: 'must be a date such as 2026-12-24 or a moment such as 2026-12-24T10:00:00Z',
});
const fieldSchemas: Readonly<Record<FieldKind, z.ZodType>> = {
  event: z.string().min(1, 'is empty').max(256),
  'source?': z.string().min(1, 'is empty').max(256).optional(),
  code,
  'code?': code.optional(),
  number,
  'number?': number.optional(),
  'pain?': pain.optional(),
  date,
  'date?': date.optional(),
  path: z
    .string()
    .min(1)
    .refine((text) => !looksLikeAddress(pathCode(text)), 'holds an address'),
  bounce: z.enum(bounces),
  rating: z.enum(ratings),
};

/** A page's path without query and fragment, where addresses and searches travel, cut to 64 characters. */
export const pathCode = (path: string): string => (path.split(/[?#]/, 1)[0] ?? '').slice(0, 64);

/** Lead ids become a token of a subject and part of a workflow id: no dots, stars or spaces. */
export const leadIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'is no lead id');
/** No control characters: a database refuses some of them, and one such name would hold up a whole batch. */
const name = (least: number, most: number) =>
  z
    .string()
    .min(least)
    .max(most)
    .regex(/^\P{Cc}*$/u, 'holds control characters')
    .optional();
export const whoSchema = z
  .object({ lead: leadIdSchema.optional(), email: name(3, 320), phone: name(3, 40), anonymous: name(1, 128), external: name(1, 200) })
  .refine((who) => Object.values(who).some((value) => value !== undefined), 'names nobody: give lead, email, phone, anonymous or external');
export type Who = Readonly<z.infer<typeof whoSchema>>;

/** Identities of a `who`, most certain first. */
export const identitiesOf = (who: Who): readonly Identity[] =>
  identityKinds.flatMap((kind) => {
    const value = who[kind];
    return value === undefined ? [] : [{ kind, value }];
  });

export const envelopeSchema = z.looseObject({
  specversion: z.literal('1.0', 'must be "1.0"'),
  id: z.string().min(1).max(256),
  source: z.string().min(1).max(256),
  type: z.string().min(1).max(64),
  /** RFC 3339, engine's clock; absent = the moment it reached us. */
  time: z.iso.datetime({ offset: true, error: 'must be an RFC 3339 time, for example 2026-11-22T10:00:00Z' }).optional(),
  subject: z.string().max(512).optional(),
  data: z.record(z.string(), z.unknown(), 'must be a JSON object'),
});
export type Envelope = Readonly<z.infer<typeof envelopeSchema>>;

const common = {
  who: whoSchema,
  effect: z
    .string()
    .min(1)
    .max(200)
    .refine((text) => !looksLikeAddress(text), 'looks like an address')
    .optional(),
  content: code.optional(),
  actor: z.enum(['human', 'machine', 'unknown']).optional(),
  userAgent: z.string().max(1_000).optional(),
};

/** Schema of `data`, one a type: the declared fields and who it is about. */
export const dataSchemas = Object.fromEntries(
  Object.entries(engagementTypes).map(([type, fields]) => [
    type,
    z.object({ ...common, ...Object.fromEntries(Object.entries(fields).map(([name, kind]) => [name, fieldSchemas[kind as FieldKind]])) }),
  ]),
) as unknown as Readonly<Record<EngagementType, z.ZodType<EngagementData>>>;

export type EngagementData = {
  readonly who: Who;
  readonly effect?: string;
  readonly content?: string;
  readonly actor?: PublishedActor;
  readonly userAgent?: string;
} & {
  readonly [field: string]: unknown;
};

/** What a publisher writes; typed fields per type. */
export type EngagementEvent<T extends EngagementType = EngagementType> = {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: T;
  readonly time?: string;
  readonly data: {
    readonly who: Who;
    readonly effect?: string;
    readonly content?: string;
    readonly actor?: PublishedActor;
    readonly userAgent?: string;
  } & FieldsOf<T>;
};

/** Builds an event whose fields the compiler checked. `at` is epoch ms on the engine's clock. */
export function engagementEvent<T extends EngagementType>(
  type: T,
  event: { readonly id: string; readonly source: string; readonly at: number; readonly data: EngagementEvent<T>['data'] },
): EngagementEvent<T> {
  return { specversion: '1.0', id: event.id, source: event.source, type, time: new Date(event.at).toISOString(), data: event.data };
}
