/** Where the decision puts inputs the core refused: the REJECTED stream. Throws `FactsAway` when NATS does not take the record, so nothing is refused silently. */
import { NatsAway, type Publisher } from '../../events/ports';
import { rejectedSink } from '../../events/rejected';
import { FactsAway, type RejectedLog } from '../ports';

export function natsRejectedLog(publisher: Publisher, clock: () => number = Date.now): RejectedLog {
  const sink = rejectedSink(publisher, clock);
  return {
    async reject(record) {
      try {
        await sink.reject(record);
      } catch (error) {
        throw error instanceof NatsAway ? new FactsAway(error.message, { cause: error }) : error;
      }
    },
  };
}
