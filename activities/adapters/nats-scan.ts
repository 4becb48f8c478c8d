/** Reads once through a stream, from a sequence to its end of this moment, by a fresh consumer. For rebuilds, exports and erasures. Knows no event. */
import { NatsAway, type Received, type ScanOf, type StreamScan } from '../../events/ports';
import type { Nats } from './nats-connection';
import { orderedReader } from './nats-reader';

const noMessage = 10037;
const atOnce = 256;
/** Without a message for so long the end is looked for again: what lay there may have been deleted meanwhile. */
const silenceMs = 5_000;
const mostSilences = 3;

export function natsScan(nats: Nats): StreamScan {
  return {
    async scan(of, take) {
      let seq = of.fromSeq;
      for (let silences = 0; silences <= mostSilences; silences += 1) {
        const end = await endOf(nats, of);
        const read = await readTo(nats, { ...of, fromSeq: seq }, end, take);
        if (read.as !== 'silent') return read.as === 'enough' ? read.seq : undefined;
        if (read.seq > seq) silences = 0;
        seq = read.seq;
      }
      throw new NatsAway(`the stream ${of.stream} fell silent before its end`);
    },
  };
}

type Read = { readonly as: 'end' | 'enough' | 'silent'; /** Next to be read. */ readonly seq: number };

async function readTo(nats: Nats, of: ScanOf, end: number, take: Parameters<StreamScan['scan']>[1]): Promise<Read> {
  let seq = of.fromSeq;
  if (seq > end) return { as: 'end', seq };
  const reader = orderedReader(nats, { stream: of.stream, filters: of.subjects, fromSeq: seq });
  try {
    while (seq <= end) {
      const messages = await within(silenceMs, reader.next(atOnce));
      if (messages === undefined) return { as: 'silent', seq };
      const wanted = messages.filter((message) => message.seq <= end);
      seq = (messages.at(-1)?.seq ?? seq) + 1;
      if (wanted.length > 0 && !(await take(wanted)) && seq <= end) return { as: 'enough', seq };
    }
    return { as: 'end', seq };
  } finally {
    reader.stop();
  }
}

/** Sequence of the last message that matches; 0 where there is none. */
async function endOf(nats: Nats, { stream, subjects }: ScanOf): Promise<number> {
  const ends = await Promise.all(
    subjects.map(async (subject) => {
      const reply = await nats.api(`STREAM.MSG.GET.${stream}`, { last_by_subj: subject });
      if (reply.error?.err_code === noMessage) return 0;
      if (reply.error !== undefined) throw new NatsAway(`${stream} cannot be read: ${reply.error.description ?? reply.error.code}`);
      return (reply.message as { readonly seq: number }).seq;
    }),
  );
  return Math.max(0, ...ends);
}

/** `undefined` where it took longer; whoever asked must then ask anew from its place. */
async function within(ms: number, work: Promise<readonly Received[]>): Promise<readonly Received[] | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), ms)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Overwrites one message with noise and deletes it; one that is gone already is no fault. */
export async function overwrite(nats: Nats, stream: string, seq: number): Promise<void> {
  const { error } = await nats.api(`STREAM.MSG.DELETE.${stream}`, { seq, no_erase: false });
  if (error === undefined) return;
  const still = await nats.api(`STREAM.MSG.GET.${stream}`, { seq });
  if (still.error?.err_code !== noMessage)
    throw new NatsAway(`message ${seq} of ${stream} cannot be deleted: ${error.description ?? error.code}`);
}
