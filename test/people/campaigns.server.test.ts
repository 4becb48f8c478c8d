/** A campaign takes each of its members once, at its rate, whoever kills whatever; what it may not do it does not, with a reason. */
import { campaignCards, campaignReport } from '../../activities/people/campaigns/cards';
import { campaignStep } from '../../activities/people/campaigns/step';
import { draftCampaign } from '../../activities/people/campaigns/words';
import { campaignWorld, day, minute, plan } from './campaign-world';
import type { CampaignWorld } from './campaign-world';

let world: CampaignWorld;
beforeEach(async () => {
  world = await campaignWorld();
});
afterEach(() => world.db.close());

test('asks everybody once, in lots, and is done when all have answered', async () => {
  await world.people(600);
  expect(await world.start()).toEqual({ as: 'begun', matched: 600 });
  const lots = [await world.step(), await world.step(), await world.step()].map((one) => one.asked);
  expect(lots).toEqual([250, 250, 100]);
  const rows = await world.asked();
  expect([rows.length, new Set(rows.map(({ lead }) => lead)).size]).toEqual([600, 600]);
  expect((await world.step()).as).toBe('running');
  await world.answer('enrol');
  const end = await world.step();
  expect([end.as, end.members]).toEqual(['done', { enrolled: 600 }]);
  expect(end.says).toContain('600 of 600 enrolled');
});

test('members are those of the moment it began: who comes later is not taken, who leaves the audience is', async () => {
  await world.people(3);
  await world.start();
  await world.step();
  await world.people(2, 'new-');
  await world.db.query(`update lead set traits = '{}' where id = 'lead-1'`);
  await world.step();
  expect((await world.asked()).map(({ lead }) => lead).sort()).toEqual(['lead-1', 'lead-2', 'lead-3']);
});

test('a triggered one takes whoever comes in later, too, and ends at its time', async () => {
  await world.people(2);
  await world.start({ kind: 'triggered', until: world.now + day });
  await world.step();
  await world.answer('enrol');
  expect((await world.step()).as).toBe('looking');
  await world.people(2, 'new-');
  world.now += 5 * minute;
  expect((await world.step()).asked).toBe(2);
  world.now += day;
  expect((await world.step()).as).toBe('done');
});

test('steps that run at the same moment ask nobody twice', async () => {
  await world.people(700);
  await world.start();
  await Promise.all(Array.from({ length: 6 }, () => world.step()));
  const rows = await world.asked();
  expect([rows.length, new Set(rows.map(({ lead }) => lead)).size]).toEqual([700, 700]);
});

test('a step that dies before it commits has asked nobody, and the next asks the same', async () => {
  await world.people(5);
  await world.start();
  await world.step();
  await world.db.query('delete from outbox');
  await world.db.query(`update campaign_member set state = 'waiting', asks = 0`);
  const failing = { ...world.db, transaction: ((work: never) => world.db.transaction(work, { dry: true })) as never };
  await campaignStep({ ...world.deps(), db: failing }, 'spring');
  expect(await world.asked()).toEqual([]);
  expect((await world.step()).asked).toBe(5);
});

test('no more than a thousand are asked and have not answered', async () => {
  await world.people(1_400);
  await world.start();
  let total = 0;
  for (let at = 0; at < 6; at += 1) total += (await world.step()).asked;
  expect(total).toBe(1_000);
  await world.answer('enrol');
  expect((await world.step()).asked).toBe(250);
});

test('keeps its rate, and does not catch up with what a pause held back', async () => {
  await world.people(500);
  await world.start({ perMinute: 40 });
  const inTenMinutes: number[] = [];
  const until = world.now + 10 * minute;
  while (world.now < until) {
    const made = await world.step();
    inTenMinutes.push(made.asked);
    await world.answer('enrol');
    world.now = Math.max(world.now + 1, made.at ?? world.now + minute);
  }
  const total = inTenMinutes.reduce((sum, lot) => sum + lot, 0);
  expect(total).toBeGreaterThanOrEqual(390);
  expect(total).toBeLessThanOrEqual(420);
  expect(Math.max(...inTenMinutes)).toBeLessThanOrEqual(11);
  world.now += 60 * minute;
  expect((await world.step()).asked).toBeLessThanOrEqual(11);
});

test('leaves out who is erased, merged, held or never to be contacted, and says why', async () => {
  await world.people(5);
  await world.db.query(`update lead set held = true where id = 'lead-2'`);
  await world.db.query(
    `insert into suppression (key, channel, kind, because, at_ms, by) values ('key-3', 'all', 'operator', 'rival', 0, 'test')`,
  );
  await world.start();
  await world.db.query(`update campaign_member set state = 'waiting'`);
  const draft = await draftCampaign(world.deps(), { plan: plan(), sample: 10 });
  expect(draft).toMatchObject({ matched: 5, asked: 3, leftOut: { 'paused by an operator': 1, 'must not be contacted (operator)': 1 } });
  expect(draft.sample).toHaveLength(3);
  await world.step();
  await world.db.query(`update lead set erased_at = now() where id = 'lead-1'`);
  await world.db.query(`update campaign_member set asked_at = now() - interval '1 day' where lead_id = 'lead-1'`);
  await world.step();
  const { because } = await campaignReport(world.db, 'spring');
  expect(because.map(({ state, because: why, people: number }) => [state, why, number])).toEqual([
    ['left-out', 'erased', 1],
    ['left-out', 'must not be contacted (operator)', 1],
    ['left-out', 'paused by an operator', 1],
  ]);
});

test('a holdout gets nothing, and is the same people whenever it is looked at', async () => {
  await world.people(400);
  const draft = await draftCampaign(world.deps(), { plan: plan({ holdout: 25 }), sample: 0 });
  await world.start({ holdout: 25 });
  await world.step();
  await world.step();
  const [card] = await campaignCards(world.db, 'spring');
  expect(card?.members['held-out']).toBe(draft.heldOut);
  expect(draft.heldOut).toBeGreaterThan(60);
  expect(draft.heldOut).toBeLessThan(140);
});

test('whoever gives no answer is asked again under the same id, and given up in the end', async () => {
  await world.people(1);
  await world.start();
  for (let round = 0; round < 9; round += 1) {
    await world.step();
    await world.db.query(`update campaign_member set asked_at = now() - interval '1 day'`);
  }
  const { rows } = await world.db.query<{ command: string; id: string }>(`select data->>'commandId' as command, id from outbox`);
  expect([rows.length, new Set(rows.map(({ command }) => command)).size, new Set(rows.map(({ id }) => id)).size]).toEqual([8, 1, 8]);
  expect((await campaignReport(world.db, 'spring')).because).toEqual([
    { state: 'left-out', because: 'the lead gave no answer', people: 1 },
  ]);
});

test('what leads refuse is kept in their words', async () => {
  await world.people(2);
  await world.start();
  await world.step();
  await world.answer('enrol', false);
  expect((await world.step()).members).toEqual({ refused: 2 });
  expect((await campaignReport(world.db, 'spring')).because).toEqual([{ state: 'refused', because: 'Not for this person.', people: 2 }]);
});
