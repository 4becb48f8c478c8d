/** What marketing types about a campaign, what it is told before and after, and what goes to the store and to Temporal. */
import type { CampaignCard } from '../../events/campaign-requests';
import { Refusal } from '../../client/refusal';
import { artefactOf } from '../../events/digest';
import { given } from '../support/given';
import { b2bPoints, publish } from '../support/published';
import { daily } from '../core/plans';
import { asha, ripen } from './fake-context';
import type { World } from './fake-context';
import { fits } from './small-world';

const published = publish({ plans: [daily] });
const artefacts = [
  artefactOf('settings', { ...published.settings, id: 'workspace' }),
  artefactOf('model', b2bPoints),
  artefactOf('plan', daily),
].map(({ kind, id, version, digest, body }) => ({ kind, ref: `${id}@${version}#${digest}`, publishedAt: 1, current: true, body }));
const content = ['one', 'two', 'three'].map((id) => ({
  ...{ kind: 'content' as const, ref: `${id}@1#0123456789ab`, publishedAt: 1, current: true },
  body: { kind: 'guide', template: '' },
}));
const card: CampaignCard = {
  ...{ id: 'spring', kind: 'once', sequence: 'daily', audience: 'mailable', state: 'running', by: 'mara', because: 'spring' },
  ...{ askedAt: Date.UTC(2026, 10, 23, 9), perMinute: 200, holdout: 10 },
  members: { enrolled: 40, waiting: 50, refused: 3, 'left-out': 7 },
};
const world = (more: World['people'] = {}): World => ({
  facts: given(published, asha.leadId).profile({ zone: 'Europe/London' }, { email: 'granted' }).history(),
  people: {
    published: () => ({ artefacts: [...artefacts, ...content] }),
    publish: ({ artefacts: given }) => ({ results: given.map(({ id }) => ({ ref: id, as: 'published' as const })) }),
    campaignStart: () => ({ as: 'begun', matched: 100 }),
    campaignDraft: () => ({
      matched: 100,
      leftOut: { erased: 2 },
      heldOut: 10,
      asked: 88,
      sample: [asha.leadId, 'lead-ben'],
      approveAbove: 50,
    }),
    campaigns: () => ({ campaigns: [card] }),
    campaignReport: () => ({
      because: [{ state: 'refused', because: 'The lead is in daily already.', people: 3 }],
      sends: { sent: 39, 'refused address-refused': 1 },
      handOffs: 2,
    }),
    campaignWord: ({ word }) => ({ ok: true, says: `Done: ${word}.` }),
    ...more,
  },
});
const start = (...words: readonly string[]) => ripen(world(), 'campaign', 'start', 'spring', '--audience', 'mailable', ...words);

test('a start writes the plan down and begins it', async () => {
  const made = await start(
    '--sequence',
    'daily',
    '--rate',
    '200/minute',
    '--holdout',
    '10%',
    '--until',
    '2027-01-31T00:00:00Z',
    '--because',
    'spring',
  );
  expect([made.exit, made.out]).toEqual([0, 'Campaign spring begins with 100 people.\n']);
  expect(made.asked.find(({ verb }) => verb === 'campaignStart')?.ask).toEqual({
    plan: {
      id: 'spring',
      kind: 'once',
      sequence: 'daily',
      audience: 'mailable',
      perMinute: 200,
      holdout: 10,
      until: Date.UTC(2027, 0, 31),
    },
    by: 'olga',
    because: 'spring',
  });
  expect(made.did).toContain('looked at campaign spring');
});

test('one piece of content is made a sequence of one message; the same again is the same version', async () => {
  const made = await start('--content', 'one');
  type Published = {
    readonly artefacts: readonly { readonly id: string; readonly version: number; readonly digest: string; readonly body: unknown }[];
  };
  const publishing = made.asked.find(({ verb }) => verb === 'publish')?.ask as Published | undefined;
  const mail = publishing?.artefacts[0];
  expect([mail?.id, mail?.version]).toEqual(['mail-one', 1]);
  expect(made.asked.find(({ verb }) => verb === 'campaignStart')?.ask).toMatchObject({ plan: { sequence: 'mail-one' } });
  const there = { kind: 'plan' as const, ref: `mail-one@1#${mail?.digest ?? ''}`, publishedAt: 1, current: true, body: mail?.body };
  const again = await ripen(
    world({ published: () => ({ artefacts: [...artefacts, ...content, there] }) }),
    'campaign',
    'start',
    'next',
    '--audience',
    'mailable',
    '--content',
    'one',
  );
  expect(again.asked.find(({ verb }) => verb === 'publish')?.ask).toMatchObject({ artefacts: [{ version: 1 }] });
});

test('rounds are scheduled; a campaign that needs a second person begins nothing', async () => {
  const rounds = await start('--sequence', 'daily', '--every', 'month');
  expect(rounds.did).toContain('scheduled spring by 0 9 1 * *');
  const large = await ripen(
    world({ campaignStart: () => ({ as: 'asked', matched: 9_000 }) }),
    'campaign',
    'start',
    'big',
    '--audience',
    'mailable',
    '--sequence',
    'daily',
  );
  expect(large.out).toContain('somebody else has to let it begin');
  expect(large.did.filter((done) => done !== 'closed')).toEqual([]);
});

