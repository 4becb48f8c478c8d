/** What people say to a campaign, and what it does to itself. */
import { judgeCampaigns } from '../../activities/people/campaigns/judge';
import { beginRound } from '../../activities/people/campaigns/rounds';
import { sayToCampaign } from '../../activities/people/campaigns/words';
import { allSending, freeSending, holdSending } from '../../activities/people/sending-holds';
import { campaignWorld, day, minute } from './campaign-world';
import type { CampaignWorld } from './campaign-world';

let world: CampaignWorld;
beforeEach(async () => {
  world = await campaignWorld();
});
afterEach(() => world.db.close());

test('a pause holds enrolment and messages, a resume lets both go on; a stop of all sending holds it, too', async () => {
  await world.people(300);
  await world.start();
  await world.step();
  expect((await world.say('pause')).ok).toBe(true);
  expect((await world.say('pause')).ok).toBe(false);
  expect(await world.step()).toMatchObject({ as: 'paused', asked: 0 });
  await world.say('resume');
  expect((await world.step()).asked).toBe(50);
  await holdSending(world.db, { scope: allSending, because: 'operator', says: 'wrong price', by: 'olga', sinceAt: world.now });
  expect((await world.step()).says).toContain('all sending is stopped: wrong price');
  await freeSending(world.db, allSending, world.now);
});

test('a stop takes out again whom it had brought in, unless they may finish', async () => {
  await world.people(600);
  await world.start();
  await world.step();
  await world.answer('enrol');
  expect((await world.say('stop')).says).toContain('250 who are in leave');
  expect((await world.step()).as).toBe('ending');
  expect(await world.asked('campaign.left')).toHaveLength(250);
  await world.answer('leave');
  const end = await world.step();
  expect([end.as, end.members]).toEqual(['stopped', { left: 250, 'left-out': 350 }]);
  expect((await world.say('resume')).ok).toBe(false);
});

test('those who are in may finish when that is asked for', async () => {
  await world.people(300);
  await world.start();
  await world.step();
  await world.answer('enrol');
  await world.say('stop', 'olga', true);
  expect(await world.step()).toMatchObject({ as: 'stopped', members: { enrolled: 250, 'left-out': 50 } });
  expect(await world.asked('campaign.left')).toEqual([]);
});

test('more people than the settings allow need the word of somebody else', async () => {
  await world.people(5_001);
  expect(await world.start()).toEqual({ as: 'asked', matched: 5_001 });
  expect((await world.step()).as).toBe('asked');
  expect(await world.say('approve', 'mara')).toEqual({ ok: false, says: expect.stringContaining('somebody else') });
  expect((await world.say('approve', 'olga')).ok).toBe(true);
  expect((await world.step()).asked).toBe(250);
});

test('the same plan again changes nothing, another one under the same name is refused, and so is a sequence there is not', async () => {
  await world.people(1);
  await world.start();
  expect(await world.start()).toMatchObject({ as: 'unchanged' });
  expect(await world.start({ perMinute: 3 })).toEqual({ refused: expect.stringContaining('another one') });
  expect(await world.start({ id: 'other', sequence: 'nothing' })).toEqual({ refused: expect.stringContaining('no sequence "nothing"') });
});

test('a recurring one begins each round once, with members of its own, until it is stopped', async () => {
  await world.people(2);
  await world.start({ kind: 'recurring', cron: '0 9 1 * *' });
  const first = await beginRound(world.db, 'spring', world.now);
  expect([first, await beginRound(world.db, 'spring', world.now)]).toEqual(['spring.2026-03-02T1000', 'spring.2026-03-02T1000']);
  expect((await world.step(first)).asked).toBe(2);
  const second = await beginRound(world.db, 'spring', world.now + 31 * day);
  expect((await world.step(second)).asked).toBe(2);
  await world.say('stop');
  expect(await beginRound(world.db, 'spring', world.now + 62 * day)).toBeUndefined();
});

test('a name that an import gave can be paused and resumed like a campaign, and nothing else', async () => {
  expect(await sayToCampaign(world.deps(), { id: 'fair', word: 'resume', by: 'olga', because: 'x' })).toBeUndefined();
  await world.db.query(
    `insert into send_ledger (lead_id, effect, kind, content, campaign, state, called_ms) values ('lead-1', 'e', 'lead', 'x', 'fair', 'sent', 1)`,
  );
  const say = async (word: 'pause' | 'resume' | 'stop') =>
    (await sayToCampaign(world.deps(), { id: 'fair', word, by: 'olga', because: 'x' }))?.ok;
  expect([await say('pause'), await say('pause'), await say('resume'), await say('resume'), await say('stop')]).toEqual([
    true,
    false,
    true,
    false,
    false,
  ]);
});

describe('pauses by itself', () => {
  const sent = async (state: string, number: number, because: string | null = null, permanent: boolean | null = null): Promise<void> =>
    void (await world.db.query(
      `insert into send_ledger (lead_id, effect, kind, content, campaign, state, because, permanent, called_ms)
       select 'lead-' || n, 'e-' || $1::text || '-' || coalesce($3, '') , 'lead', 'x', 'spring', $1, $3, $4, $5 from generate_series(1, $2) n`,
      [state, number, because, permanent, world.now - minute],
    ));
  const judged = async () => (await judgeCampaigns(world.db, world.now)).map(({ scope, because }) => [scope, because]);

  test('when too many of its messages bounce, and not again for those an operator has seen', async () => {
    await world.people(100);
    await world.start();
    await sent('sent', 95);
    await sent('refused', 5, 'address-refused', true);
    expect(await judged()).toEqual([]);
    await world.db.query(`insert into identity (kind, value, lead_id, written, key) values ('email', 'a', 'lead-9', 'a', 'mail-9')`);
    await world.db.query(
      `insert into suppression (key, channel, kind, because, at_ms, by) values ('mail-9', 'email', 'bounce', 'x', $1, 'test')`,
      [world.now],
    );
    expect(await judged()).toEqual([['spring', 'bounces']]);
    expect((await world.step()).says).toContain('6 of 100 messages of a day (6.0 %) bounced; the limit is 5 %');
    expect(await judged()).toEqual([]);
    await world.say('resume');
    expect(await judged()).toEqual([]);
  });

  test('when people call it spam, when the mail server refuses us, when it floods sales', async () => {
    await world.people(100);
    await world.start();
    await sent('sent', 100);
    for (const n of [1, 2]) {
      await world.db.query(`insert into identity (kind, value, lead_id, written, key) values ('email', $1, $1, $1, $1)`, [`lead-${n}`]);
      await world.db.query(
        `insert into suppression (key, channel, kind, because, at_ms, by) values ($1, 'email', 'complaint', 'x', $2, 'test')`,
        [`lead-${n}`, world.now],
      );
    }
    expect(await judged()).toEqual([['spring', 'complaints']]);
    await world.say('resume');
    world.now += minute;
    await sent('unavailable', 20, 'sender-at-fault');
    expect(await judged()).toEqual([]);
    world.now += 2 * minute;
    await world.db.query(`update send_ledger set called_ms = $1 where state = 'unavailable'`, [world.now]);
    expect(await judged()).toEqual([['spring', 'sender-at-fault']]);
    await world.say('resume');
    world.now += minute;
    await world.step();
    await world.answer('enrol');
    await world.db.query(
      `insert into hand_off_gate (lead_id, number, rule, state, at_ms) select 'lead-' || n, 1, 'r', 'held', $1 from generate_series(3, 30) n`,
      [world.now],
    );
    expect(await judged()).toEqual([['spring', 'hand-offs']]);
  });
});
