/** `ripen calendar`: what many leads will get, summed by day; what collides; what sales has open. */
import { nowAt, ripen } from './fake-context';
import type { World } from './fake-context';
import { artefactOf, refOf } from '../../events/digest';
import type { Reply } from '../../events/requests';
import { publishedView } from '../../client/published';
import { defineSequence, email, engaged } from '../../workflows/core/words';
import type { Plan } from '../../workflows/core';
import { given } from '../support/given';
import { people } from '../support/people';
import { fits, published } from './small-world';

const hour = 3_600_000;
const mails = (id: string, ...names: string[]): Plan =>
  defineSequence({
    id,
    version: 1,
    model: 'b2b-points',
    handOff: [{ name: 'asked', when: engaged('form.submitted'), sla: { accept: '4 hours', contact: '2 days' }, during: 'continue' }],
    phases: { only: { touches: names.map((name) => email(name, { after: '1 day' })), exhaustedAfter: '60 days' } },
  });
const listed = [mails('season', 'one', 'two', 'three', 'four'), mails('extra', 'five', 'six')].map(
  (plan): Reply<'published'>['artefacts'][number] => {
    const { kind, id, version, digest, body } = artefactOf('plan', plan);
    return { kind, ref: refOf(id, version, digest), publishedAt: 1, current: true, body };
  },
);
const pieces = ['one', 'two', 'three', 'four', 'five', 'six'].map((id): Reply<'published'>['artefacts'][number] => {
  const { kind, version, digest, body } = artefactOf('content', {
    id,
    version: 1,
    kind: 'blog',
    language: 'en',
    subject: id,
    template: '<p>x</p>',
  });
  return { kind, ref: refOf(id, version, digest), publishedAt: 1, current: true, body };
});
const all = [...published, ...listed, ...pieces];
const facts = (() => {
  const view = publishedView(all);
  if (view === undefined) throw new Error('the small world holds no settings');
  const tale = given(view, people.ada.leadId, nowAt - hour).profile(people.ada.traits);
  tale
    .command({ word: 'enrol', sequence: 'season' })
    .command({ word: 'enrol', sequence: 'extra' })
    .does('form.submitted', { form: 'demo' });
  return tale.outcome('h1.assign.1', { as: 'assigned', rep: 'rep-maya' }).history();
})();
const world: World = {
  facts,
  people: { published: () => ({ artefacts: all }) },
  stream: () => ({ state: { subjects: { 'facts.lead.lead-ada': 9, 'facts.lead.lead-ben': 9 } }, total: 2 }),
};

test('sums the mails of all people by day, within the cap, and says who collides', async () => {
  const { exit, json, commands } = await ripen(world, 'calendar', '--next', '2 weeks', '--json');
  expect([exit, commands]).toEqual([0, []]);
  const days = json['days'] as { readonly mails: number }[];
  expect([json['leads'], days.length, days.reduce((sum, { mails: sent }) => sum + sent, 0)]).toEqual([2, 14, 12]);
  // Three messages in seven days is the cap of the small world.
  expect(days.slice(0, 7).reduce((sum, { mails: sent }) => sum + sent, 0)).toBeLessThanOrEqual(2 * 3);
  expect(json['collisions']).toEqual([expect.objectContaining({ between: 'extra + season', leads: 2 })]);
});

test('says what sales has open and whose time runs out, and marks who has too much', async () => {
  const { out } = await ripen(world, 'calendar', '--capacity', '1');
  expect(out).toMatch(/Maya Okafor +2 +2 +2 +over 1/);
  fits(out);
});

test.each([
  ['--next', '0 days'],
  ['--next', 'a while'],
  ['--next', '99 weeks'],
  ['--capacity', 'many'],
])('%s %s is wrong usage', async (...words) => expect((await ripen(world, 'calendar', ...words)).exit).toBe(2));
