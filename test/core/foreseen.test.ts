/** A predictive model in the core: it scores by what is known now, stands beside points, decides where it is named, and says why. */
import { ledgersOf } from '../../client/ledger';
import { decide, HistoryNeeded, readScore } from '../../workflows/core';
import type { LeadState } from '../../workflows/core';
import { inHindsight } from '../../workflows/core/past';
import { probability } from '../../workflows/core/predict';
import { partsWord } from '../../workflows/speech/fact-words';
import { defineSequence, email, score } from '../../workflows/core/words';
import { eventInput, given } from '../support/given';
import { people } from '../support/people';
import { b2bPoints, publish } from '../support/published';
import { predicted } from './predict/from-log';

jest.setTimeout(60_000);

const { ada } = people;
const model = predicted();
const { artefact } = model;
const asks = defineSequence({
  id: 'asks',
  version: 1,
  for: 'leads',
  model: 'predicted',
  reenter: 'never',
  phases: {
    wait: {
      stage: 'awareness',
      touches: [email('welcome', { after: '30 days' })],
      advance: [{ to: 'likely', when: score.atLeast(35) }],
      exhaustedAfter: '90 days',
    },
    likely: { stage: 'decision', touches: [email('pricing', { after: '30 days' })], exhaustedAfter: '90 days' },
  },
});
const beside = publish({ plans: [asks], models: [b2bPoints, model], settings: { beside: ['predicted'] } });
const alone = publish({ plans: [asks], models: [b2bPoints, model], settings: { model: 'predicted' } });
const percent = (state: LeadState): number => readScore(state.scores['predicted']);
const eager = (published = beside) => {
  const one = given(published, ada.leadId).profile({ source: 'referral', country: 'DE' });
  one.does('trial.started', { plan: 'pro' });
  for (let login = 0; login < 6; login += 1) one.after('6 hours').does('app.login');
  return one;
};

describe('a predictive model', () => {
  test('scores by the very figures it was trained to give', () => {
    const one = given(beside, ada.leadId).profile({ source: 'referral', country: 'DE' });
    const known = { source: 'referral', country: 'DE', 'did trial.started': 0, 'did app.login': 0, 'did page.viewed': 0 };
    expect(percent(one.state())).toBe(Math.floor(Math.round(probability(artefact, known, 'arrival') * 1000) / 10));
  });

  test('counts beside the points and leaves what follows to them', () => {
    const one = eager();
    expect(percent(one.state())).toBeGreaterThan(30);
    expect(Object.keys(one.state().scores).sort()).toEqual(['b2b-points', 'predicted']);
    expect(one.state().qualification).toBe(eager(publish({ plans: [], models: [b2bPoints] })).state().qualification);
  });

  test('decides where the workspace names it, by its own marks', () => {
    const one = eager(alone);
    const marked = percent(one.state()) >= model.mqlAt;
    expect(one.state().qualification).toBe(marked ? 'mql' : 'lead');
    expect(Object.keys(one.state().scores)).toEqual(['predicted']);
  });

  test('is what a sequence that names it means by a score', () => {
    const one = given(beside, ada.leadId).profile({ source: 'search', country: 'DE' });
    one.command({ word: 'enrol', sequence: 'asks' });
    const [enrolment = ''] = Object.keys(one.state().enrolments);
    expect(one.state().enrolments[enrolment]?.phase).toBe('wait');
    one.does('trial.started');
    for (let login = 0; login < 12 && percent(one.state()) < 35; login += 1) one.after('12 hours').does('app.login');
    expect(percent(one.state())).toBeGreaterThanOrEqual(35);
    expect(one.state().enrolments[enrolment]?.phase).toBe('likely');
  });

  test('gives reasons that together are the score, in words', () => {
    const one = eager();
    const ledger = ledgersOf(one.history(), one.state()).find(({ model: id }) => id === 'predicted');
    expect(ledger?.sum).toBe(ledger?.total);
    const said = one.factsOf('MatrixScored').map(({ parts }) => partsWord(parts));
    const all = [...said, ...one.history().flatMap((fact) => (fact.type === 'MatrixScored' ? [partsWord(fact.parts)] : []))].join('\n');
    expect(all).toMatch(/source referral/);
    expect(all).toMatch(/app\.login \d times/);
    const state = one.state().scores['predicted'];
    expect(state?.parts?.reduce((sum, { points }) => sum + points, 0)).toBe(state?.total);
  });

  test('is recorded only when the whole percent changes, so that a year of events is no year of facts', () => {
    const one = given(beside, ada.leadId).profile({ source: 'search', country: 'US' });
    for (let view = 0; view < 40; view += 1) one.after('1 hour').does('page.viewed', { path: '/blog' });
    const told = one.history().filter((fact) => fact.type === 'MatrixScored');
    expect(told.length).toBeLessThan(12);
    for (const [at, fact] of told.entries())
      if (at > 0 && fact.type === 'MatrixScored') expect(fact.fit).not.toBe((told[at - 1] as typeof fact).fit);
  });

  test('reads a lead of a week with the part for that age, where to have done nothing says something', () => {
    const one = given(beside, ada.leadId).profile({ source: 'referral', country: 'DE' });
    const known = { source: 'referral', country: 'DE', 'did trial.started': 0, 'did app.login': 0, 'did page.viewed': 0 };
    one.after('8 days');
    expect(percent(one.state())).toBe(Math.floor(Math.round(probability(artefact, known, '7 days') * 1000) / 10));
    expect(probability(artefact, known, '7 days')).toBeLessThan(probability(artefact, { source: 'referral', country: 'DE' }, '7 days'));
  });

  test('forgets what was taken back', () => {
    const one = eager();
    const trial = one.history().find((fact) => fact.type === 'EngagementRecorded' && fact.event === 'trial.started');
    const before = percent(one.state());
    one.command({ word: 'retract', event: trial?.type === 'EngagementRecorded' ? trial.id : '' });
    expect(one.state().deeds).toEqual({ 'app.login': 6 });
    expect(percent(one.state())).toBeLessThan(before);
  });

  test('is the same in hindsight', () => {
    const one = eager();
    const then = inHindsight(beside, ada.leadId, one.history(), one.now());
    expect(percent(then.state)).toBe(percent(one.state()));
  });

  test('asks for the history of a lead from before its deeds were counted, and is then as exact', () => {
    const one = eager();
    const { deeds: _, ...old } = one.state();
    const login = [eventInput('app.login', one.now() + 1)];
    expect(() => decide(beside, old as LeadState, login, one.now() + 1)).toThrow(HistoryNeeded);
    const told = decide(beside, old as LeadState, login, one.now() + 1, () => one.history());
    const known = decide(beside, one.state(), login, one.now() + 1);
    expect(told.filter(({ type }) => type === 'MatrixScored')).toEqual(known.filter(({ type }) => type === 'MatrixScored'));
  });

  test('keeps a lead small', () => {
    expect(JSON.stringify(eager().state().scores['predicted']).length).toBeLessThan(1_500);
  });
});
