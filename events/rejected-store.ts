/** The operator's list of rejected messages: read, counted, and replayed by hand. Works over JetStream's own API, so CLI and worker share it. */
import { randomUUID } from 'node:crypto';
import type { ApiError, JetStreamApi, Publisher } from './ports';
import { rejectedSchema, type Rejected } from './rejected';
import { engagementSubject, rejectedSubject, streamNames } from './subjects';

/** `id` is the record's sequence in REJECTED. */
export type RejectedRow = Rejected & { readonly id: number };
export type RejectedQuery = { readonly code?: string; /** Rows behind this id. */ readonly afterId?: number; readonly limit?: number };
export type Replayed =
  | { readonly as: 'replayed'; readonly subject: string }
  | { readonly as: 'unknown' }
  | { readonly as: 'not-replayable'; readonly says: string };

const noMessage = 10037;
type Found = { readonly seq: number; readonly data: string };

async function get(js: JetStreamApi, request: object): Promise<Found | undefined> {
  const reply = await js.api(`STREAM.MSG.GET.${streamNames.rejected}`, request);
  const error: ApiError | undefined = reply.error;
  if (error?.err_code === noMessage) return undefined;
  if (error !== undefined) throw new Error(`REJECTED cannot be read: ${error.description ?? error.code}`);
  const { seq, data } = reply.message as { readonly seq: number; readonly data?: string };
  return { seq, data: Buffer.from(data ?? '', 'base64').toString('utf8') };
}

/** A record of an older or foreign form is shown as it is, never dropped. */
function rowOf({ seq, data }: Found): RejectedRow {
  try {
    const parsed = rejectedSchema.safeParse(JSON.parse(data));
    if (parsed.success) return { ...parsed.data, original: parsed.data.original, id: seq };
  } catch {
    // Not JSON: falls through to the record that shows the text.
  }
  return {
    v: 1,
    id: seq,
    code: 'record-unreadable',
    says: 'this record has another form than this release writes',
    original: data,
    rejectedAt: 0,
  };
}

/** Oldest first, 100 at most unless told otherwise. */
export async function listRejected(
  js: JetStreamApi,
  { code, afterId = 0, limit = 100 }: RejectedQuery = {},
): Promise<readonly RejectedRow[]> {
  const filter = code === undefined ? 'rejected.>' : rejectedSubject(code, '*');
  const rows: RejectedRow[] = [];
  for (let from = afterId + 1; rows.length < limit;) {
    const found = await get(js, { seq: from, next_by_subj: filter });
    if (found === undefined) break;
    rows.push(rowOf(found));
    from = found.seq + 1;
  }
  return rows;
}

/** How many records lie in REJECTED, by code. */
export async function countRejected(js: JetStreamApi): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (let offset = 0; ;) {
    const info = await js.api(`STREAM.INFO.${streamNames.rejected}`, { subjects_filter: 'rejected.>', offset });
    if (info.error !== undefined) throw new Error(`REJECTED cannot be read: ${info.error.description ?? info.error.code}`);
    const subjects = Object.entries((info.state as { readonly subjects?: Readonly<Record<string, number>> }).subjects ?? {});
    for (const [subject, count] of subjects) {
      const code = subject.split('.')[1] ?? '-';
      counts[code] = (counts[code] ?? 0) + count;
    }
    offset += subjects.length;
    if (subjects.length === 0 || offset >= Number(info.total ?? 0)) return counts;
  }
}

/** Publishes the original anew under a message id of its own, then removes the record; what fails again makes a new one. */
export async function replayRejected(port: JetStreamApi & Publisher, id: number): Promise<Replayed> {
  const found = await get(port, { seq: id });
  if (found === undefined) return { as: 'unknown' };
  const again = replayable(rowOf(found));
  if (again === undefined) return { as: 'not-replayable', says: 'the record holds no message that could be published again' };
  await port.publish(again.subject, again.data, { msgId: `replay-${id}-${randomUUID()}` });
  const removed = await port.api(`STREAM.MSG.DELETE.${streamNames.rejected}`, { seq: id, no_erase: true });
  if (removed.error !== undefined && removed.error.err_code !== noMessage)
    throw new Error(`replayed, but the record ${id} stays: ${removed.error.description ?? removed.error.code}`);
  return { as: 'replayed', subject: again.subject };
}

function replayable({ code, subject, original }: RejectedRow): { readonly subject: string; readonly data: Uint8Array } | undefined {
  if (original === undefined || original === null) return undefined;
  if (subject !== undefined) return { subject, data: Buffer.from(typeof original === 'string' ? original : JSON.stringify(original)) };
  if (code !== 'input-refused') return undefined;
  // The core refused it: it goes back to its lead through the router, under a new id.
  const event = { specversion: '1.0', id: randomUUID(), source: '/ripen/rejected', type: 'input.asked', data: original };
  return { subject: engagementSubject('input.asked', '-'), data: Buffer.from(JSON.stringify(event)) };
}
