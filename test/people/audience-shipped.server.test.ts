/** What ships can be asked: every segment and persona of the settings, and every field the README names, with none left out. */
import { readFileSync } from 'node:fs';
import { audienceSelection } from '../../activities/people/audience';
import { audienceHandlers } from '../../activities/people/audience/handlers';
import { publishArtefacts } from '../../activities/people/published';
import type { Database } from '../../activities/people/database';
import type { Settings } from '../../workflows/core';
import { readCatalogue } from '../../workflows/catalogue';
import { freshStore, importOne, monday } from './store';

let db: Database;
const { artefacts } = readCatalogue('workflows');
beforeAll(async () => {
  ({ db } = await freshStore());
  await publishArtefacts(db, artefacts, 'test');
  await importOne(db, { Email: 'ada@engines.example', 'Job title': 'Managing director', Industry: 'Software' });
});
afterAll(() => db.close());

const settings = artefacts.find(({ kind, id }) => kind === 'settings' && id === 'workspace')?.body as Settings;
const names = [
  ...Object.keys(settings.segments ?? {}).map((name) => `segment(${name})`),
  ...Object.keys(settings.personas ?? {}).map((name) => `persona(${name})`),
];

test.each(names)('%s', async (question) => {
  const { text, values } = await audienceSelection(db, `${question} or not ${question}`, monday);
  expect((await db.query(text, [...values])).rows).toHaveLength(1);
});

const readme = readFileSync('README.md', 'utf8');
const chapter = readme.slice(readme.indexOf('## Find people by a question'), readme.indexOf('## Run a campaign'));
/** Of the last column of the chapter's tables; `seats` and `trained` stand for columns of one's own. */
const asked = chapter
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
  .flatMap((line) => [...(line.split('|').at(-2) ?? '').matchAll(/`([^`]+)`/g)].map(([, question = '']) => question))
  .filter((question) => !/^(seats|trained) /.test(question));

test.each(asked)('the README asks: %s', async (question) => {
  const { text, values } = await audienceSelection(db, question, monday);
  expect((await db.query(text, [...values])).rows.length).toBeLessThanOrEqual(1);
});

test('the README names every field there is', async () => {
  const part = /<!-- fields -->\n([\s\S]*?)<!-- \/fields -->/.exec(readme)?.[1] ?? '';
  const named = part.split('\n').flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([a-z]+)`/g)].map(([, field = '']) => field));
  const told = await audienceHandlers(db, () => monday).audienceFields({});
  expect('fields' in told ? told.fields.map(({ name }) => name).sort() : told).toEqual(named.sort());
});
