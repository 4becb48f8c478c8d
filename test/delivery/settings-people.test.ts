/** What settings and scoring models say of people: a trait, value or source that is not there, or that nobody may be scored by, is a fault with its place. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closest } from '../../events/closest';
import { specialValue } from '../../workflows/checking/special-values';
import { readSettings, readSettingsFile } from '../../workflows/settings/load';

const shipped = join(__dirname, '../../workflows/settings');
const dir = mkdtempSync(join(tmpdir(), 'ripen-people-'));
afterAll(() => rmSync(dir, { recursive: true }));

type Edit = readonly [from: string, to: string];
const text = (name: string, edits: readonly Edit[] = []): string =>
  edits.reduce(
    (made, [from, to]) => {
      if (!made.includes(from)) throw new Error(`the shipped file does not hold "${from}"`);
      return made.replace(from, to);
    },
    readFileSync(join(shipped, name), 'utf8'),
  );
function faultsWith(edits: {
  readonly workspace?: readonly Edit[];
  readonly model?: readonly Edit[];
  readonly matrix?: readonly Edit[];
  readonly questions?: readonly Edit[];
}): readonly string[] {
  writeFileSync(join(dir, 'pain-and-fit.yaml'), text('pain-and-fit.yaml', edits.matrix));
  writeFileSync(join(dir, 'four-questions.yaml'), text('four-questions.yaml', edits.questions));
  writeFileSync(join(dir, 'workspace.yaml'), text('workspace.yaml', edits.workspace));
  writeFileSync(join(dir, 'b2b-points.yaml'), text('b2b-points.yaml', edits.model));
  return readSettings(dir).faults.map(({ path, says }) => `${path}: ${says}`);
}
const segment = (when: string): { readonly workspace: readonly Edit[] } => ({
  workspace: [['{ field: size, oneOf: [1-10, 11-50] }', when]],
});
const fit = (line: string): { readonly model: readonly Edit[] } => ({ model: [['\nfit:\n', `\nfit:\n  ${line}\n`]] });
const table = '{ a: 1, _other: 0, _unknown: 0 }';

test.each<[string, Parameters<typeof faultsWith>[0], RegExp]>([
  ['religion in a segment', segment('{ field: religion }'), /^workspace.yaml.segments.small-teams.when.field: is about religion or belief/],
  [
    'a German word for health deep in a segment',
    segment('{ all: [{ field: size }, { not: { field: Gesundheitszustand } }] }'),
    /^workspace.yaml.segments.small-teams.when.all\[1\].not.field: is about health/,
  ],
  [
    'political views in a persona',
    { workspace: [['{ field: seniority, oneOf: [manager, specialist] }', '{ field: parteizugehörigkeit }']] },
    /^workspace.yaml.personas.team-lead.when.field: is about political views/,
  ],
  [
    'a belief as a value',
    segment('{ field: topic, oneOf: [planning, katholisch] }'),
    /when.oneOf\[1\]: "katholisch" is about religion or belief/,
  ],
  ['an illness as a value', segment('{ field: topic, is: diabetes }'), /when.is: "diabetes" is about health/],
  [
    'a belief in a table of fit',
    fit('topic: { muslim: 3, _other: 0, _unknown: 0 }'),
    /^b2b-points.yaml.fit.topic.muslim: "muslim" is about religion/,
  ],
  [
    'a German word for health in a table of fit',
    fit('topic: { gesundheit: 3, _other: 0, _unknown: 0 }'),
    /fit.topic.gesundheit: "gesundheit" is about health/,
  ],
  [
    'such a word among the industries, where the industry was meant',
    { model: [['healthcare: 10', 'gesundheit: 10']] },
    /fit.industry.gesundheit: "gesundheit" is no industry; it is about health.*did you mean "healthcare"\?/,
  ],
  [
    'a trait nobody has',
    fit(`favouriteColour: ${table}`),
    /fit.favouriteColour: "favouriteColour" is not known of anybody.*Known are source, industry/,
  ],
  ['a misspelt trait', { model: [['  seniority: {', '  senority: {']] }, /fit.senority: .*did you mean "seniority"\?/],
  ['a misspelt trait in a segment', segment('{ field: contry, is: DE }'), /when.field: .*did you mean "country"\?/],
  [
    'a misspelt value',
    { model: [['owner: 25', 'ownr: 25']] },
    /fit.seniority.ownr: "ownr" is no seniority; did you mean "owner"\? It can be owner, executive/,
  ],
  ['a title where a seniority belongs', { model: [['owner: 25', 'geschäftsführer: 25']] }, /did you mean "executive"\?/],
  [
    'a size that is no band',
    segment('{ field: size, oneOf: [1-10, 20-50] }'),
    /when.oneOf\[1\]: "20-50" is no size; did you mean "11-50"\?/,
  ],
  ['a country by its name', segment('{ field: country, is: Germany }'), /when.is: "Germany" is no country; did you mean "DE"\?/],
  [
    'a misspelt source',
    { model: [['trade-show: 10', 'trade-shw: 10']] },
    /^b2b-points.yaml.starting.trade-shw: "trade-shw" is no source there is; did you mean "trade-show"\?/,
  ],
  ['a source as a list writes it', { model: [['trade-show: 10', 'Trade Show: 10']] }, /did you mean "trade-show"\?/],
  [
    'a question about a belief',
    { questions: [['trait: department', 'trait: Konfession']] },
    /^four-questions.yaml.questions\[1\].trait: is about religion/,
  ],
  [
    'a question about something nobody has',
    { questions: [['trait: department', 'trait: departmnt']] },
    /questions\[1\].trait: .*did you mean "department"\?/,
  ],
  [
    'a best answer that is misspelt',
    { questions: [['[operations, management]', '[operatons, management]']] },
    /questions\[1\].best\[0\]: "operatons" is no department; did you mean "operations"\?/,
  ],
  [
    'another answer that is misspelt',
    { questions: [['director: 3', 'directr: 3']] },
    /questions\[0\].others.directr: .*did you mean "director"\?/,
  ],
  [
    'an answer better than the best',
    { questions: [['director: 3', 'director: 4']] },
    /questions\[0\].others.director: must be less than the best answer's 4/,
  ],
  [
    'an answer that is best and other',
    { questions: [['director: 3', 'owner: 3']] },
    /questions\[0\].others.owner: is among the best answers, too/,
  ],
  ['a question that is there twice', { questions: [['id: department', 'id: job-title']] }, /questions\[1\].id: "job-title" is there twice/],
  ['sums for grades that do not fall', { questions: [['A: 13', 'A: 8']] }, /four-questions.yaml.grades: must fall from A to C/],
  ['pain beyond ten', { matrix: [['pain: 7', 'pain: 70']] }, /^pain-and-fit.yaml.high.pain: must be 1 to 10/],
  ['a quadrant there is not', { matrix: [['  both: Call', '  most: Call']] }, /pain-and-fit.yaml.quadrants: does not know "most"/],
  [
    'a kind there is not',
    { matrix: [['kind: merodio', 'kind: merlin']] },
    /pain-and-fit.yaml.kind: must be merodio, questions or .*; without a kind it is a model of points/,
  ],
  [
    'a type for an own field about health',
    { workspace: [['  fields: {}', '  fields: { Behinderung: yes-no }']] },
    /imports.fields.Behinderung: is about health/,
  ],
  [
    'a belief among the values of an own field',
    { workspace: [['  fields: {}', '  fields: { group: [a, muslim] }']] },
    /imports.fields.group\[1\]: "muslim" is about religion/,
  ],
  [
    'an own field of free text',
    { workspace: [['  fields: {}', '  fields: { note: text }'], ...segment('{ field: note }').workspace] },
    /when.field: is free text/,
  ],
  [
    'a value an own field cannot have',
    { workspace: [['  fields: {}', '  fields: { crm: [salesforce, hubspot] }'], ...segment('{ field: crm, is: hubspt }').workspace] },
    /when.is: "hubspt" is no crm; did you mean "hubspot"\? It can be salesforce, hubspot/,
  ],
])('%s is a fault with its place', (_, edits, says) => expect(faultsWith(edits)).toEqual([expect.stringMatching(says)]));

test('models beside the one that decides are there, or only the installation has them; a misspelt one is told', () => {
  const named = (beside: string): readonly string[] =>
    faultsWith({ workspace: [['model: b2b-points', `model: b2b-points\nbeside: [${beside}]`]] });
  expect(named('pain-and-fit, four-questions, predicted')).toEqual([]);
  expect(named('pain-and-fit, four-qestions')).toEqual([
    expect.stringMatching(/^workspace.yaml.beside\[1\]: names "four-qestions"; there is .*did you mean "four-questions"\?/),
  ]);
});

test('a matrix of pain and fit that decides needs somebody typical', () => {
  const named: Edit = ['model: b2b-points', 'model: pain-and-fit'];
  expect(faultsWith({ workspace: [named] })).toEqual([]);
  writeFileSync(join(dir, 'workspace.yaml'), text('workspace.yaml', [named]).replace(/^personas:\n(?: .*\n)+/m, ''));
  expect(readSettings(dir).faults).toEqual([
    { path: 'workspace.yaml.model', says: expect.stringContaining('there is none under personas') },
  ]);
});

test('own fields with a type, traits that take any code and sources of the workspace pass', () => {
  const faults = faultsWith({
    workspace: [
      ['  fields: {}', '  fields: { seats: number, renewal: date, partner: yes-no, crm: [salesforce, hubspot] }'],
      ['    co-registration: {', '    trade-shop: { consent: needed }\n    co-registration: {'],
      [
        '{ field: size, oneOf: [1-10, 11-50] }',
        '{ any: [{ field: seats, atLeast: 20 }, { field: renewal }, { field: partner, is: true }, { field: crm, is: hubspot }, { field: topic, is: planning }, { field: country, is: DE }, { field: source, is: olark-chat }] }',
      ],
    ],
    model: [
      [
        '\nfit:\n',
        `\nfit:\n  crm: { salesforce: 3, _other: 0, _unknown: 0 }\n  partner: { 'true': 5, _other: 0, _unknown: 0 }\n  topic: ${table}\n`,
      ],
      ['  trade-show: 10', '  trade-show: 10\n  trade-shop: 5\n  olark-chat: 5'],
    ],
  });
  expect(faults).toEqual([]);
});

test('a model alone, without the settings around it, may name fields that only those settings know', () => {
  const path = join(dir, 'alone.yaml');
  writeFileSync(path, text('b2b-points.yaml', fit(`seats: ${table}`).model));
  expect(readSettingsFile(path).faults).toEqual([]);
  writeFileSync(path, text('b2b-points.yaml', fit(`Konfession: ${table}`).model));
  expect(readSettingsFile(path).faults).toEqual([{ path: 'alone.yaml.fit.Konfession', says: expect.stringContaining('religion') }]);
});

test('what is far from every known word is not guessed at', () => {
  expect(closest('colour', ['country', 'size'])).toBeUndefined();
  expect(closest('senoirity', ['seniority'])).toBe('seniority');
  expect(closest('trade_show', ['trade-show'])).toBe('trade-show');
});

test('ordinary words of business are about nobody', () => {
  for (const word of ['healthcare-software', 'software', 'construction', 'white-paper', 'green-energy', 'partner'])
    expect([word, specialValue(word)]).toEqual([word, undefined]);
});
