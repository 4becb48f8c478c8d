/** The chance of a predictive model where people read of a lead: `explain` and `leaderboard`. */
import { artefactOf } from '../../events/digest';
import type { Settings } from '../../workflows/core';
import { publishedView } from '../../client/published';
import { scoringOf } from '../../workflows/core/predict';
import { artefactFromLog } from '../core/predict/from-log';
import { given } from '../support/given';
import { asha, nowAt, ripen } from './fake-context';
import type { World } from './fake-context';
import { fits, listed, published, world } from './small-world';

jest.setTimeout(60_000);

const scoring = scoringOf(artefactFromLog(), 'predicted', 1);
const settings = published.find(({ kind }) => kind === 'settings')?.body as Settings;
const inForce = (next: Partial<Settings>) => [
  ...published.filter(({ kind }) => kind !== 'settings'),
  listed(artefactOf('settings', { ...settings, ...next })),
  listed(artefactOf('model', scoring)),
];
function worldOf(next: Partial<Settings>): World {
  const artefacts = inForce(next);
  const view = publishedView(artefacts);
  if (view === undefined) throw new Error('no settings');
  const tale = given(view, asha.leadId, nowAt - 3 * 86_400_000).profile({ source: 'referral', country: 'DE' });
  tale.does('trial.started', {});
  for (let login = 0; login < 6; login += 1) tale.after('6 hours').does('app.login');
  const leaders = [{ leadId: asha.leadId, score: 1, qualification: 'lead' as const, lastFactAt: 1 }];
  return {
    ...world,
    facts: tale.history(),
    people: { ...world.people, published: () => ({ artefacts }), leaders: () => ({ leaders, asOfAt: nowAt }) },
  };
}
const beside = worldOf({ beside: ['predicted'] });

test('explain says the chance beside the points, its reasons in words, and when', async () => {
  const { exit, out } = await ripen(beside, 'explain', asha.leadId);
  expect(exit).toBe(0);
  fits(out);
  expect(out).toMatch(/Chance \d\d% by predicted \(does not decide\)/);
  expect(out.replace(/\s+/g, ' ')).toMatch(
    /become customers within 60 days of arriving; of a hundred of all, 1\d\.\d\. Of those who do, eight of ten take/,
  );
  expect(out).toMatch(/app\.login \d times +\+\d+\.\d%/);
  expect(out).toMatch(/source referral +\+\d+\.\d%/);
  expect(out).not.toMatch(/Points by predicted/);
});

test('with --all the entries that made it stand there, too, and they come to it', async () => {
  const { exit, out, json } = await ripen(beside, 'explain', asha.leadId, '--all', '--json');
  expect([exit, out.trimEnd().split('\n').length]).toEqual([0, 1]);
  const { chances, ledgers } = json as {
    chances: { percent: number; decides: boolean }[];
    ledgers: { model: string; sum: number; total: number }[];
  };
  const ledger = ledgers.find(({ model }) => model === 'predicted');
  expect(ledger?.sum).toBe(ledger?.total);
  expect(chances).toMatchObject([{ percent: Math.floor((ledger?.total ?? 0) / 1000), decides: false }]);
  expect((await ripen(beside, 'explain', asha.leadId, '--all')).out).toMatch(/Points by predicted/);
});

test('where it decides it is the score', async () => {
  expect((await ripen(worldOf({ model: 'predicted' }), 'explain', asha.leadId)).out).toMatch(/Score \d\d: the chance by predicted/);
});

test('the leaderboard shows it beside the score, with what moves it most', async () => {
  const { out, json } = await ripen(beside, 'leaderboard', '--once');
  fits(out);
  expect(out).toContain('chance');
  expect(out).toMatch(/\d\d%: (source referral|app\.login)/);
  expect(json).toEqual({});
  expect((await ripen(beside, 'leaderboard', '--json')).json).toMatchObject({
    leaders: [{ chance: { model: 'predicted', percent: expect.any(Number) } }],
  });
});

test('a workspace without one shows no chance', async () => {
  expect((await ripen(worldOf({}), 'leaderboard', '--once')).out).not.toContain('chance');
});
