/** The send ledger in Postgres: one row an effect, one statement between the decision to send and the call. Knows no mail server and no rules. */
import type { SendTouch } from '../../workflows/core/effects';
import { objections } from '../ports';
import type { LedgerKey, NoteLedger, SendResult, Taken } from '../ports';
import type { Database } from './database';
import { objectionAt, standingOf } from './ledger-checks';

export { listUncertain, settleUncertain } from './uncertain';
export type { UncertainSend } from './uncertain';

export type LedgerDb = Pick<Database, 'query'>;
type Row = {
  readonly state: 'reserved' | 'calling' | 'sent' | 'refused' | 'unavailable' | 'uncertain' | 'withheld' | 'withdrawn';
  readonly because: string | null;
  readonly permanent: boolean | null;
  readonly sent_content: string | null;
  /** Epoch ms of the database's clock. */
  readonly lease_until: number | null;
  readonly lease_over: boolean;
};

const columns = `state, because, permanent, sent_content, ceil(extract(epoch from lease_until) * 1000)::float8 as lease_until,
  coalesce(lease_until <= clock_timestamp(), false) as lease_over`;
const objection = objectionAt('$3');

/**
 * The one statement. It takes a reserved row if nothing objects, withholds it if something does, and calls a row uncertain whose lease
 * ended without a result. A concurrent take waits for the row and then finds it taken: its WHERE is judged again on the new version.
 */
const takeSql = `
  update send_ledger s set
    state = case when s.state = 'calling' then 'uncertain' when (${objection}) is null then 'calling' else 'withheld' end,
    because = case when s.state = 'calling' then 'send-uncertain' else (${objection}) end,
    lease_until = case when s.state = 'reserved' and (${objection}) is null then clock_timestamp() + $4 * interval '1 millisecond' end,
    called_ms = case when s.state = 'reserved' and (${objection}) is null then $3::bigint else s.called_ms end,
    changed_at = clock_timestamp()
  from (${standingOf('$1')}) p
  where s.lead_id = $1 and s.effect = $2 and (s.state = 'reserved' or (s.state = 'calling' and s.lease_until <= clock_timestamp()))
  returning ${columns}, case when s.kind = 'lead' then p.address end as address`;

export function postgresLedger(db: LedgerDb): NoteLedger {
  const read = async ({ leadId, effect }: LedgerKey): Promise<Row | undefined> => {
    const { rows } = await db.query<Row>(`select ${columns} from send_ledger where lead_id = $1 and effect = $2`, [leadId, effect]);
    return rows[0];
  };

  return {
    async reserve(leadId, send) {
      await insert(db, { leadId, effect: send.id }, 'lead', send.content, send);
    },
    async reserveNote(leadId, note) {
      await insert(db, { leadId, effect: note.id }, 'rep', `rep-${note.what}`);
    },

    async take(key, nowAt, leaseMs) {
      for (;;) {
        const { rows } = await db.query<Row & { readonly address: string | null }>(takeSql, [key.leadId, key.effect, nowAt, leaseMs]);
        const own = rows[0];
        const row = own ?? (await read(key));
        if (row === undefined) throw new Error(`${key.leadId}/${key.effect} was never reserved`);
        const taken = own?.state === 'calling' ? calling(own) : found(row);
        if (taken !== undefined) return taken;
      }
    },

    async finish({ leadId, effect }, result) {
      await db.query(
        `update send_ledger set state = $3, because = $4, permanent = $5, sent_content = $6, lease_until = null, changed_at = clock_timestamp()
          where lead_id = $1 and effect = $2 and (state in ('calling', 'uncertain') or (state = 'reserved' and $3 = 'withheld'))`,
        [
          leadId,
          effect,
          result.as,
          result.as === 'sent' ? null : result.because,
          result.as === 'refused' ? result.permanent : null,
          result.as === 'sent' ? result.content : null,
        ],
      );
    },

    async withdraw({ leadId, effect }) {
      // Inserted where absent, so that a slow attempt that still means to reserve it finds it gone.
      const { rowCount } = await db.query(
        `insert into send_ledger (lead_id, effect, kind, content, state, because) values ($1, $2, 'lead', '', 'withdrawn', 'cancelled')
         on conflict (lead_id, effect) do update set state = 'withdrawn', because = 'cancelled', changed_at = clock_timestamp() where send_ledger.state = 'reserved'`,
        [leadId, effect],
      );
      return rowCount === 1;
    },
  };
}

async function insert(db: LedgerDb, { leadId, effect }: LedgerKey, kind: 'lead' | 'rep', content: string, send?: SendTouch): Promise<void> {
  await db.query(
    `insert into send_ledger (lead_id, effect, kind, content, channel, purpose, campaign, not_after, account_people, account_ms)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (lead_id, effect) do nothing`,
    [
      leadId,
      effect,
      kind,
      content,
      send?.channel ?? 'email',
      send?.purpose ?? 'service',
      send?.campaign ?? null,
      send?.notAfter ?? null,
      send?.accountCap?.people ?? null,
      send?.accountCap?.perMs ?? null,
    ],
  );
}

const calling = (row: Row & { readonly address: string | null }): Taken => ({
  as: 'calling',
  address: row.address ?? '',
  leaseUntil: row.lease_until ?? 0,
});

/** What a row that is not ours says; `undefined`: it became free between two statements, so look again. */
function found(row: Row): Taken | undefined {
  if (row.state === 'reserved' || (row.state === 'calling' && row.lease_over)) return undefined;
  if (row.state === 'calling') return { as: 'leased', until: row.lease_until ?? 0 };
  const because = objections.find((code) => row.state === 'withheld' && code === row.because);
  return because === undefined ? { as: 'ended', result: resultOf(row) } : { as: 'withheld', because };
}

function resultOf({ state, because, permanent, sent_content: content }: Row): SendResult {
  if (state === 'sent') return { as: 'sent', content: content ?? '' };
  if (state === 'refused') return { as: 'refused', because: because ?? '', permanent: permanent === true };
  if (state === 'withheld' || state === 'uncertain') return { as: state, because: because ?? '' };
  return { as: 'unavailable', because: because ?? '' };
}
