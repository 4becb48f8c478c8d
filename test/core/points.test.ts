/** What an event is worth, to whom, and for how long. */
import { decide, describeLead, fold, initial, readScore, temperatureOf } from '../../workflows/core';
import type { PointsModel } from '../../workflows/core';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { b2bPoints, publish } from '../support/published';
import { changed, confirming, daily } from './plans';

const { ada, ben, chloe, dmitri, eve } = people;
const day = 86_400_000;
const published = publish({ plans: [daily, confirming] });
const scoreOf = (tale: ReturnType<typeof given>, model = 'b2b-points') => readScore(tale.state().scores[model]);
const pointsOf = (tale: ReturnType<typeof given>, model = 'b2b-points') => (tale.state().scores[model]?.total ?? 0) / 1_000;

describe('points', () => {
  test('are counted by rule, for what a human did', () => {
    const tale = given(published, ada.leadId).does('form.submitted', { form: 'ebook' }).does('newsletter.subscribed', { topic: 'roi' });
    expect(tale.factsOf('PointsChanged').map(({ rule, raw, delta, model }) => [rule, raw, delta, model])).toEqual([
      ['form', 20_000, 20_000, 'b2b-points@1#d1'],
      ['newsletter', 15_000, 15_000, 'b2b-points@1#d1'],
    ]);
    expect(scoreOf(tale)).toBe(35);
  });

  test.each(['machine', 'unknown'] as const)('are not for what a %s did; that is recorded and moves nothing', (actor) => {
    const tale = given(published, ada.leadId).does('form.submitted', { form: 'ebook' }, { actor });
    expect(tale.last().map(({ type }) => type)).toEqual(['EngagementRecorded']);
    expect(tale.state().lastEngagedAt).toBeUndefined();
  });

  test('need the fields of the rule', () => {
    const tale = given(published, ada.leadId).does('page.viewed', { path: '/blog' }).does('page.viewed', { path: '/pricing/team' });
    expect(tale.factsOf('PointsChanged').map(({ rule }) => rule)).toEqual(['visit', 'visit', 'pricing']);
  });

  test('of one rule stop at its cap of the day, and go on the next', () => {
    const tale = given(published, ada.leadId);
    for (let n = 0; n < 5; n += 1) tale.does('page.viewed', { path: '/blog' });
    expect(pointsOf(tale)).toBe(15);
    expect(tale.factsOf('PointsChanged').map(({ delta, capped }) => [delta, capped])).toEqual([
      [5_000, undefined],
      [5_000, undefined],
      [5_000, undefined],
      [0, 'day'],
      [0, 'day'],
    ]);
    expect(pointsOf(tale.after('1 day').does('page.viewed', { path: '/blog' }))).toBe(20);
  });

  test('of one rule stop at its cap in total', () => {
    const tale = given(published, ada.leadId);
    for (let n = 0; n < 4; n += 1) tale.after('1 day').does('social.followed', { network: 'mastodon' });
    expect(pointsOf(tale)).toBe(10);
    expect(tale.factsOf('PointsChanged').at(-1)).toEqual(expect.objectContaining({ delta: 0, capped: 'total' }));
  });

  test('fade with the days, by the table of the model, when the lead is next decided', () => {
    const tale = given(published, ada.leadId).does('form.submitted', { form: 'ebook' });
    tale.after('29 days');
    expect([pointsOf(tale), tale.last().length]).toEqual([20, 0]);
    expect(tale.after('1 day').last()).toEqual([
      expect.objectContaining({ type: 'PointsDecayed', delta: -10_000 }),
      expect.objectContaining({ type: 'LeadRested' }),
    ]);
    expect(pointsOf(tale.after('60 days'))).toBe(5);
    expect(pointsOf(tale.after('90 days'))).toBe(0);
    expect(scoreOf(tale)).toBe(1);
  });

  test('that arrive late count as faded as they are', () => {
    const tale = given(published, ada.leadId)
      .does('app.login')
      .does('form.submitted', { form: 'ebook' }, { at: monday - 40 * day });
    expect(tale.factsOf('PointsChanged')).toEqual([expect.objectContaining({ raw: 20_000, delta: 10_000, decayPercent: 50 })]);
    expect(
      tale
        .does('form.submitted', { form: 'ebook' }, { at: monday - 400 * day })
        .last()
        .map(({ type }) => type),
    ).toEqual(['EngagementRecorded']);
  });

  test('of an event dated in the future do not outlive their day', () => {
    const tale = given(published, ada.leadId).does('form.submitted', { form: 'ebook' }, { at: monday + 500 * day });
    expect(tale.state().lastEngagedAt).toBe(monday);
    expect(pointsOf(tale.after('31 days'))).toBe(10);
  });

  test('may be negative, and the score never reads below 1 once something was seen', () => {
    const tale = given(published, ada.leadId).does('email.unsubscribed');
    expect([pointsOf(tale), scoreOf(tale), readScore(undefined)]).toEqual([-20, 1, 0]);
  });

  test('never read above 100', () => {
    const tale = given(published, ada.leadId);
    for (let n = 0; n < 8; n += 1) tale.does('form.submitted', { form: 'ebook' });
    expect([pointsOf(tale), scoreOf(tale)]).toEqual([160, 100]);
  });

  test('start by the source, once, when the person is known', () => {
    expect(scoreOf(given(published, ben.leadId).profile(ben.traits))).toBe(10);
    expect(
      scoreOf(
        given(published, dmitri.leadId)
          .profile(dmitri.traits)
          .profile({ ...dmitri.traits, size: 'l' }),
      ),
    ).toBe(15);
    expect(scoreOf(given(published, ada.leadId).profile(ada.traits))).toBe(0);
    const faded = given(published, ben.leadId)
      .profile(ben.traits)
      .after('200 days')
      .profile({ ...ben.traits, size: 'l' });
    expect(pointsOf(faded)).toBe(0);
  });
});

