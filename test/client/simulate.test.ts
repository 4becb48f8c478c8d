import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { behaviourOf } from '../../workflows/settings/behaviour';
import { ripen } from './fake-context';

const shipped = readFileSync(join(__dirname, '../../workflows/settings/behaviour.yaml'), 'utf8');
const simulate = (...words: readonly string[]) => ripen({ peopleAway: true, temporalAway: true }, 'simulate', ...words);

let folder = '';
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'ripen-simulate-'))));
afterAll(() => rmSync(folder, { recursive: true }));

describe('simulate', () => {
  test('needs nothing that runs, and closes with one line: the same digest for the same seed, another for another', async () => {
    const [one, again, other] = await Promise.all([
      simulate('buyers-journey', '--leads', '60', '--seed', '3', '--json'),
      simulate('buyers-journey', '--leads', '60', '--seed', '3', '--json'),
      simulate('buyers-journey', '--leads', '60', '--seed', '4', '--json'),
    ]);
    expect(one.out.trimEnd().split('\n')).toHaveLength(1);
    expect(one).toMatchObject({
      exit: 0,
      json: {
        leads: 60,
        days: 90,
        seed: 3,
        touches: expect.any(Number),
        handOffs: expect.any(Number),
        seconds: expect.any(Number),
        digest: expect.stringMatching(/^[0-9a-f]{12}$/),
      },
    });
    expect(again.json['digest']).toBe(one.json['digest']);
    expect(other.json['digest']).not.toBe(one.json['digest']);
    expect(one.asked).toEqual([]);
  });

  test('comes to the same on two cores as on one', async () => {
    const words = ['simulate', 'buyers-journey', '--leads', '1200', '--json'];
    const register = join(__dirname, '..', 'support', 'register.js');
    const main = join(__dirname, '..', '..', 'client', 'main.ts');
    const shared = await promisify(execFile)(process.execPath, ['--require', register, main, ...words, '--cores', '2']);
    const alone = await simulate(...words.slice(1));
    expect(JSON.parse(shared.stdout)).toEqual({ ...alone.json, seconds: expect.any(Number) });
  }, 60_000);

  test('shows volumes, stages, what waited, hand-offs and what nobody received, in 100 columns', async () => {
    const { exit, out } = await simulate('trial-offer', '--leads', '80', '--days', '40');
    expect(exit).toBe(0);
    for (const title of [
      'Day by day',
      'In figures',
      'How far they came',
      'Messages',
      'What waited, and what was not sent',
      'Hand-offs',
      'What nobody received',
    ])
      expect(out).toContain(`\n${title}`);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
    // Everybody comes by the event it listens for, so nobody is only invited.
    expect(out).toMatch(/phase +trial-offer +invited +nobody came into the phase/);
  });

  test.each([
    [['nobodys-journey'], 3, /no sequence "nobodys-journey" here\. There are .*buyers-journey/],
    [['buyers-journey@99'], 3, /no sequence "buyers-journey@99"/],
    [['buyers-journey', '--leads', '0'], 2, /--leads "0" should be a whole number from 1/],
    [['buyers-journey', '--leads', '99999999'], 2, /--leads .* from 1 to 10,000,000/],
    [['buyers-journey', '--days', 'many'], 2, /--days "many" should be a whole number/],
    [['buyers-journey', '--days', '90.5'], 2, /--days "90.5"/],
    [['buyers-journey', '--seed', '-1'], 2, /--seed "-1"/],
    [['buyers-journey', '--cores', '0'], 2, /--cores "0"/],
    [['buyers-journey', '--from', '2026-02-30'], 2, /--from "2026-02-30" is no day/],
    [['buyers-journey', '--behaviour', '/there/is/none.yaml'], 2, /none\.yaml cannot be read/],
  ])('%j ends with %i and a sentence', async (words, exit, says) => {
    const refused = await simulate(...words);
    expect(refused).toMatchObject({ exit, err: expect.stringMatching(says) });
    expect((await simulate(...words, '--json')).json).toMatchObject({ ok: false, exit });
  });

  test('names every fault of a behaviour file at once', async () => {
    const faulty = shipped
      .replace('click: 3.5', 'click: 350')
      .replace('keen: { share: 8,', 'keen: { share: 80,')
      .replace('does: email.', 'does: email.')
      .replace('does: app.login', 'does: app.logon');
    const { exit, err } = await simulate('buyers-journey', '--behaviour', file('faulty.yaml', faulty));
    expect(exit).toBe(1);
    expect(err).toMatch(/faulty\.yaml\.mail\.usual\.click: must be a percentage/);
    expect(err).toMatch(/faulty\.yaml\.people\.characters: the shares must sum to 100/);
    expect(err).toMatch(/faulty\.yaml\.acts\[\d+\]\.does: must be an event/);
  });

  test('of a behaviour nobody answers in, nobody is handed over', async () => {
    const silent = shipped.replace(/interest: \d+/g, 'interest: 0').replace('unsubscribe: 0.25', 'unsubscribe: 0');
    const { json } = await simulate('buyers-journey', '--leads', '80', '--behaviour', file('silent.yaml', silent), '--json');
    expect(json).toMatchObject({
      handOffs: 0,
      engagement: { human: expect.not.objectContaining({ 'email.clicked': expect.any(Number) }) },
    });
    expect(json['touches']).toBeGreaterThan(200);
  });

  test('tries other settings without publishing them', async () => {
    const settings = readFileSync(join(__dirname, '../../workflows/settings/workspace.yaml'), 'utf8');
    const tight = file('tight.yaml', settings.replace('touches: 3', 'touches: 1').replace('per: 7 days', 'per: 30 days'));
    const [usual, capped] = await Promise.all([
      simulate('buyers-journey', '--leads', '50', '--json'),
      simulate('buyers-journey', '--leads', '50', '--settings', tight, '--json'),
    ]);
    expect(capped.json['touches']).toBeLessThan(Number(usual.json['touches']) / 2);
    const wrong = await simulate(
      'buyers-journey',
      '--settings',
      file('wrong.yaml', settings.replace('model: b2b-points', 'model: none-such')),
    );
    expect(wrong).toMatchObject({ exit: 1, err: expect.stringContaining('none-such') });
  });
});

