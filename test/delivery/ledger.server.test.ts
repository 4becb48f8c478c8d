import { openDatabase, type Database } from '../../activities/people/database';
import { listUncertain, postgresLedger, settleUncertain } from '../../activities/people/ledger';
import { freeSending, holdSending } from '../../activities/people/sending-holds';
import { migrate } from '../../activities/people/migrate';
import type { LedgerPerson } from '../../activities/adapters/memory-ledger';
import { freshDatabase } from '../support/servers';
import { ledgerContract } from './ledger.contract';
import { aNote, aTouch } from './sends';

let db: Database;
beforeAll(async () => {
  db = openDatabase(await freshDatabase(), { max: 20 });
  await migrate(db);
});
afterAll(() => db.close());

/** The lead as the people store would keep it; the address is made the lead's own, so that leads of a test do not share a suppression. */
async function person(leadId: string, { address, consent = 'none', suppressed, held = false, account }: LedgerPerson): Promise<void> {
  const key = `key-${leadId}`;
  await db.query(`insert into lead (id, key, held) values ($1, $2, $3) on conflict (id) do update set held = excluded.held`, [
    leadId,
    key,
    held,
  ]);
  if (account !== undefined)
    await db.query(`update lead set traits = jsonb_build_object('account', $2::text) where id = $1`, [leadId, account]);
  if (address !== undefined)
    await db.query(
      `insert into identity (kind, value, lead_id, written, key, domain_key) values ('email', $1, $2, $3, $4, $5) on conflict do nothing`,
      [`${leadId}:${address}`, leadId, address, `address-${key}`, `domain-${key}`],
    );
  const states = { granted: ['granted'], withdrawn: ['granted', 'withdrawn'], none: [] }[consent];
  for (const [at, state] of states.entries())
    await db.query(
      `insert into consent (lead_id, channel, state, obtained_ms, source, evidence, by) values ($1, 'email', $2, $3, 'test', $4, 'test') on conflict do nothing`,
      [leadId, state, at, `${at}`],
    );
  if (suppressed !== undefined) await suppress(leadId, suppressed);
}

const suppress = (leadId: string, kind: string): Promise<unknown> =>
  db.query(`insert into suppression (key, channel, kind, because, at_ms, by) values ($1, 'email', $2, 'test', 0, 'test')`, [
    `address-key-${leadId}`,
    kind,
  ]);

const hold = async (scope: string, held: boolean): Promise<void> =>
  void (held
    ? await holdSending(db, { scope, because: 'operator', says: 'a test', by: 'test', sinceAt: 1 })
    : await freeSending(db, scope, 2));

const endLeases = async (): Promise<void> =>
  void (await db.query(`update send_ledger set lease_until = clock_timestamp() where state = 'calling'`));

describe('the ledger in Postgres', () => {
  ledgerContract(() => ({ ledger: postgresLedger(db), person, hold, endLeases }));

  const begin = async (leadId: string): Promise<{ readonly leadId: string; readonly effect: string }> => {
    await person(leadId, { address: 'nadia@alderpike.example', consent: 'granted' });
    await postgresLedger(db).reserve(leadId, aTouch());
    return { leadId, effect: aTouch().id };
  };

  test('the newest evidence of consent counts, not the first', async () => {
    const key = await begin('newest');
    await db.query(
      `insert into consent (lead_id, channel, state, obtained_ms, source, evidence, by) values ('newest', 'email', 'withdrawn', 5, 'test', 'b', 'test')`,
    );
    await db.query(
      `insert into consent (lead_id, channel, state, obtained_ms, source, evidence, by) values ('newest', 'email', 'granted', 9, 'test', 'c', 'test')`,
    );
    expect(await postgresLedger(db).take(key, 0, 1_000)).toMatchObject({ as: 'calling' });
  });

  test('a suppressed domain stops everyone in it, until it is lifted', async () => {
    const key = await begin('domain');
    await db.query(
      `insert into suppression (key, channel, kind, because, at_ms, by) values ('domain-key-domain', 'all', 'operator', 'test', 0, 'test')`,
    );
    expect(await postgresLedger(db).take(key, 0, 1_000)).toEqual({ as: 'withheld', because: 'suppressed' });
    await db.query(`update suppression set lifted_at = now() where key = 'domain-key-domain'`);
    await postgresLedger(db).reserve('domain', aTouch({ id: 'again' }));
    expect(await postgresLedger(db).take({ leadId: 'domain', effect: 'again' }, 0, 1_000)).toMatchObject({ as: 'calling' });
  });

  test('an erased lead gets nothing, whatever else is on record', async () => {
    const key = await begin('erased');
    await db.query(`update lead set erased_at = now() where id = 'erased'`);
    expect(await postgresLedger(db).take(key, 0, 1_000)).toEqual({ as: 'withheld', because: 'suppressed' });
  });

  test('while opt-outs and calls race, no call begins after an opt-out was committed', async () => {
    const rounds = Array.from({ length: 60 }, async (_, n) => {
      const key = await begin(`race${n}`);
      let optedOutAt = Number.POSITIVE_INFINITY;
      const optOut = async (): Promise<void> => {
        await suppress(`race${n}`, 'opt-out');
        optedOutAt = performance.now();
      };
      const take = async () => {
        const askedAt = performance.now();
        const { as } = await postgresLedger(db).take(key, 0, 1_000);
        return { after: askedAt > optedOutAt, as };
      };
      // One after the other both ways round, and the rest at once.
      if (n % 3 === 0) await optOut();
      const [taken] = n % 3 === 1 ? [await take(), await optOut()] : await Promise.all([take(), n % 3 === 2 ? optOut() : undefined]);
      return taken;
    });
    const ends = await Promise.all(rounds);
    expect(ends.filter(({ after, as }) => after && as === 'calling')).toEqual([]);
    expect(new Set(ends.map(({ as }) => as))).toEqual(new Set(['calling', 'withheld']));
  });

  test('what is uncertain is listed, also when only its lease ran out, and settled once', async () => {
    const ledger = postgresLedger(db);
    const said = await begin('said');
    await ledger.take(said, 0, 1_000);
    await ledger.finish(said, { as: 'uncertain', because: 'send-uncertain' });
    const silent = await begin('silent');
    await ledger.take(silent, 0, 1_000);
    await ledger.reserveNote('said', aNote());
    await ledger.take({ leadId: 'said', effect: aNote().id }, 0, 1_000);
    const mine = async (): Promise<readonly string[]> =>
      (await listUncertain(db)).map(({ leadId }) => leadId).filter((id) => ['said', 'silent'].includes(id));
    expect(await mine()).toEqual(['said']);
    await endLeases();
    expect(await mine()).toEqual(['said', 'silent']);
    expect((await listUncertain(db))[0]).toMatchObject({ content: 'welcome', because: 'send-uncertain', sinceAt: expect.any(Number) });
    expect([await settleUncertain(db, 'said', said.effect, true), await settleUncertain(db, 'silent', silent.effect, false)]).toEqual([
      true,
      true,
    ]);
    expect(await settleUncertain(db, 'said', said.effect, false)).toBe(false);
    expect(await mine()).toEqual([]);
    expect(await ledger.take(said, 0, 1_000)).toEqual({ as: 'ended', result: { as: 'sent', content: 'welcome' } });
    expect(await ledger.take(silent, 0, 1_000)).toEqual({ as: 'ended', result: { as: 'unavailable', because: 'settled' } });
  });
});
