import { memoryLedger } from '../../activities/adapters/memory-ledger';
import { ledgerContract } from './ledger.contract';

describe('the ledger of tests', () => {
  let now = 1_000;
  ledgerContract(() => {
    const ledger = memoryLedger(() => now);
    return { ledger, person: ledger.person, hold: ledger.hold, endLeases: () => void (now += 3_600_000) };
  });
});
