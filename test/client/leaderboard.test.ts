/** `ripen leaderboard`: once for programs and pipes, and drawn again and again on a terminal. */
import { asha, nowAt, ripen } from './fake-context';
import type { World } from './fake-context';
import { fact, model } from './given-facts';
import { facts, fits, world } from './small-world';
import { openScreen } from '../../client/screen';

const leaders = () => ({
  leaders: [{ leadId: asha.leadId, score: 27, qualification: 'lead' as const, lastFactAt: facts.length }],
  asOfAt: nowAt,
});
const withLeaders = (more: Partial<World> = {}): World => ({ ...world, ...more, people: { ...world.people, leaders, ...more.people } });

test('shows score, grade, temperature and by what, and what changed last and why', async () => {
  const { exit, out } = await ripen(withLeaders(), 'leaderboard');
  expect(exit).toBe(0);
  fits(out);
  expect(out).toMatch(/1 +Asha Rao +27 +B +warm \(score\) +lead +Points \+5 by rule visit/);
});

test('closes with one line of JSON', async () => {
  const { out, json } = await ripen(withLeaders(), 'leaderboard', '--json');
  expect(out.trimEnd().split('\n')).toHaveLength(1);
  expect(json).toMatchObject({
    ok: true,
    leaders: [{ leadId: asha.leadId, name: 'Asha Rao', score: 27, grade: 'B', qualification: 'lead' }],
  });
});

test('says so where nobody has a score', async () => {
  const { out } = await ripen(withLeaders({ people: { leaders: () => ({ leaders: [], asOfAt: 0 }) } }), 'leaderboard');
  expect(out).toBe('Nobody has a score yet.\n');
});

test('on a terminal it is drawn until it is ended, with an arrow at a score that rose and a star at who is new', async () => {
  const drawings: string[] = [];
  const rose = fact('PointsChanged', { model, rule: 'form', event: 'x', day: 20_400, raw: 20_000, delta: 20_000 });
  const screen = { draw: (text: string) => void drawings.push(text), wait: async () => drawings.length < 2, rows: () => 40 };
  const { exit, out } = await ripen(
    withLeaders({
      screen,
      factsOf: () => (drawings.length === 0 ? facts : [...facts, rose]),
      people: {
        leaders: () => {
          const { leaders: all, asOfAt } = leaders();
          return { leaders: all.map((one) => ({ ...one, lastFactAt: drawings.length })), asOfAt };
        },
      },
    }),
    'leaderboard',
  );
  expect([exit, out, drawings.length]).toEqual([0, '', 2]);
  expect(drawings[0]).toMatch(/ 27 +B/);
  expect(drawings[1]).toMatch(/ 47 ▲20 +B .*Points \+20 by rule form/);
  for (const drawing of drawings) fits(drawing);
});

test('a terminal is drawn over, and nothing in a name steers it', () => {
  const written: string[] = [];
  const terminal = { rows: 30, write: (text: string) => written.push(text) };
  expect(openScreen(terminal)).toBeUndefined();
  const screen = openScreen({ ...terminal, isTTY: true });
  screen?.draw('Ada \u001b[31mRed\nsecond');
  screen?.draw('third');
  expect(written).toEqual(['\u001b[2J', '\u001b[HAda [31mRed\u001b[K\nsecond\u001b[K\u001b[J', '\u001b[Hthird\u001b[K\u001b[J']);
  expect([screen?.rows(), openScreen({ ...terminal, rows: 0, isTTY: true })?.rows()]).toEqual([30, 24]);
});
