/** One lead of two: who it is first, then what they did, what they were sent, and where they go on. */
import type { Fact } from '../../workflows/core';
import { asha, ripen, type World } from './fake-context';

const stamp = { v: 1, occurredAt: 1_000, recordedAt: 1_000 } as const;
const loser: readonly Fact[] = [
  { ...stamp, type: 'Enrolled', enrolment: 'e1', sequence: 'trial-offer@1#d', phase: 'try', data: {}, because: 'x' },
  { ...stamp, type: 'EngagementRecorded', id: 'aaaaaaaaaaa', event: 'form.submitted', actor: 'human', data: { form: 'demo' } },
  {
    ...stamp,
    type: 'TouchSent',
    effect: 'x',
    enrolment: 'e1',
    touch: 't',
    content: 'welcome@1#d',
    purpose: 'marketing',
    channel: 'email',
  } as Fact,
];
let ended = false;
const world: World = {
  people: {
    find: ({ who }) =>
      who === asha.email ? { person: asha } : who === 'ben@x.example' ? { person: { leadId: 'ld_ben', name: 'Ben' } } : {},
    merge: () => {
      ended = true;
      return { merged: true };
    },
  },
  factsOf: () => (ended ? [...loser, { ...stamp, type: 'LeadErased', by: 'olga', because: 'merged' }] : loser),
};
const merge = (...more: string[]): ReturnType<typeof ripen> => ripen(world, 'merge', 'asha@orchard.example', 'ben@x.example', ...more);

test('a dry run says what comes along and changes nothing', async () => {
  ended = false;
  const { exit, json, commands, did } = await merge('--dry-run', '--json');
  expect([exit, commands, did.filter((one) => one.startsWith('told'))]).toEqual([0, [], []]);
  expect(json).toMatchObject({ into: 'lead-asha', from: 'ld_ben', events: 1, sequences: ['trial-offer'] });
  expect((await merge()).exit).toBe(2);
});

test('events go over under their ids, then what was sent, under ids that a repeat repeats', async () => {
  ended = false;
  const first = await merge('--yes');
  expect([first.exit, first.asked.map(({ verb }) => verb)]).toEqual([0, ['find', 'find', 'hold', 'merge']]);
  expect(first.did).toContain('told lead-asha aaaaaaaaaaa');
  const words = first.commands.map(({ leadId, command }) => [leadId, command.command]);
  expect(words[0]).toEqual(['lead-asha', { word: 'absorb', from: 'ld_ben', throughN: 7, digest: 'd7', had: [['welcome', 1_000]] }]);
  const second = await merge('--yes');
  expect(second.commands.map(({ command }) => command.id)).toEqual(first.commands.map(({ command }) => command.id));
});
