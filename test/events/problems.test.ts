/** The table of problems and the code say the same: no name is used that the table does not explain, and the table explains none that nobody uses. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problems } from '../../events/problems';

const root = join(__dirname, '..', '..');
const sources = ['events', 'workflows', 'activities', 'worker', 'client'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && `${folder}/${file}` !== 'events/problems.ts')
    .map((file) => ({ file: `${folder}/${file}`, text: readFileSync(join(root, folder, file), 'utf8') })),
);

/** Where a name of a problem is given: as a code, to a function that makes a problem of it, as the type of a failure. */
const places = [
  /\bcode: '([a-z]+(?:-[a-z]+)+)'/g,
  /\bcode === '([a-z]+(?:-[a-z]+)+)'/g,
  /\b(?:problem|fault|refusalOf|unavailable|trouble)\(\s*'([a-z]+(?:-[a-z]+)+)'/g,
  /ApplicationFailure\.nonRetryable\((?:[^()]|\([^()]*\))*'([a-z]+(?:-[a-z]+)+)',?\s*\)/g,
  /\btype: '([a-z]+-[a-z]+(?:-[a-z]+)*)', message/g,
  /new Refusal\((?:[^()]|\([^()]*\))*'([a-z]+(?:-[a-z]+)+)',?\s*\)/g,
  /\b\w*[cC]ode = '([a-z]+(?:-[a-z]+)+)'/g,
];
const given = sources.flatMap(({ file, text }) =>
  places.flatMap((place) => [...text.matchAll(place)].map((match) => ({ file, code: match[1] ?? '' }))),
);

test('every problem that the code names is in the table', () => {
  expect(given.length).toBeGreaterThan(40);
  expect(given.filter(({ code }) => !Object.hasOwn(problems, code)).map(({ file, code }) => `${code} in ${file}`)).toEqual([]);
});

test('every problem in the table is named by the code, under its own name', () => {
  const all = sources.map(({ text }) => text).join('\n');
  const unused = Object.keys(problems).filter((code) => !new RegExp(`['"\`]${code}['"\`]`).test(all));
  expect(unused).toEqual([]);
  for (const [name, { code, means, todo }] of Object.entries(problems))
    expect([name, means, todo]).toEqual([code, expect.stringMatching(/\.$/), expect.stringMatching(/[.}]$/)]);
});

test('the search finds a name wherever one can stand', () => {
  const codes = new Set(given.map(({ code }) => code));
  for (const code of [
    'ask-malformed',
    'event-malformed',
    'facts-away',
    'digest-unknown',
    'command-malformed',
    'row-empty',
    'people-away',
    'wake-stuck',
  ])
    expect(codes).toContain(code);
});
