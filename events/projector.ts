/** Follows FACTS and keeps the summary table: batches in stream order, each with its checkpoint in one transaction. Sees ports only. */
import type { Decision } from '../workflows/core/facts';
import type { Log, Received } from './ports';
import { jsonOf } from './strip';
import { leadOfSubject } from './subjects';

export type Folded = { readonly seq: number; readonly decision: Decision };

export interface ProjectionStore {
  /** Sequence of the last message that is in the table; 0 for none. */
  checkpoint(): Promise<number>;
  /** One transaction: messages at or below the checkpoint change nothing, so batches may repeat. Returns the checkpoint after. */
  apply(batch: readonly Folded[], throughSeq: number): Promise<number>;
}
export interface FactsReader {
  /** In stream order without gaps; empty only after `stop`. */
  next(max: number): Promise<readonly Received[]>;
  stop(): void;
}
export type ProjectorPorts = {
  readonly store: ProjectionStore;
  readonly read: (fromSeq: number) => FactsReader;
  /** Facts of older releases to today's; throws on one of a newer release. */
  readonly upcast?: (decision: Decision) => Decision;
  readonly log: Log;
};

/** So many messages a transaction at most. */
const batchSize = 500;

/** A message on a lead's subject that is no decision; somebody wrote it by hand. */
function decisionOf({ data }: Received): Decision | undefined {
  const json = jsonOf(data) as Partial<Decision> | null | undefined;
  return typeof json?.lead === 'string' && Array.isArray(json.facts) && typeof json.at === 'number' ? (json as Decision) : undefined;
}

export function startProjector({ store, read, upcast = (decision) => decision, log }: ProjectorPorts): {
  stop(): Promise<void>;
  checkpoint(): number;
} {
  let stopping = false;
  let checkpoint = 0;
  let reader: FactsReader | undefined;

  const decode = (messages: readonly Received[]): Folded[] =>
    messages.flatMap((message) => {
      if (leadOfSubject(message.subject) === undefined) return [];
      const decision = decisionOf(message);
      if (decision === undefined) {
        log.error({ seq: message.seq, subject: message.subject }, 'a message in FACTS is no decision; the summary leaves it out');
        return [];
      }
      return [{ seq: message.seq, decision: upcast(decision) }];
    });

  /** Until it works: a summary that skipped a batch would be wrong for ever. */
  const insist = async <T>(work: () => Promise<T> | T): Promise<T | undefined> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (attempt === 1 || attempt % 10 === 0)
          log.error({ attempt, says: error instanceof Error ? error.message : String(error) }, 'the projector waits and tries again');
        if (stopping) return undefined;
        await new Promise((resolve) => setTimeout(resolve, Math.min(100 * 2 ** attempt, 5_000)));
      }
    }
  };

  const run = async (): Promise<void> => {
    const from = await insist(() => store.checkpoint());
    if (from === undefined || stopping) return;
    checkpoint = from;
    reader = read(from + 1);
    while (!stopping) {
      const messages = await reader.next(batchSize);
      const last = messages.at(-1);
      if (last === undefined) continue;
      const after = await insist(() => store.apply(decode(messages), last.seq));
      if (after !== undefined) checkpoint = after;
      else return;
    }
  };
  const running = run();
  return {
    checkpoint: () => checkpoint,
    async stop() {
      stopping = true;
      reader?.stop();
      await running;
    },
  };
}
