/** Fakes of the ports of router, intake and projector: a stream's inflow, leads that record what they get, people with addresses. */
import type { Input } from '../../workflows/core/inputs';
import type {
  AnonymousStore,
  Delivered,
  Identifier,
  Inflow,
  LeadDoor,
  Log,
  OptOut,
  OptOuts,
  Received,
  RejectedRecord,
  RejectedSink,
} from '../../events/ports';
import type { EngagementEvent, EngagementType, FieldsOf, Who } from '../../events/engagement';

export const quiet: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
export const secret = 'test-secret-test-secret';

let count = 0;
export function eventOf<T extends EngagementType>(
  type: T,
  who: Who,
  fields: FieldsOf<T>,
  more: { readonly id?: string; readonly time?: string; readonly [name: string]: unknown } = {},
): EngagementEvent<T> {
  const { id = `e${++count}`, time = '2026-03-02T10:00:00Z', ...data } = more;
  return { specversion: '1.0', id, source: '/test', type, time, data: { who, ...fields, ...data } as EngagementEvent<T>['data'] };
}

export type FakeInflow = Inflow & {
  put(message: unknown, options?: { readonly deliveries?: number; readonly subject?: string }): void;
  /** Redelivered at once when given back, as JetStream would. */
  readonly acked: Received[];
  readonly givenBack: { readonly seq: number; readonly afterMs: number }[];
  readonly asked: number[];
};

export function fakeInflow(): FakeInflow {
  const waiting: Received[] = [];
  const acked: Received[] = [];
  const givenBack: { seq: number; afterMs: number }[] = [];
  const asked: number[] = [];
  let seq = 0;
  let stopped = false;
  let wake: () => void = () => undefined;
  const add = (data: Uint8Array, subject: string, number: number, deliveries: number): void => {
    const message: Received = {
      subject,
      data,
      seq: number,
      storedAt: Date.parse('2026-03-02T12:00:00Z'),
      deliveries,
      ack: () => Promise.resolve(acked.push(message) > 0),
      giveBack: (afterMs) => {
        givenBack.push({ seq: number, afterMs });
        if (!stopped) add(data, subject, number, deliveries + 1);
      },
    };
    waiting.push(message);
    wake();
  };
  return {
    acked,
    givenBack,
    asked,
    put: (message, { deliveries = 1, subject = 'engagement.test.-' } = {}) =>
      add(typeof message === 'string' ? Buffer.from(message) : Buffer.from(JSON.stringify(message)), subject, ++seq, deliveries),
    async next(max) {
      asked.push(max);
      while (waiting.length === 0 && !stopped) await new Promise<void>((resolve) => (wake = resolve));
      return stopped ? [] : waiting.splice(0, max);
    },
    stop() {
      stopped = true;
      wake();
    },
  };
}

/** Leads that keep what they get; `answer` decides how a delivery ends. */
export function fakeDoor(
  answer: (leadId: string, inputs: readonly Input[]) => Delivered | Promise<Delivered> = () => ({ as: 'delivered' }),
) {
  const batches: { readonly leadId: string; readonly inputs: readonly Input[] }[] = [];
  const door: LeadDoor = {
    async deliver(leadId, inputs) {
      const result = await answer(leadId, inputs);
      if (result.as === 'delivered') batches.push({ leadId, inputs });
      return result;
    },
  };
  const idsOf = (leadId: string): string[] =>
    batches.filter((batch) => batch.leadId === leadId).flatMap(({ inputs }) => inputs.map(({ id }) => id));
  return { ...door, batches, idsOf };
}

/** Everyone whose address is `<lead id>@example.com`, and every lead id that is listed. */
export function fakePeople(leads: readonly string[], erased: readonly string[] = []) {
  const queries: string[][] = [];
  const identifier: Identifier = {
    identify(identities) {
      queries.push(identities.map(({ kind, value }) => `${kind}:${value}`));
      return Promise.resolve(
        identities.map(({ kind, value }) => {
          const leadId = kind === 'email' ? value.split('@')[0] : kind === 'lead' ? value : undefined;
          if (leadId === undefined) return undefined;
          if (erased.includes(leadId)) return { as: 'erased' as const };
          return leads.includes(leadId) ? { as: 'lead' as const, leadId } : undefined;
        }),
      );
    },
  };
  return { ...identifier, queries };
}

export function fakeRejected(fail: () => boolean = () => false): RejectedSink & { readonly records: RejectedRecord[] } {
  const records: RejectedRecord[] = [];
  return {
    records,
    reject: (record) => (fail() ? Promise.reject(new Error('away')) : Promise.resolve(void records.push(record))),
  };
}

export function fakeAnonymous(): AnonymousStore & {
  readonly kept: { readonly anonymous: string; readonly input: Input }[];
  claimedBy?: string;
  readonly claims: { readonly anonymous: string; readonly leadId: string }[];
} {
  const kept: { anonymous: string; input: Input }[] = [];
  const claims: { anonymous: string; leadId: string }[] = [];
  return {
    kept,
    claims,
    claim: (visitor) => Promise.resolve(claims.push(visitor)),
    keepAnonymous(event) {
      if (this.claimedBy !== undefined) return Promise.resolve({ as: 'lead', leadId: this.claimedBy });
      kept.push(event);
      return Promise.resolve({ as: 'kept' });
    },
  };
}

export function fakeOptOuts(fail: () => boolean = () => false): OptOuts & { readonly recorded: OptOut[] } {
  const recorded: OptOut[] = [];
  return {
    recorded,
    recordOptOut: (optOut) => (fail() ? Promise.reject(new Error('database away')) : Promise.resolve(void recorded.push(optOut))),
  };
}

/** Until the condition holds; fails the test after `ms`. */
export async function until(holds: () => boolean | Promise<boolean>, ms = 5_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not so within ${ms} ms: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