describe('models side by side', () => {
  const eager: PointsModel = {
    ...b2bPoints,
    id: 'eager',
    version: 3,
    rules: [{ id: 'login', on: 'app.login', points: 30 }],
    starting: {},
    fit: {},
  };
  const two = publish({ plans: [changed(daily, { model: 'eager' })], models: [b2bPoints, eager] });

  test('the model of a sequence counts from the enrolment on, beside that of the workspace', () => {
    const tale = given(two, ada.leadId)
      .does('app.login')
      .command({ word: 'enrol', sequence: 'daily' })
      .does('app.login')
      .does('form.submitted', { form: 'ebook' });
    expect([scoreOf(tale), scoreOf(tale, 'eager')]).toEqual([20, 30]);
  });

  test('a new version of a model restates the ledger at the next day', () => {
    const tale = given(published, ada.leadId).does('form.submitted', { form: 'ebook' }).does('page.viewed', { path: '/blog' });
    const milder = publish({ plans: [], models: [{ ...b2bPoints, version: 2, decay: [{ afterDays: 1, percent: 10 }] }] });
    const facts = decide(milder, tale.state(), [], monday + day);
    expect(facts).toEqual([expect.objectContaining({ type: 'PointsDecayed', model: 'b2b-points@2#d1', delta: -22_500 })]);
    expect(fold(tale.state(), facts).scores['b2b-points']?.model).toBe('b2b-points@2#d1');
  });

  test('a model that never fades forgets after four hundred days', () => {
    const lasting = publish({ plans: [], models: [{ ...b2bPoints, decay: [] }] });
    const state = fold(initial('x'), decide(lasting, initial('x'), [], monday));
    const tale = given(lasting, ada.leadId, monday, state).does('form.submitted', { form: 'ebook' });
    expect([pointsOf(tale.after('399 days')), pointsOf(tale.after('1 day'))]).toEqual([20, 0]);
  });
});

describe('fit, grade and temperature', () => {
  test('the grade comes from the traits', () => {
    const graded = (traits: Readonly<Record<string, string>>) =>
      given(published, 'x')
        .profile(traits)
        .factsOf('GradeChanged')
        .map(({ fit, grade }) => [fit, grade]);
    expect(graded(chloe.traits)).toEqual([[40, 'A']]);
    expect(graded({ industry: 'mining', seniority: 'head' })).toEqual([[25, 'B']]);
    expect(graded({ industry: 'mining' })).toEqual([[10, 'C']]);
    expect(graded({})).toEqual([[0, 'D']]);
  });

  test('a changed profile changes the grade, an unchanged one says nothing', () => {
    const tale = given(published, eve.leadId).profile({}).profile({ language: 'en' }).profile(chloe.traits);
    expect(tale.factsOf('GradeChanged').map(({ grade }) => grade)).toEqual(['D', 'A']);
  });

  test('the temperature is by the score where need is not known', () => {
    const tale = given(published, ada.leadId);
    const read = () => temperatureOf(tale.state(), b2bPoints);
    expect(read()).toEqual({ is: 'cold', by: 'score' });
    tale.does('form.submitted').does('newsletter.subscribed');
    expect(read()).toEqual({ is: 'warm', by: 'score' });
    tale.does('form.submitted').does('form.submitted');
    expect(read()).toEqual({ is: 'hot', by: 'score' });
  });

  test.each([
    [{ need: 'urgent', budget: 'yes', timeframe: 'quarter' }, 'hot'],
    [{ need: 'urgent', budget: 'none' }, 'warm'],
    [{ need: 'some', budget: 'yes', timeframe: 'quarter' }, 'warm'],
    [{ need: 'none' }, 'cold'],
  ])('is by BANT where it is: %j is %s, whatever the score', (traits, is) => {
    const tale = given(published, ada.leadId)
      .profile(traits)
      .does('form.submitted')
      .does('form.submitted')
      .does('form.submitted')
      .does('form.submitted');
    expect(temperatureOf(tale.state(), b2bPoints)).toEqual({ is, by: 'bant' });
    expect(describeLead(published, tale.state(), monday).details).toContain(`${is} (by bant)`);
  });
});
