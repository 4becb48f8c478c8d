import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PointsModel, Settings } from '../../workflows/core/plan';
import { readSettings } from '../../workflows/settings/load';

const shipped = join(__dirname, '../../workflows/settings');
const dir = mkdtempSync(join(tmpdir(), 'ripen-settings-'));
afterAll(() => rmSync(dir, { recursive: true }));

const workspace = readFileSync(join(shipped, 'workspace.yaml'), 'utf8');
const model = readFileSync(join(shipped, 'b2b-points.yaml'), 'utf8');
const faultsWith = (edit: { readonly workspace?: [string, string]; readonly model?: [string, string] }): readonly string[] => {
  const changed = (text: string, [from, to]: [string, string] = ['', '']): string => {
    if (!text.includes(from)) throw new Error(`the shipped file does not hold "${from}"`);
    return text.replace(from, to);
  };
  writeFileSync(join(dir, 'workspace.yaml'), changed(workspace, edit.workspace));
  writeFileSync(join(dir, 'b2b-points.yaml'), changed(model, edit.model));
  return readSettings(dir).faults.map(({ path, says }) => `${path}: ${says}`);
};

test('the shipped settings and model are without a fault and say what the requirements say', () => {
  const { artefacts, faults } = readSettings(shipped);
  expect(faults).toEqual([]);
  const settings = artefacts.find(({ kind }) => kind === 'settings')?.body as Settings;
  const points = artefacts.find(({ kind }) => kind === 'model')?.body as PointsModel;
  expect(settings.model).toBe(points.id);
  const worth = Object.fromEntries(points.rules.map(({ id, points: each }) => [id, each]));
  expect(worth).toMatchObject({
    'landing-page-form': 20,
    newsletter: 15,
    follow: 5,
    message: 10,
    interaction: 10,
    visit: 5,
    demo: 30,
    unsubscribed: -20,
  });
  expect(points.decay.map(({ afterDays, percent }) => [afterDays, percent])).toEqual([
    [14, 90],
    [30, 75],
    [60, 50],
    [90, 25],
    [180, 0],
  ]);
  expect(points.rules.some(({ on }) => on === 'email.opened')).toBe(false);
});

test('what the comments of the shipped model offer is understood as it stands there', () => {
  const offered = model
    .replace('#   total: 120', 'total: 120')
    .replace('#             groups: {', 'groups: {')
    .replace('#   startingByStage: {', 'startingByStage: {')
    .replace('on: form.submitted, points: 20,', 'on: form.submitted, points: 20, recent: { days: 7, percent: 200 },');
  expect(offered.split('\n').filter((line) => /^(total|groups|startingByStage):/.test(line))).toHaveLength(3);
  expect(faultsWith({ model: [model, offered] })).toEqual([]);
});

test('segments and personas of the settings are read as conditions over the person', () => {
  const { artefacts } = readSettings(shipped);
  const settings = artefacts.find(({ kind }) => kind === 'settings')?.body as Settings;
  const { segments, personas } = settings;
  expect(segments?.['small-teams']?.when).toEqual({ kind: 'field', field: 'size', test: { oneOf: ['1-10', '11-50'] } });
  expect(segments?.['warming-up']?.when).toEqual({
    kind: 'all',
    of: [
      { kind: 'gained', points: 25, within: '14 days' },
      { kind: 'not', of: { kind: 'qualification', is: 'sql' } },
    ],
  });
  expect(Object.keys(personas ?? {})).toEqual(['team-lead', 'budget-holder']);
});

test.each<[string, Parameters<typeof faultsWith>[0], RegExp]>([
  ['a span that is none', { workspace: ['per: 7 days', 'per: a week'] }, /^workspace.yaml.cap.per: must be a span/],
  ['a zone that is none', { workspace: ['Europe/London', 'Mars/Olympus'] }, /^workspace.yaml.quietHours.zone: must be a time zone/],
  ['an hour beyond the day', { workspace: ['from: 21', 'from: 25'] }, /^workspace.yaml.quietHours.from: must be an hour/],
  [
    'a segment that asks two things at once',
    { workspace: ['{ field: size, oneOf: [1-10, 11-50] }', '{ field: size, score: 20 }'] },
    /^workspace.yaml.segments.small-teams.when: says field and score; join several with all or any/,
  ],
  [
    'a segment that asks nothing',
    { workspace: ['{ field: size, oneOf: [1-10, 11-50] }', '{ is: 3 }'] },
    /^workspace.yaml.segments.small-teams.when: says nothing to ask; write one of field, score/,
  ],
  [
    'a word of a condition without what it needs',
    { workspace: ['{ gained: 25, within: 14 days }', '{ gained: 25 }'] },
    /^workspace.yaml.segments.warming-up.when.all\[0\]: "gained" needs "within" beside it/,
  ],
  [
    'a word that belongs to another condition',
    { workspace: ['{ qualification: sql }', '{ qualification: sql, within: 3 days }'] },
    /^workspace.yaml.segments.warming-up.when.all\[1\].not: "within" says nothing beside "qualification"/,
  ],
  [
    'a persona nobody explains',
    { workspace: ['says: Leads a team', 'say: Leads a team'] },
    /^workspace.yaml.personas.team-lead.says: must be string/,
  ],
  ['a misspelt setting', { workspace: ['restAfter', 'restsAfter'] }, /restAfter.*must be a span/],
  [
    'a model that is not there',
    { workspace: ['model: b2b-points', 'model: b2c'] },
    /^workspace.yaml.model: names "b2c"; there is b2b-points/,
  ],
  [
    'an event that is none',
    { model: ['on: email.replied', 'on: email.answered'] },
    /^b2b-points.yaml.rules\[\d+\].on: must be an event: email.delivered/,
  ],
  [
    'a field the event does not have',
    { model: ['{ outcome: interested }', '{ mood: interested }'] },
    /rules\[\d+\].where.mood: is no field of phone.called; it has outcome/,
  ],
  ['a rule that is there twice', { model: ['id: download', 'id: trial'] }, /"trial" is there twice/],
  [
    'points that are no whole number',
    { model: ['on: form.submitted, points: 20', 'on: form.submitted, points: 20.5'] },
    /rules\[0\].points: must be a whole number/,
  ],
  ['a decay that rises', { model: ['afterDays: 30, percent: 75', 'afterDays: 30, percent: 95'] }, /decay\[1\].percent: must not be more/],
  ['grades that do not fall', { model: ['A: 50', 'A: 30'] }, /grades: must fall from A to C/],
  ['fit without points for the unknown', { model: ['_unknown: 6,', ''] }, /fit.industry: needs points for _other and for _unknown/],
  ['text that is no YAML', { model: ['rules:', 'rules: ['] }, /^b2b-points.yaml: /],
])('%s is a fault with its path', (_, edit, says) => {
  expect(faultsWith(edit)).toEqual(expect.arrayContaining([expect.stringMatching(says)]));
});

test('faults of both files come together', () => {
  expect(faultsWith({ workspace: ['touches: 3', 'touches: 0'], model: ['mqlAt: 40', 'mqlAt: 400'] })).toEqual([
    'b2b-points.yaml.mqlAt: must be 1 to 100',
    'workspace.yaml.cap.touches: must be at least 1',
  ]);
});
