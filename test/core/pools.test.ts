/** Content pools: the next unsent, still fitting piece each time, at a cadence; and what follows when nothing fits. */
import { clicked, defineSequence, email, field, pool } from '../../workflows/core/words';
import type { SaidStep } from '../../workflows/core/words';
import { faultsOf } from '../../workflows/core';
import type { Published } from '../../workflows/core';
import type { ContentInfo } from '../../workflows/core/plan';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';

const { ada } = people;
const day = 86_400_000;
const piece = (id: string, more: Partial<ContentInfo> = {}): ContentInfo => ({
  id,
  version: 1,
  digest: 'c1',
  kind: 'blog',
  evergreen: true,
  stage: 'awareness',
  topic: 'planning',
  language: 'en',
  ...more,
});
const shelf = [
  piece('third'),
  piece('first', { priority: 1 }),
  piece('second', { priority: 2 }),
  piece('rep-note', { kind: 'rep' }),
  piece('goodbye', { evergreen: false, priority: 1 }),
];
const settings = { quietHours: { from: 0, to: 0, zone: 'Etc/UTC' }, cap: { touches: 50, per: '1 day' } } as const;
const worldOf = (pieces: readonly ContentInfo[], touches: readonly SaidStep<string, never>[]): Published => ({
  ...publish({
    plans: [defineSequence({ id: 'plan', version: 1, model: 'b2b-points', phases: { start: { touches, exhaustedAfter: '300 days' } } })],
    settings,
  }),
  content: (id) => pieces.find((one) => one.id === id) ?? piece(id),
  contents: () => pieces,
});
const entered = (published: Published, traits = {}) =>
  given(published, ada.leadId)
    .profile({ zone: 'Etc/UTC', ...traits })
    .command({ word: 'enrol', sequence: 'plan' });
const sent = (tale: ReturnType<typeof given>) =>
  tale.factsOf('TouchSent').map(({ content, recordedAt }) => `${content.split('@')[0]} day ${Math.round((recordedAt - monday) / day)}`);
const news = pool('news', { after: '1 day', from: { topic: 'planning' }, every: '1 week' });

test('sends the most important piece first, then the next unsent one each week, and never one twice', () => {
  const tale = entered(worldOf(shelf, [news])).until(monday + 60 * day);
  expect(sent(tale)).toEqual(['first day 1', 'second day 8', 'third day 15']);
});

test('waits for new pieces when nothing fits any more, and says so each time', () => {
  const pieces = [...shelf];
  const tale = entered(worldOf(pieces, [news])).until(monday + 25 * day);
  expect(tale.factsOf('PoolRanDry').map(({ recordedAt, goesOn }) => [(recordedAt - monday) / day, goesOn])).toEqual([[22, false]]);
  expect(tale.wake()).toBe(monday + 29 * day);
  pieces.push(piece('fresh'));
  expect(sent(tale.until(monday + 40 * day)).at(-1)).toBe('fresh day 29');
});

test('goes on with the next step when it is told to', () => {
  const dry = pool('news', { after: '1 day', from: {}, every: '1 week', dry: 'next' });
  const tale = entered(worldOf(shelf, [dry, email('end', { after: '1 day' })])).until(monday + 60 * day);
  expect(sent(tale).at(-1)).toBe('end day 23');
  expect(tale.factsOf('PoolRanDry')).toMatchObject([{ goesOn: true }]);
});

test('sends the newest first where that is wanted', () => {
  const pieces = [piece('old', { date: '2025-01-01' }), piece('none'), piece('new', { date: '2026-01-01' })];
  const newest = pool('news', { after: '1 day', from: {}, every: '1 week', order: 'newest' });
  expect(sent(entered(worldOf(pieces, [newest])).until(monday + 30 * day))).toEqual(['new day 1', 'old day 8', 'none day 15']);
});

test('sends only what fits: topic, stage, kind; the own topic and language of the person', () => {
  const pieces = [
    piece('en-plan'),
    piece('de-plan', { language: 'de' }),
    piece('en-cost', { topic: 'cost' }),
    piece('case', { kind: 'case study', stage: 'consideration' }),
  ];
  const of = (from: Parameters<typeof pool>[1]['from'], traits = {}) =>
    sent(entered(worldOf(pieces, [pool('news', { after: '1 day', from, every: '1 week' })]), traits).until(monday + 60 * day)).map(
      (one) => one.split(' ')[0],
    );
  expect(of({ topic: 'own' }, { topic: 'cost' })).toEqual(['en-cost']);
  expect(of({ topic: 'planning', stage: 'awareness' }, { language: 'de' })).toEqual(['de-plan']);
  expect(of({ topic: 'planning', stage: 'awareness' }, { language: 'fi' })).toEqual(['de-plan', 'en-plan']);
  expect(of({ kind: ['case study'] })).toEqual(['case']);
  expect(of({ language: 'en', topic: 'planning' })).toEqual(['case', 'en-plan']);
});

