/** Moves messages that the server stopped delivering (MAX_DELIVERIES) to REJECTED, so that none lies in the stream unseen. Sees ports only. */
import { identityHash } from './hashes';
import type { Inflow, JetStreamApi, Log, Received, RejectedSink } from './ports';
import { jsonOf, surestIdentity } from './strip';

export type StrandedPorts = { readonly inflow: Inflow; readonly js: JetStreamApi; readonly rejected: RejectedSink; readonly log: Log };
type Advisory = { readonly stream: string; readonly consumer: string; readonly stream_seq: number; readonly deliveries: number };

async function original(
  js: JetStreamApi,
  { stream, stream_seq: seq }: Advisory,
): Promise<{ readonly subject: string; readonly data: Uint8Array } | undefined> {
  const reply = await js.api(`STREAM.MSG.GET.${stream}`, { seq });
  if (reply.error?.err_code === 10037) return undefined;
  if (reply.error !== undefined) throw new Error(`${stream} cannot be read: ${reply.error.description ?? reply.error.code}`);
  const { subject, data } = reply.message as { readonly subject: string; readonly data?: string };
  return { subject, data: Buffer.from(data ?? '', 'base64') };
}

export function startStranded({ inflow, js, rejected, log }: StrandedPorts, secret: string): { stop(): Promise<void> } {
  let stopping = false;
  const handle = async (message: Received): Promise<void> => {
    const advisory = jsonOf(message.data) as Advisory | undefined;
    if (advisory !== undefined) {
      const found = await original(js, advisory);
      // Gone by age or erasure: there is nothing left to save.
      if (found !== undefined) {
        const json = jsonOf(found.data);
        await rejected.reject({
          code: 'event-undeliverable',
          says: `consumer ${advisory.consumer} was given it ${advisory.deliveries} times in vain`,
          identityHash: identityHash(secret, surestIdentity(json)),
          original: json ?? Buffer.from(found.data).toString('utf8'),
          subject: found.subject,
          msgId: `${advisory.stream}-${advisory.stream_seq}-event-undeliverable`,
        });
      }
    }
    await message.ack();
  };
  const run = async (): Promise<void> => {
    while (!stopping) {
      for (const message of await inflow.next(20)) {
        try {
          await handle(message);
        } catch (error) {
          log.error(
            { seq: message.seq, says: error instanceof Error ? error.message : String(error) },
            'a stranded message could not be saved; it is tried again',
          );
          message.giveBack(5_000);
        }
      }
    }
  };
  const running = run();
  return {
    async stop() {
      stopping = true;
      inflow.stop();
      await running;
    },
  };
}
