/** What an operator sees of the brake and how they answer it. */
import type { HeldHandOff } from '../../events/scoring-requests';
import { asha, ripen } from './fake-context';
import type { World } from './fake-context';
import { fits } from './small-world';

const held: readonly HeldHandOff[] = [
  { leadId: asha.leadId, handOff: 1, rule: 'buyers-journey.scored', heldAt: Date.UTC(2026, 10, 23, 9), name: 'Asha Rao' },
  { leadId: 'lead-ben', handOff: 2, rule: 'trial-offer.scored', heldAt: Date.UTC(2026, 10, 23, 9, 5) },
];
const world: World = {
  people: {
    brake: () => ({ held, lastHour: 20, mayBe: 20 }),
    brakeAnswer: ({ handOffs }) => ({ changed: handOffs.length }),
    summary: () => ({ leads: 0, byStage: {}, byQualification: {}, asOfAt: 0, lag: 0 }),
    uncertain: () => ({ sends: [] }),
  },
};

test('held lists who is held, since when and by which rule, and how many an hour may bring', async () => {
  const { exit, out, json } = await ripen(world, 'handoff', 'held');
  expect(exit).toBe(0);
  fits(out);
  expect(out).toMatch(/The brake holds 2 hand-offs[^]+Asha Rao +buyers-journey\.scored/);
  expect(out).toContain('The last hour brought 20; up to 20 go without asking.');
  expect(json).toEqual({});
});

test('release lets them through first and has each lead look again at once', async () => {
  const { exit, asked, commands, out } = await ripen(world, 'handoff', 'release', '--all');
  expect([exit, out]).toEqual([0, 'Released: 2 hand-offs.\n']);
  expect(asked.filter(({ verb }) => verb === 'brakeAnswer').map(({ ask }) => ask)).toEqual([
    { as: 'released', handOffs: [{ leadId: asha.leadId, handOff: 1 }], by: 'olga' },
    { as: 'released', handOffs: [{ leadId: 'lead-ben', handOff: 2 }], by: 'olga' },
  ]);
  expect(commands.map(({ leadId, command }) => [leadId, command.command, command.because])).toEqual([
    [asha.leadId, { word: 'nudge' }, 'released from the brake'],
    ['lead-ben', { word: 'nudge' }, 'released from the brake'],
  ]);
});

test('drop gives one person, or those of one rule, back to nurture', async () => {
  const one = await ripen(world, 'handoff', 'drop', asha.email ?? '');
  expect(one.commands.map(({ leadId, command }) => [leadId, command.command])).toEqual([[asha.leadId, { word: 'reject', handOff: 1 }]]);
  const rule = await ripen(world, 'handoff', 'drop', '--rule', 'trial-offer.scored', '--json');
  expect(rule.json).toEqual({ ok: true, dropped: 1, refused: [] });
});

test('what a lead refuses stays on the list and is said', async () => {
  const { exit, asked, out } = await ripen({ ...world, answer: { ok: false, says: 'Not now.' } }, 'handoff', 'drop', '--all');
  expect([exit, asked.some(({ verb }) => verb === 'brakeAnswer')]).toEqual([1, false]);
  expect(out).toMatch(/Dropped: 0 hand-offs\.[^]+lead-ben +Not now\./);
});

test('a dry run changes nothing; saying nobody or two ways is wrong usage; who is not held is no such thing', async () => {
  const dry = await ripen(world, 'handoff', 'release', '--all', '--dry-run');
  expect([dry.exit, dry.commands, dry.asked.map(({ verb }) => verb)]).toEqual([0, [], ['brake']]);
  expect((await ripen(world, 'handoff', 'release')).exit).toBe(2);
  expect((await ripen(world, 'handoff', 'release', asha.leadId, '--all')).exit).toBe(2);
  const none: World = { people: { brake: () => ({ held: [], lastHour: 0, mayBe: 20 }) } };
  expect((await ripen(none, 'handoff', 'release', asha.leadId)).exit).toBe(3);
});

test('stuck and status say that the brake holds something', async () => {
  expect((await ripen(world, 'stuck')).out).toContain('Held by the brake: 2 hand-offs.');
  expect((await ripen(world, 'status')).out).toContain('The brake holds 2 hand-offs. See `ripen handoff held`.');
});