test('a dry run says who, what they get day by day, what stands in the way, and begins nothing', async () => {
  const { out, json, did, asked } = await start('--sequence', 'daily', '--dry-run', '--days', '5');
  fits(out);
  expect(out).toMatch(/A dry run: nothing begins\. 100 people are in the audience, 88 would be asked to enter daily\./);
  expect(out).toMatch(/Left out before\n {2}2: erased\n {2}10: held out, to compare with/);
  expect(out).toContain('somebody else has to approve it');
  expect([did.filter((done) => done !== 'closed'), asked.some(({ verb }) => verb === 'campaignStart')]).toEqual([[], false]);
  const line = (await start('--sequence', 'daily', '--dry-run', '--days', '5', '--json')).json as {
    readonly days: readonly { readonly mails: number }[];
    readonly entered: number;
  };
  expect([line.entered, line.days.reduce((sum, { mails }) => sum + mails, 0)]).toEqual([88, 3 * 88]);
  expect(json).toEqual({});
});

test.each([
  [['--sequence', 'daily', '--content', 'one'], 2, /one of them/],
  [[], 2, /one of them/],
  [['--sequence', 'nothing'], 3, /no sequence "nothing"/],
  [['--content', 'nothing'], 3, /no content "nothing"/],
  [['--sequence', 'daily', '--rate', 'fast'], 2, /200\/minute/],
  [['--sequence', 'daily', '--rate', '0/minute'], 2, /200\/minute/],
  [['--sequence', 'daily', '--holdout', '95%'], 2, /0 to 90/],
  [['--sequence', 'daily', '--every', 'soon'], 2, /cron line/],
  [['--sequence', 'daily', '--every', 'day', '--triggered'], 2, /either/],
  [['--sequence', 'daily', '--from', '2026-12-02', '--until', '2026-12-01'], 2, /later than --from/],
  [['--sequence', 'daily', '--set', 'bonus=3'], 2, /no setting "bonus"/],
])('%s is refused before anything is written', async (words, exit, says) => {
  const made = await start(...words);
  expect([made.exit, made.err]).toEqual([exit, expect.stringMatching(says)]);
  expect(made.asked.filter(({ verb }) => verb === 'campaignStart')).toEqual([]);
});

test('where Temporal is away it is written down, and repeating the command begins it', async () => {
  const away = await ripen(
    { ...world(), temporalAway: true },
    'campaign',
    'start',
    'spring',
    '--audience',
    'mailable',
    '--sequence',
    'daily',
  );
  expect([away.exit, away.err]).toEqual([1, expect.stringContaining('written down; repeat the command')]);
});

test('list and status fit the terminal and say who is in, who is not and why', async () => {
  const [all, one] = [await ripen(world(), 'campaign', 'list'), await ripen(world(), 'campaign', 'status', 'spring')];
  fits(all.out);
  fits(one.out);
  expect(all.out).toMatch(/spring +daily +runs +100 +40/);
  expect(one.out).toMatch(
    /Campaign spring: runs\.[^]+200 a minute, 10 % held out[^]+40 in the sequence[^]+3 did not enter: The lead is in daily already\.[^]+39 sent[^]+2 hand-offs came of it/,
  );
  expect((await ripen(world(), 'campaign', 'status', 'autumn')).exit).toBe(3);
});

test('words go to the store, then the workflow looks at once; a word that is refused changes nothing', async () => {
  const paused = await ripen(world(), 'campaign', 'pause', 'spring', '--because', 'price');
  expect(paused.asked.find(({ verb }) => verb === 'campaignWord')?.ask).toEqual({
    id: 'spring',
    word: 'pause',
    by: 'olga',
    because: 'price',
  });
  expect(paused.did).toContain('looked at campaign spring');
  const stopped = await ripen(
    world({ campaigns: () => ({ campaigns: [{ ...card, kind: 'recurring', cron: '0 9 1 * *' }] }) }),
    'campaign',
    'stop',
    'spring',
    '--let-finish',
  );
  expect([stopped.did.includes('unscheduled spring'), stopped.asked.find(({ verb }) => verb === 'campaignWord')?.ask]).toEqual([
    true,
    expect.objectContaining({ letFinish: true }),
  ]);
  const label = await ripen(
    world({
      campaigns: () => {
        throw new Refusal('There is no campaign "fair".', 3, 'campaign-unknown');
      },
    }),
    'campaign',
    'resume',
    'fair',
  );
  expect([label.exit, label.did.filter((done) => done !== 'closed')]).toEqual([0, []]);
  const refused = await ripen(
    world({ campaignWord: () => ({ ok: false, says: 'Campaign spring is paused already.' }) }),
    'campaign',
    'pause',
    'spring',
  );
  expect([refused.exit, refused.did.filter((done) => done !== 'closed')]).toEqual([1, []]);
});