describe('a behaviour file', () => {
  test('as shipped has no fault', () => {
    expect(behaviourOf('behaviour.yaml', shipped).faults).toEqual([]);
  });

  test.each([
    ['consent: 98', 'consent: 98.123', /people\.consent: must be a percentage/],
    ['opensIn: [1 minute, 30 minutes', 'opensIn: [1 hour, 30 minutes', /mail\.opensIn: must be five spans that grow/],
    ['rejects: 5', 'rejects: 15', /reps\.prompt\.rejects: accepts and rejects are more than 100/],
    ['with: { plan: team }', 'with: { plans: team }', /acts\[\d+\]\.with\.plans: is no field of/],
    ['joinOver: 30 days', 'joinOver: a month', /people\.joinOver: must be a span/],
    ['id: downloads-the-ebook', 'id: downloads', /acts\[\d+\]\.id: "downloads" is there twice/],
    ['machineOpen: 40', 'machineOpens: 40', /mail\.usual/],
    [
      'value: { oneOf: [[35, 40], [80, 35], [160, 25]] }',
      'value: { oneOf: [[35, 40]] }',
      /begin\.cart-abandonment\.value\.oneOf: the shares must sum to 100/,
    ],
    ['endsAt: { in: 97 days }', 'endsAt: { in: a fortnight }', /begin\.renewal\.endsAt: must be a code/],
    ['{ kind: [webinar] }', '{ kind: [seminar] }', /acts\[\d+\]\.after: must be/],
  ])('with "%s" as "%s" is refused with a path', (good, bad, says) => {
    expect(shipped).toContain(good);
    const { faults } = behaviourOf('mine.yaml', shipped.replace(good, bad));
    expect(faults.map((fault) => `${fault.path}: ${fault.says}`).join('\n')).toMatch(says);
  });
});
