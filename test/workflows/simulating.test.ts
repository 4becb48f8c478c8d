import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulationOf } from '../../workflows/simulating';
import { defineSequence, email } from '../../workflows/core/words';

const root = join(__dirname, '../../workflows');
const ask = { root, sequence: 'broken', seed: 1, from: Date.UTC(2026, 0, 5), days: 30 };
const broken = defineSequence({
  id: 'broken',
  version: 1,
  model: 'no-such-model',
  phases: { start: { touches: [email('nothing-written-yet', { after: '1 day' })], exhaustedAfter: '9 days' } },
});

test('a sequence with faults is not simulated; all of them are named', () => {
  const made = simulationOf(ask, [broken]);
  expect(made).toMatchObject({ as: 'faulty' });
  const faults = made.as === 'faulty' ? made.faults.join('\n') : '';
  expect(faults).toMatch(/broken\.model: there is no model "no-such-model"/);
  expect(faults).toMatch(/there is no content "nothing-written-yet"/);
});

test('a zone without a clock of its own is told, not guessed in silence', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ripen-simulating-'));
  try {
    const settings = join(folder, 'far-away.yaml');
    writeFileSync(settings, readFileSync(join(root, 'settings', 'workspace.yaml'), 'utf8').replace('Europe/London', 'Asia/Kathmandu'));
    const made = simulationOf({ ...ask, sequence: 'buyers-journey', settings });
    expect(made).toMatchObject({
      as: 'made',
      warnings: [expect.stringMatching(/no clock for Asia\/Kathmandu; people there are taken to live by UTC/)],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
