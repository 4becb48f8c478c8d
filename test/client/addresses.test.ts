import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findAddresses } from '../../client/addresses';
import { startProgress } from '../../client/progress';
import { Refusal } from '../../client/refusal';

const folder = mkdtempSync(join(tmpdir(), 'ripen-addresses-'));
const below = join(folder, 'lists', 'november');
beforeAll(() => {
  mkdirSync(join(folder, '.ripen'));
  mkdirSync(below, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));
const run = (value: unknown): void =>
  writeFileSync(join(folder, '.ripen', 'run.json'), typeof value === 'string' ? value : JSON.stringify(value));

test('the environment comes before the file that `ripen up` wrote, and an empty setting counts as none', () => {
  run({ v: 1, addresses: { TEMPORAL_ADDRESS: 'up:1', NATS_URL: 'nats://up:2', uiUrl: 'http://up:3' } });
  const where = findAddresses({ TEMPORAL_ADDRESS: 'mine:7233', NATS_URL: '' }, below);
  expect([where.address('TEMPORAL_ADDRESS'), where.address('NATS_URL'), where.uiUrl]).toEqual(['mine:7233', 'nats://up:2', 'http://up:3']);
});

test('the clock of a demo is found beside the addresses', () => {
  run({ addresses: {}, clock: { epoch: 5, rate: 43_200 } });
  expect(findAddresses({}, folder).clock).toEqual({ epoch: 5, rate: 43_200 });
  expect(findAddresses({ RIPEN_CLOCK_RATE: '10' }, folder).clock.rate).toBe(10);
});

test('a demo that stays is found with its clock, after what `ripen up` wrote', () => {
  const own = mkdtempSync(join(tmpdir(), 'ripen-demo-'));
  const write = (value: unknown, ...parts: readonly string[]): void => {
    mkdirSync(join(own, '.ripen', ...parts), { recursive: true });
    writeFileSync(join(own, '.ripen', ...parts, 'run.json'), JSON.stringify(value));
  };
  write({ addresses: { NATS_URL: 'nats://demo:1' }, clock: { epoch: 7, rate: 43_200 } }, 'demo', 'servers');
  const demo = findAddresses({}, own);
  expect([demo.address('NATS_URL'), demo.clock]).toEqual(['nats://demo:1', { epoch: 7, rate: 43_200 }]);
  write({ addresses: { NATS_URL: 'nats://up:1' } });
  const up = findAddresses({}, own);
  expect([up.address('NATS_URL'), up.clock.rate]).toEqual(['nats://up:1', 1]);
  rmSync(own, { recursive: true });
});

test('with neither, the ways out are named', () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'ripen-nowhere-'));
  expect(() => findAddresses({}, elsewhere).address('NATS_URL')).toThrow(/`ripen up`.*set NATS_URL/);
  rmSync(elsewhere, { recursive: true });
});

test.each([
  ['{', 'it is no JSON'],
  [{ addresses: 1 }, 'it has another form'],
])('a file that is broken is named', (content, says) => {
  run(content);
  expect(() => findAddresses({}, below)).toThrow(Refusal);
  expect(() => findAddresses({}, below)).toThrow(says);
});

describe('progress', () => {
  const drawn = (isTTY: boolean, moments: readonly number[]): string => {
    let text = '';
    let at = 0;
    const bar = startProgress(
      'Importing',
      100,
      { isTTY, write: (more: string) => (text += more) },
      () => moments[Math.min(at++, moments.length - 1)] ?? 0,
    );
    bar.at(10);
    bar.at(50);
    bar.end();
    return text;
  };

  test('is shown on a terminal for work that takes over two seconds, and wiped at its end', () => {
    const text = drawn(true, [0, 2_500, 5_000]);
    expect(text).toMatch(/Importing [^]*10%[^]*Importing [^]*50%, 5 s left/);
    expect(text.endsWith('\r\u001b[2K')).toBe(true);
  });

  test('is not shown for short work, nor anywhere but on a terminal', () => {
    expect([drawn(true, [0, 500, 900]), drawn(false, [0, 2_500, 5_000])]).toEqual(['', '']);
  });
});
