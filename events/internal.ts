/** Events the engine publishes to itself on the engagement stream: a changed profile, an enrolment asked for or ended, an input tried again. */
import { z } from 'zod';
import { leadIdSchema } from './engagement';
import type { ConsentCodes, Traits } from './stripped';

const codes = z.record(z.string(), z.union([z.string().max(64), z.number(), z.boolean()]));

/** The coded profile of a lead has a new version. */
export const profileChangedSchema = z.object({
  leadId: leadIdSchema,
  version: z.int().min(1),
  traits: codes,
  consent: z.record(z.string(), z.enum(['granted', 'withdrawn', 'none'])),
});
export type ProfileChanged = { readonly leadId: string; readonly version: number; readonly traits: Traits; readonly consent: ConsentCodes };

/** An import or a campaign wants the lead on a sequence. `commandId` makes repeats harmless. */
export const enrolmentAskedSchema = z.object({
  leadId: leadIdSchema,
  sequence: z.string().min(1).max(128),
  campaign: z.string().min(1).max(128).optional(),
  data: codes.optional(),
  /** What marketing set for the campaign. */
  settings: codes.optional(),
  /** Where the person stands already; the first phase of the sequence that serves it. */
  stage: z.enum(['awareness', 'consideration', 'decision']).optional(),
  by: z.string().min(1).max(128),
  because: z.string().min(1).max(500),
  commandId: z.string().min(1).max(128),
});
export type EnrolmentAsked = Readonly<z.infer<typeof enrolmentAskedSchema>>;

/** A campaign was stopped: whoever it had enrolled leaves. */
export const campaignLeftSchema = z.object({
  leadId: leadIdSchema,
  campaign: z.string().min(1).max(128),
  by: z.string().min(1).max(128),
  because: z.string().min(1).max(500),
  commandId: z.string().min(1).max(128),
});

/** An input the core refused, replayed by an operator under a new id. Inputs hold no personal data, so it travels as it was. */
export const inputAskedSchema = z.object({
  leadId: leadIdSchema,
  input: z.looseObject({ kind: z.enum(['engaged', 'profiled', 'outcome', 'command']), id: z.string().min(1) }),
});

type InternalData = {
  'profile.changed': ProfileChanged;
  'enrolment.asked': EnrolmentAsked;
  'campaign.left': Readonly<z.infer<typeof campaignLeftSchema>>;
  'input.asked': z.infer<typeof inputAskedSchema>;
};
export type InternalEvent<T extends keyof InternalData = keyof InternalData> = {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: T;
  readonly time?: string;
  readonly data: InternalData[T];
};
