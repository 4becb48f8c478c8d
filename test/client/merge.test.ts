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

test('what both told of is taken back once it is known under both ids, so that it counts once', async () => {
  const deed = (id: string, at: number, form = 'demo'): Fact => ({
    ...stamp,
    type: 'EngagementRecorded',
    id,
    event: 'form.submitted',
    actor: 'human',
    data: { form },
    occurredAt: at,
  });
  const ours = [deed('ours0000001', 1_000), deed('ours0000002', 500_000, 'guide')];
  const theirs = [deed('theirs00001', 31_000), deed('theirs00002', 32_000), deed('theirs00003', 900_000, 'guide')];
  const twice: World = { ...world, factsOf: (leadId) => (leadId === 'ld_ben' ? theirs : ours) };
  const said = await ripen(twice, 'merge', 'asha@orchard.example', 'ben@x.example', '--dry-run', '--json');
  expect(said.json).toMatchObject({ events: 3, twice: 1 });
  const { commands } = await ripen(twice, 'merge', 'asha@orchard.example', 'ben@x.example', '--yes');
  expect(commands.map(({ command }) => command.command)).toContainEqual({ word: 'retract', event: 'theirs00001' });
  expect(commands.filter(({ command }) => command.command.word === 'retract')).toHaveLength(1);
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
