/** Taking back an import: looked at first, sends stopped before anything is forgotten. */
import type { Fact } from '../../workflows/core';
import { ripen, type World } from './fake-context';

const leads = [
  { leadId: 'ld_made', made: true, sent: ['welcome'], command: 'aaaaaaaaaaa' },
  { leadId: 'ld_kept', made: true, kept: 'sales has them', sent: [], command: 'bbbbbbbbbbb' },
];
const stamp = { v: 1, occurredAt: 1, recordedAt: 1 } as const;
const told: Fact[] = [
  {
    ...stamp,
    type: 'CommandRecorded',
    id: 'bbbbbbbbbbb',
    command: { word: 'enrol', sequence: 's' },
    by: 'x',
    because: 'import',
    answer: { ok: true, says: 'In.' },
  },
  { ...stamp, type: 'Enrolled', enrolment: 'e1', sequence: 's@1#d', phase: 'p', data: {}, because: 'import' },
];
let erased = false;
const world: World = {
  people: {
    importLeads: ({ after }) => (after === undefined ? { leads: leads.slice(0, 1), next: 'ld_made' } : { leads: leads.slice(1) }),
    takeBack: ({ leadIds }) => ({ taken: leadIds.length }),
    endUndo: () => ({ undone: true }),
  },
  factsOf: () => (erased ? [...told, { ...stamp, type: 'LeadErased', by: 'olga', because: 'x' }] : told),
};

test('a dry run says who goes, who stays and why, what was sent, and changes nothing', async () => {
  erased = false;
  const { exit, json, asked, commands, out } = await ripen(world, 'import', 'undo', 'imp1', '--dry-run', '--json');
  expect([exit, commands]).toEqual([0, []]);
  expect(asked.map(({ verb }) => verb)).toEqual(['importLeads', 'importLeads']);
  expect(json).toMatchObject({ gone: 1, restored: 1, kept: { 'sales has them': 1 }, sent: { welcome: 1 }, dryRun: true });
  expect(out).not.toContain('undefined');
});

test('whom the import made is held, ended and forgotten, in that order; whoever stays leaves the sequence', async () => {
  erased = false;
  const first = await ripen({ ...world, factsOf: () => told }, 'import', 'undo', 'imp1', '--yes');
  expect(first.exit).toBe(1);
  expect(first.asked.some(({ verb }) => verb === 'takeBack')).toBe(false);
  erased = true;
  const { exit, asked, json } = await ripen(world, 'import', 'undo', 'imp1', '--yes', '--json');
  expect([exit, json['gone']]).toEqual([0, 1]);
  expect(asked.map(({ verb, ask }) => [verb, (ask as { gone?: boolean }).gone])).toEqual([
    ['importLeads', undefined],
    ['hold', undefined],
    ['takeBack', true],
    ['importLeads', undefined],
    ['takeBack', false],
    ['endUndo', undefined],
  ]);
});

test('whoever stays is taken off the sequence the import had put them on', async () => {
  const only: World = { ...world, people: { ...world.people, importLeads: () => ({ leads: leads.slice(1) }) }, factsOf: () => told };
  const { commands, json } = await ripen(only, 'import', 'undo', 'imp1', '--yes', '--json');
  expect(commands).toMatchObject([{ leadId: 'ld_kept', command: { command: { word: 'end', enrolment: 'e1' } } }]);
  expect(json).toMatchObject({ gone: 0, ended: 1 });
});

test('nothing is taken back by chance', async () => {
  expect((await ripen(world, 'import', 'undo', 'imp1')).exit).toBe(2);
});
