/** What every send ledger does, in Postgres or imagined. */
import type { LedgerPerson } from '../../activities/adapters/memory-ledger';
import type { NoteLedger, SendResult } from '../../activities/ports';
import { aNote, aTouch } from './sends';

export type LedgerWorld = {
  readonly ledger: NoteLedger;
  /** Sets what the people store knows of the lead. */
  person(leadId: string, person: LedgerPerson): Promise<void> | void;
  /** Everything (`*`) or a campaign. */
  hold(scope: string, held: boolean): Promise<void> | void;
  /** The lease of every row under call ends now. */
  endLeases(): Promise<void> | void;
};

const address = 'nadia@alderpike.example';
const now = 1_000_000;
const lease = 60_000;

export function ledgerContract(open: () => LedgerWorld): void {
  let count = 0;
  const begin = async (person: LedgerPerson = { address, consent: 'granted' }, touch = aTouch(), world = open()) => {
    const { ledger, person: know, endLeases } = world;
    const leadId = `lead${(count += 1)}`;
    await know(leadId, person);
    await ledger.reserve(leadId, touch);
    return { ledger, leadId, key: { leadId, effect: touch.id }, know: (to: LedgerPerson) => know(leadId, to), endLeases };
  };

  test('a reserved send is taken once, with the address that was checked and the end of its lease', async () => {
    const { ledger, key } = await begin();
    expect(await ledger.take(key, now, lease)).toEqual({ as: 'calling', address, leaseUntil: expect.any(Number) });
  });

  test('of twenty at once exactly one calls, the others wait for its lease', async () => {
    const { ledger, key } = await begin();
    const taken = await Promise.all(Array.from({ length: 20 }, () => ledger.take(key, now, lease)));
    const calling = taken.filter(({ as }) => as === 'calling');
    expect(calling).toHaveLength(1);
    const until = calling[0]?.as === 'calling' ? calling[0].leaseUntil : 0;
    expect(taken.filter(({ as }) => as !== 'calling')).toEqual(Array(19).fill({ as: 'leased', until }));
  });

  test('a cap per account counts the other people of it who were written to in the span', async () => {
    const { ledger, person } = open();
    const capped = aTouch({ accountCap: { people: 1, perMs: 1_000 } });
    const member = async (leadId: string, account: string): Promise<string> => {
      await person(leadId, { address, consent: 'granted', account });
      await ledger.reserve(leadId, capped);
      return leadId;
    };
    const take = async (leadId: string, at: number): Promise<string> => {
      const taken = await ledger.take({ leadId, effect: capped.id }, at, lease);
      return taken.as === 'withheld' ? taken.because : taken.as;
    };
    const [first, second, third] = [await member('o1', 'orchard'), await member('o2', 'orchard'), await member('o3', 'orchard')];
    const stranger = await member('m1', 'mill');
    const answers = [
      await take(first, now),
      await take(second, now + 999),
      await take(stranger, now + 999),
      await take(third, now + 1_000),
    ];
    expect(answers).toEqual(['calling', 'account-cap', 'calling', 'calling']);
    expect(await take(second, now + 5_000)).toBe('account-cap');
  });

  test('a stop of all sending holds everything, service too, until it is over', async () => {
    const world = open();
    await world.hold('*', true);
    const [first, second] = [await begin(undefined, aTouch(), world), await begin(undefined, aTouch({ purpose: 'service' }), world)];
    const stopped = [await first.ledger.take(first.key, now, lease), await second.ledger.take(second.key, now, lease)];
    await world.hold('*', false);
    const third = await begin(undefined, aTouch(), world);
    expect(stopped).toEqual(Array(2).fill({ as: 'withheld', because: 'sending-stopped' }));
    expect(await third.ledger.take(third.key, now, lease)).toMatchObject({ as: 'calling' });
    expect(await first.ledger.take(first.key, now, lease)).toEqual({ as: 'withheld', because: 'sending-stopped' });
  });

  test('a campaign that is paused holds its own messages and no other', async () => {
    const world = open();
    await world.hold('spring', true);
    const of = (campaign: string) => begin(undefined, aTouch({ campaign }), world);
    const [mine, other] = [await of('spring'), await of('autumn')];
    expect(await mine.ledger.take(mine.key, now, lease)).toEqual({ as: 'withheld', because: 'campaign-paused' });
    expect(await other.ledger.take(other.key, now, lease)).toMatchObject({ as: 'calling' });
    await world.hold('spring', false);
  });

  test('reserving again changes nothing, whatever became of the send', async () => {
    const { ledger, leadId, key } = await begin();
    await ledger.take(key, now, lease);
    await ledger.finish(key, { as: 'sent', content: 'welcome@1#0123456789ab' });
    await ledger.reserve(leadId, aTouch());
    expect(await ledger.take(key, now, lease)).toEqual({ as: 'ended', result: { as: 'sent', content: 'welcome@1#0123456789ab' } });
  });

  test.each<SendResult>([
    { as: 'sent', content: 'welcome@1#0123456789ab' },
    { as: 'refused', because: 'address-refused', permanent: false },
    { as: 'unavailable', because: 'mail-server-away' },
    { as: 'uncertain', because: 'send-uncertain' },
  ])('a second start gets the result $as of the first', async (result) => {
    const { ledger, key } = await begin();
    await ledger.take(key, now, lease);
    await ledger.finish(key, result);
    expect(await ledger.take(key, now, lease)).toEqual({ as: 'ended', result });
  });

  test('a call that never said how it ended is uncertain once its lease is over, and is never made again', async () => {
    const { ledger, key, endLeases } = await begin();
    await ledger.take(key, now, lease);
    await endLeases();
    const later = await Promise.all(Array.from({ length: 5 }, () => ledger.take(key, now, lease)));
    expect(later).toEqual(Array(5).fill({ as: 'ended', result: { as: 'uncertain', because: 'send-uncertain' } }));
  });

  test('the first attempt may still say how it ended after its lease', async () => {
    const { ledger, key, endLeases } = await begin();
    await ledger.take(key, now, lease);
    await endLeases();
    await ledger.take(key, now, lease);
    await ledger.finish(key, { as: 'sent', content: 'welcome@1#0123456789ab' });
    expect(await ledger.take(key, now, lease)).toMatchObject({ as: 'ended', result: { as: 'sent' } });
  });

  test('a result is never overwritten', async () => {
    const { ledger, key } = await begin();
    await ledger.take(key, now, lease);
    await ledger.finish(key, { as: 'sent', content: 'welcome@1#0123456789ab' });
    await ledger.finish(key, { as: 'unavailable', because: 'mail-server-away' });
    expect(await ledger.take(key, now, lease)).toMatchObject({ result: { as: 'sent' } });
  });

  test('withheld before the call for want of content stays withheld', async () => {
    const { ledger, key } = await begin();
    await ledger.finish(key, { as: 'withheld', because: 'content-missing' });
    expect(await ledger.take(key, now, lease)).toEqual({ as: 'ended', result: { as: 'withheld', because: 'content-missing' } });
  });

  test('what is withdrawn is never called', async () => {
    const { ledger, key } = await begin();
    expect(await ledger.withdraw(key)).toBe(true);
    expect(await ledger.take(key, now, lease)).toEqual({ as: 'ended', result: { as: 'unavailable', because: 'cancelled' } });
  });

  test('what is being called, or has ended, can no more be withdrawn', async () => {
    const { ledger, key } = await begin();
    await ledger.take(key, now, lease);
    expect(await ledger.withdraw(key)).toBe(false);
    await ledger.finish(key, { as: 'sent', content: 'welcome@1#0123456789ab' });
    expect(await ledger.withdraw(key)).toBe(false);
  });

  test('withdrawn before it was reserved, a slow attempt finds it gone', async () => {
    const { ledger, leadId } = await begin();
    const touch = aTouch({ id: 'e1.learn.ebook.1' });
    expect(await ledger.withdraw({ leadId, effect: touch.id })).toBe(true);
    await ledger.reserve(leadId, touch);
    expect(await ledger.take({ leadId, effect: touch.id }, now, lease)).toMatchObject({ as: 'ended', result: { as: 'unavailable' } });
  });

  test('taking or withdrawing at the same moment, only one of the two happens', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { ledger, key } = await begin();
      const [taken, withdrawn] = await Promise.all([ledger.take(key, now, lease), ledger.withdraw(key)]);
      expect(taken.as === 'calling').toBe(!withdrawn);
    }
  });

  describe('what stops a call at the last moment', () => {
    const marketing = aTouch();
    const service = aTouch({ purpose: 'service' });
    const calling = 'calling';
    test.each<[string, LedgerPerson, string, string]>([
      ['consent given', { address, consent: 'granted' }, calling, calling],
      ['consent withdrawn', { address, consent: 'withdrawn' }, 'consent', calling],
      ['no consent on record', { address, consent: 'none' }, 'consent', calling],
      ['opted out', { address, consent: 'granted', suppressed: 'opt-out' }, 'suppressed', calling],
      ['a hard bounce', { address, consent: 'granted', suppressed: 'bounce' }, 'suppressed', 'suppressed'],
      ['a complaint', { address, consent: 'granted', suppressed: 'complaint' }, 'suppressed', 'suppressed'],
      ['an erasure', { address, consent: 'granted', suppressed: 'erasure' }, 'suppressed', 'suppressed'],
      ['an operator', { address, consent: 'granted', suppressed: 'operator' }, 'suppressed', 'suppressed'],
      ['held', { address, consent: 'granted', held: true }, 'paused', 'paused'],
      ['no address', { consent: 'granted' }, 'no-address', 'no-address'],
    ])('%s', async (_, person, forMarketing, forService) => {
      for (const [touch, expected] of [
        [marketing, forMarketing],
        [service, forService],
      ] as const) {
        const { ledger, key } = await begin(person, touch);
        expect(await ledger.take(key, now, lease)).toMatchObject(
          expected === calling ? { as: calling } : { as: 'withheld', because: expected },
        );
      }
    });

    test('a moment after notAfter it is too late', async () => {
      const inTime = await begin(undefined, aTouch({ notAfter: now }));
      expect(await inTime.ledger.take(inTime.key, now, lease)).toMatchObject({ as: 'calling' });
      const late = await begin(undefined, aTouch({ notAfter: now - 1 }));
      expect(await late.ledger.take(late.key, now, lease)).toEqual({ as: 'withheld', because: 'expired' });
    });

    test('an opt-out that is recorded before the call stops it, also when the send was reserved before', async () => {
      const { ledger, key, know } = await begin();
      await know({ address, consent: 'withdrawn' });
      expect(await ledger.take(key, now, lease)).toEqual({ as: 'withheld', because: 'consent' });
    });

    test('once withheld it stays withheld, though the reason has passed: the lead plans anew', async () => {
      const { ledger, key, know } = await begin({ address, consent: 'granted', held: true });
      await ledger.take(key, now, lease);
      await know({ address, consent: 'granted' });
      expect(await ledger.take(key, now, lease)).toEqual({ as: 'withheld', because: 'paused' });
    });
  });

  describe('mails to reps', () => {
    test('are single as well, and nothing about the lead stops them', async () => {
      const { ledger, leadId } = await begin({ consent: 'withdrawn', held: true });
      await ledger.reserveNote(leadId, aNote());
      const key = { leadId, effect: aNote().id };
      expect(await ledger.take(key, now, lease)).toMatchObject({ as: 'calling' });
      expect(await ledger.take(key, now, lease)).toMatchObject({ as: 'leased' });
      await ledger.finish(key, { as: 'sent', content: 'rep-offer' });
      expect(await ledger.take(key, now, lease)).toEqual({ as: 'ended', result: { as: 'sent', content: 'rep-offer' } });
    });
  });

  test('a send nobody reserved is a bug, and said to be one', async () => {
    const { ledger } = await begin();
    await expect(ledger.take({ leadId: 'nobody', effect: 'e1' }, now, lease)).rejects.toThrow('nobody/e1 was never reserved');
  });
}
