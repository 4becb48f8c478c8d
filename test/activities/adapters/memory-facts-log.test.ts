import { memoryFactsLog } from '../../../activities/adapters/memory-facts-log';
import { factsLogContract } from './facts-log.contract';

describe('the facts log in memory', () => {
  const log = memoryFactsLog();
  factsLogContract({
    log: () => log,
    loseNextAck: log.loseNextAck,
    healAck: () => undefined,
    setUp: (up) => {
      log.setUp(up);
      return Promise.resolve();
    },
  });
});