test.each([
  ['daily', 1],
  ['monthly', 28],
  ['10 days', 10],
  [undefined, 7],
])('comes at the own frequency of the person: %s', (frequency, days) => {
  const own = pool('news', { after: '0 minutes', from: {}, every: 'preferred' });
  const tale = entered(worldOf(shelf, [own]), frequency === undefined ? {} : { frequency }).until(monday + 60 * day);
  expect(sent(tale).slice(0, 2)).toEqual(['first day 0', `second day ${days}`]);
});

test('keeps to its local time, week after week, though each mail takes a moment', () => {
  const tuesdays = pool('news', { after: '0 minutes', on: 'Tuesday 10:00', from: {}, every: '2 weeks' });
  const tale = entered(worldOf(shelf, [tuesdays]));
  const sentAt: number[] = [];
  for (let n = 0; n < 3; n += 1) {
    tale.until(tale.wake() ?? 0, { hold: true });
    sentAt.push(tale.now());
    tale.after('5 minutes').delivered();
  }
  expect(sentAt.map((at) => (at - monday) / day)).toEqual([1, 15, 29]);
});

test('a piece that is refused or withheld leaves the pool where it is', () => {
  const tale = entered(worldOf(shelf, [news])).until(monday + day, { hold: true });
  const refused = { as: 'refused', because: 'mailbox full', permanent: false } as const;
  tale.outcome(tale.sends()[0]?.id ?? '', refused).until(monday + 8 * day, { hold: true });
  expect(tale.sends().map(({ content, touch }) => [content, touch])).toEqual([['first', 'news']]);
});

test('a turn whose condition does not hold is left out, and the next comes', () => {
  const unless = pool('news', { after: '1 day', from: {}, every: '1 week', unless: field('mood').is('enough') });
  const tale = entered(worldOf(shelf, [unless]), { mood: 'enough' }).until(monday + 2 * day);
  expect(tale.factsOf('TouchWithheld').map(({ because, pool: stays }) => [because, stays])).toEqual([['condition', true]]);
  expect(sent(tale.profile({ zone: 'Etc/UTC' }).until(monday + 9 * day))).toEqual(['first day 8']);
});

test('a click in any of its pieces is a click in it', () => {
  const plan = [news, email('thanks', { after: '0 minutes', when: clicked('news') })];
  const sequence = defineSequence({
    id: 'plan',
    version: 1,
    model: 'b2b-points',
    phases: {
      start: { touches: plan, advance: [{ to: 'more', when: clicked('news') }], exhaustedAfter: '90 days' },
      more: { touches: [], exhaustedAfter: '1 day' },
    },
  });
  const tale = entered({ ...worldOf(shelf, [news]), ...publish({ plans: [sequence], settings }), contents: () => shelf }).until(
    monday + 9 * day,
  );
  const second = tale.factsOf('TouchSent')[1];
  expect(second?.effect).toBe('e1.start.news~1~2.1');
  expect(tale.does('email.clicked', { link: 'x' }, { effect: second?.effect ?? '' }).state().enrolments['e1']?.phase).toBe('more');
});

test('a pool that would send everything at once is a fault, and so are words it does not know', () => {
  const odd = { ...news, pool: { from: { kind: [] }, every: '0 days', order: 'random', dry: 'never' } };
  const plan = {
    ...defineSequence({ id: 'plan', version: 1, model: 'm', phases: { start: { touches: [news], exhaustedAfter: '9 days' } } }),
  };
  const faulty = { ...plan, phases: { start: { ...plan.phases['start'], touches: [odd] } } };
  expect(faultsOf(faulty as unknown as Parameters<typeof faultsOf>[0]).map(({ path }) => path)).toEqual([
    'phases.start.touches[0].pool.every',
    'phases.start.touches[0].pool.order',
    'phases.start.touches[0].pool.dry',
    'phases.start.touches[0].pool.from.kind',
  ]);
});
