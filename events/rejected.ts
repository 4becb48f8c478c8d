/** What is kept of a message that could not be taken, and how such a record reaches its stream. Knows no library. */
import { z } from 'zod';
import type { Publisher, RejectedRecord, RejectedSink } from './ports';
import { problems, type ProblemCode } from './problems';
import { rejectedSubject } from './subjects';

export const rejectedSchema = z.object({
  v: z.literal(1),
  code: z.string(),
  path: z.string().optional(),
  says: z.string(),
  todo: z.string().optional(),
  /** Parsed JSON of the original, or its text; absent for an erased person. */
  original: z.unknown(),
  /** Subject the original came on. */
  subject: z.string().optional(),
  /** Epoch ms, real clock. */
  rejectedAt: z.number(),
});
export type Rejected = Readonly<z.infer<typeof rejectedSchema>>;

/** The stream takes messages up to 1 MB; a larger original is cut and says so. */
const largestOriginal = 900_000;

export function rejectedMessage(record: RejectedRecord, nowAt: number): Rejected {
  const { code, path, says, original, subject } = record;
  const text = JSON.stringify(original) ?? 'null';
  const todo = Object.hasOwn(problems, code) ? problems[code as ProblemCode].todo : undefined;
  return {
    v: 1,
    code,
    says,
    original: text.length > largestOriginal ? `${text.slice(0, 10_000)} … (cut, ${text.length} characters)` : original,
    rejectedAt: nowAt,
    ...(path === undefined ? {} : { path }),
    ...(todo === undefined ? {} : { todo }),
    ...(subject === undefined ? {} : { subject }),
  };
}

/** Throws `NatsAway` when the record could not be stored; the caller keeps the message and tries again. */
export function rejectedSink(publisher: Publisher, clock: () => number): RejectedSink {
  return {
    async reject(record) {
      const bytes = Buffer.from(JSON.stringify(rejectedMessage(record, clock())));
      await publisher.publish(
        rejectedSubject(record.code, record.identityHash ?? '-'),
        bytes,
        record.msgId === undefined ? {} : { msgId: record.msgId },
      );
    },
  };
}
