/** A send ledger for tests and simulations: the same answers as the one on Postgres, over people imagined by the test. */
import { objections } from '../ports';
import type { LedgerKey, NoteLedger, Objection, SendResult, Taken } from '../ports';
import type { SendTouch } from '../../workflows/core/effects';

/** What the ledger's check reads of a person. */
export type LedgerPerson = {
  readonly address?: string;
  readonly consent?: 'granted' | 'withdrawn' | 'none';
  /** `opt-out` stops marketing; everything else stops service too. */
  readonly suppressed?: 'opt-out' | 'bounce' | 'complaint' | 'erasure' | 'operator';
  readonly held?: boolean;
  readonly account?: string;
};

type Row = {
  readonly leadId: string;
  readonly send?: SendTouch;
  calledAt?: number;
  state: 'reserved' | 'calling' | 'ended';
  leaseUntil: number;
  result?: SendResult;
};

export type MemoryLedger = NoteLedger & {
  person(leadId: string, person: LedgerPerson): void;
  /** Everything (`*`) or a campaign. */
  hold(scope: string, held: boolean): void;
  readonly result: (key: LedgerKey) => SendResult | undefined;
};

/** `now`: real clock of the leases. */
export function memoryLedger(now: () => number = Date.now): MemoryLedger {
  const rows = new Map<string, Row>();
  const people = new Map<string, LedgerPerson>();
  const holds = new Set<string>();
  const keyOf = ({ leadId, effect }: LedgerKey): string => `${leadId}/${effect}`;
  const reserve = (key: LedgerKey, send?: SendTouch): Promise<void> => {
    if (!rows.has(keyOf(key)))
      rows.set(keyOf(key), { leadId: key.leadId, ...(send === undefined ? {} : { send }), state: 'reserved', leaseUntil: 0 });
    return Promise.resolve();
  };
  const end = (row: Row, result: SendResult): void => void Object.assign(row, { state: 'ended', result });

  /** People of the account, others than this one, that were written to in the span. */
  const overAccountCap = ({ accountCap }: SendTouch, { account }: LedgerPerson, nowAt: number): 'account-cap' | undefined => {
    if (accountCap === undefined || account === undefined) return undefined;
    const written = [...rows.values()].filter(({ leadId, send, calledAt, state, result }) => {
      const went = state === 'calling' || result?.as === 'sent' || result?.as === 'uncertain';
      const recent = calledAt !== undefined && calledAt > nowAt - accountCap.perMs;
      return went && recent && send?.purpose === 'marketing' && people.get(leadId) !== undefined && people.get(leadId)?.account === account;
    });
    return new Set(written.map(({ leadId }) => leadId)).size >= accountCap.people ? 'account-cap' : undefined;
  };

  return {
    person: (leadId, person) => void people.set(leadId, person),
    hold: (scope, held) => void (held ? holds.add(scope) : holds.delete(scope)),
    result: (key) => rows.get(keyOf(key))?.result,
    reserve: (leadId, send) => reserve({ leadId, effect: send.id }, send),
    reserveNote: (leadId, note) => reserve({ leadId, effect: note.id }),

    take(key, nowAt, leaseMs) {
      const row = rows.get(keyOf(key));
      if (row === undefined) return Promise.reject(new Error(`${keyOf(key)} was never reserved`));
      if (row.state === 'calling' && row.leaseUntil <= now()) end(row, { as: 'uncertain', because: 'send-uncertain' });
      if (row.result !== undefined) return Promise.resolve(taken(row.result));
      if (row.state === 'calling') return Promise.resolve({ as: 'leased', until: row.leaseUntil });
      const person = people.get(key.leadId) ?? {};
      const because =
        row.send === undefined ? undefined : (objection(row.send, person, nowAt, holds) ?? overAccountCap(row.send, person, nowAt));
      if (because !== undefined) {
        end(row, { as: 'withheld', because });
        return Promise.resolve({ as: 'withheld', because });
      }
      Object.assign(row, { state: 'calling', leaseUntil: now() + leaseMs, calledAt: nowAt });
      return Promise.resolve({ as: 'calling', address: row.send === undefined ? '' : (person.address ?? ''), leaseUntil: row.leaseUntil });
    },

    finish(key, result) {
      const row = rows.get(keyOf(key));
      const open = row !== undefined && (row.state === 'calling' || row.result?.as === 'uncertain');
      if (row !== undefined && (open || (row.state === 'reserved' && result.as === 'withheld'))) end(row, result);
      return Promise.resolve();
    },

    withdraw(key) {
      const row = rows.get(keyOf(key));
      if (row !== undefined && row.state !== 'reserved') return Promise.resolve(false);
      rows.set(keyOf(key), { leadId: key.leadId, state: 'ended', leaseUntil: 0, result: { as: 'unavailable', because: 'cancelled' } });
      return Promise.resolve(true);
    },
  };
}

/** An ended row as `take` tells it: what the ledger's own check said reads the same the second time. */
export function taken(result: SendResult): Taken {
  const because = result.as === 'withheld' ? objections.find((code) => code === result.because) : undefined;
  return because === undefined ? { as: 'ended', result } : { as: 'withheld', because };
}

function objection(send: SendTouch, person: LedgerPerson, nowAt: number, holds: ReadonlySet<string>): Objection | undefined {
  const marketing = send.purpose === 'marketing';
  if (person.address === undefined) return 'no-address';
  if (person.suppressed !== undefined && (marketing || person.suppressed !== 'opt-out')) return 'suppressed';
  if (marketing && person.consent !== 'granted') return 'consent';
  if (person.held === true) return 'paused';
  if (holds.has('*')) return 'sending-stopped';
  if (send.campaign !== undefined && holds.has(send.campaign)) return 'campaign-paused';
  return nowAt > send.notAfter ? 'expired' : undefined;
}
