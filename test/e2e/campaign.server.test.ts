/** A campaign by the command line on the whole engine: killed in the middle it misses nobody and takes nobody twice; stopped, nothing goes. */
import type { CampaignCard } from '../../events/campaign-requests';
import { ripen } from '../support/engine-process';
import { eventually } from '../support/shell-engine';
import { artefactsOf, pieceOf, tourOf } from '../support/tour';
import { person, startEngine, type Engine } from '../support/whole-engine';

jest.setTimeout(240_000);
const people = 80;
let engine: Engine;
beforeAll(async () => {
  // An engine's hour is a quarter of a minute.
  engine = await startEngine({ rate: 240 });
  await engine.publish(artefactsOf([tourOf({ id: 'tour', contents: ['first', 'later'], later: '900 days' })], [pieceOf('news')]));
  await engine.publish(artefactsOf([tourOf({ id: 'other', contents: ['news'] })]));
  await engine.importAll(Array.from({ length: people }, (_, n) => person(n)));
});
afterAll(() => engine?.stop());

type Line = Readonly<Record<string, unknown>>;
async function cli(...words: readonly string[]): Promise<Line> {
  const { code, out, err } = await ripen([...words, '--json'], engine.env);
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${String(code)}: ${err}`);
  return JSON.parse(out) as Line;
}
async function status(name: string): Promise<{ readonly campaign: CampaignCard }> {
  const { campaigns } = await engine.people('campaigns', { id: name });
  const campaign = campaigns.find(({ id }) => id === name);
  if (campaign === undefined) throw new Error(`there is no campaign ${name}`);
  return { campaign };
}
const got = (content: string): readonly string[] =>
  engine.mailbox.mails.filter((mail) => mail.content === content).map(({ leadId }) => leadId);

test('workers, router and people store killed twice in the middle: everybody is enrolled and mailed once', async () => {
  await eventually('the profiles have reached the leads', async () => {
    const { rows } = await engine.db.query<{ n: number }>('select count(*)::int as n from lead_summary where known_ms is not null');
    return rows[0]?.n === people || undefined;
  });
  expect(await cli('audience', 'count', 'mailable')).toMatchObject({ matched: people, mailable: people });
  const dry = await cli('campaign', 'start', 'spring', '--sequence', 'tour', '--audience', 'mailable', '--dry-run', '--days', '2');
  expect(dry).toMatchObject({ asked: people, entered: people, days: [{ mails: people }, { mails: 0 }] });
  expect(await cli('campaign', 'start', 'spring', '--sequence', 'tour', '--audience', 'mailable', '--rate', '5/minute')).toMatchObject({
    as: 'begun',
    matched: people,
  });
  for (const some of [10, 40]) {
    await eventually(`${some} mails are out`, () => got('first').length >= some || undefined, 60_000);
    await Promise.all([engine.worker.kill(), engine.front.kill()]);
    await engine.endLeases();
    await Promise.all([engine.worker.start(), engine.front.start()]);
  }
  await eventually('the campaign is done', async () => (await status('spring')).campaign.state === 'done' || undefined, 90_000);
  const { campaign } = await status('spring');
  expect(campaign.members).toEqual({ enrolled: people });
  const uncertain = (await engine.db.query(`select from send_ledger where state = 'uncertain'`)).rowCount ?? 0;
  await eventually(
    'everybody has the mail, but for sends that are listed as uncertain',
    () => new Set(got('first')).size >= people - uncertain || undefined,
    60_000,
  );
  expect(new Set(got('first')).size).toBe(got('first').length);
  expect(await cli('campaign', 'start', 'spring', '--sequence', 'tour', '--audience', 'mailable', '--rate', '5/minute')).toMatchObject({
    as: 'unchanged',
  });
});

test('while all sending is stopped nothing goes, and nothing is lost by it', async () => {
  await cli('sending', 'stop', '--because', 'wrong price');
  const before = engine.mailbox.mails.length;
  await cli('campaign', 'start', 'news', '--content', 'news', '--audience', 'mailable');
  expect((await status('news')).campaign.members).toEqual({});
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  expect(engine.mailbox.mails.length).toBe(before);
  await cli('sending', 'start');
  await cli('campaign', 'pause', 'spring', '--because', 'a look');
  await cli('campaign', 'resume', 'spring');
  await engine.client.workflow.getHandle('campaign/news').signal('look');
  await eventually('everybody has the news', () => new Set(got('news')).size === people || undefined, 90_000);
});

test('a pause holds messages that are due, a stop takes people out of the sequence', async () => {
  await cli('campaign', 'start', 'third', '--sequence', 'other', '--audience', 'mailable', '--rate', '1/minute');
  await eventually('some are in', async () => ((await status('third')).campaign.members.enrolled ?? 0) >= 5 || undefined, 60_000);
  await cli('campaign', 'pause', 'third');
  const { campaign } = await status('third');
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  const later = (await status('third')).campaign;
  const inside = ({ enrolled = 0, asked = 0 }: CampaignCard['members']): number => enrolled + asked;
  expect(inside(later.members)).toBe(inside(campaign.members));
  await cli('campaign', 'stop', 'third', '--because', 'enough');
  await eventually('it is stopped', async () => (await status('third')).campaign.state === 'stopped' || undefined, 60_000);
  const { members } = (await status('third')).campaign;
  expect(members.enrolled).toBeUndefined();
  expect((members.left ?? 0) + (members['left-out'] ?? 0) + (members.refused ?? 0)).toBe(people);
  expect(members.left).toBeGreaterThanOrEqual(5);
});
