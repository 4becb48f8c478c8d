/** A score starts another sequence: for whoever reaches it, or from within a sequence; and hands off beside it. */
import { faultsOf } from '../../workflows/core';
import type { Model, Plan } from '../../workflows/core';
import { any, defineSequence, email, engaged, score } from '../../workflows/core/words';
import { eventInput, given, monday } from '../support/given';
import type { Tale } from '../support/given';
import { people } from '../support/people';
import { b2bPoints, publish } from '../support/published';
import { changed, selling } from './plans';

const { ada } = people;
const vip = defineSequence({
  id: 'vip',
  version: 1,
  model: 'b2b-points',
  on: score.atLeast(40),
  reenter: 'always',
  goal: engaged('subscription.started'),
  phases: { only: { touches: [email('case-study', { after: '0 minutes', repeatable: 'per enrolment' })], exhaustedAfter: '10 days' } },
});
const lead = (plans: readonly Plan[] = [vip], models: readonly Model[] = [b2bPoints]) =>
  given(publish({ plans, models }), ada.leadId).profile(ada.traits);
const form = (tale: Tale): Tale => tale.does('form.submitted', { form: 'guide' });
const enrolled = (tale: Tale): unknown[] => tale.factsOf('Enrolled').map(({ sequence, because }) => [sequence.split('@')[0], because]);
const at = (days: number): number => monday + days * 86_400_000;

describe('for whoever reaches it', () => {
  test('the person is enrolled at that moment, with the score as the reason, and its first message is on the way', () => {
    const tale = form(lead());
    expect(enrolled(tale)).toEqual([]);
    expect(enrolled(form(tale))).toEqual([['vip', 'score 40 reached 40']]);
    expect(tale.sends().map(({ content }) => content)).toEqual(['case-study']);
  });

  test('once, however far the score goes on, and not again when the sequence has run out', () => {
    const tale = form(form(form(lead()))).until(at(11));
    expect(Object.keys(tale.state().enrolments)).toEqual([]);
    expect(enrolled(form(tale)).length).toBe(1);
  });

  test('again by whoever fell below it and reaches it once more, though nobody looked in between', () => {
    const before = form(form(lead())).until(at(11));
    const tale = given(publish({ plans: [vip] }), ada.leadId, at(40), before.state());
    expect([before.state().scores['b2b-points']?.total, enrolled(before).length]).toEqual([40_000, 1]);
    expect(enrolled(form(tale))).toEqual([['vip', 'score 40 reached 40']]);
  });

  test('not by what a machine did, nor by a quiet re-scoring until the person does something', () => {
    const machine = lead().batch([1, 2].map(() => eventInput('form.submitted', monday, {}, { actor: 'machine' })));
    expect(enrolled(machine)).toEqual([]);
    const doubled: Model = { ...b2bPoints, version: 2, rules: b2bPoints.rules.map((rule) => ({ ...rule, points: rule.points * 2 })) };
    const once = form(lead());
    const tale = given(publish({ plans: [vip], models: [b2bPoints, doubled] }), ada.leadId, monday, once.state(), [...once.history()]);
    expect(enrolled(tale.command({ word: 'rescore', model: 'b2b-points', quiet: true }))).toEqual([]);
    expect(enrolled(tale.does('app.login')).length).toBe(1);
  });

  test('by the model that the sequence names, which counts for everybody from then on', () => {
    const other: Model = { ...b2bPoints, id: 'product', rules: [{ id: 'login', on: 'app.login', points: 50 }] };
    const tale = form(form(lead([changed(vip, { model: 'product' })], [b2bPoints, other])));
    expect(enrolled(tale)).toEqual([]);
    expect(enrolled(tale.does('app.login'))).toEqual([['vip', 'score 50 reached 40']]);
  });

  test('beside events that enrol in it, too', () => {
    const either = changed(vip, { on: any(engaged('demo.booked'), score.atLeast(40)) });
    expect(enrolled(lead([either]).does('demo.booked'))).toEqual([['vip', 'demo.booked']]);
    expect(enrolled(form(form(lead([either]))))).toEqual([['vip', 'score 40 reached 40']]);
  });

  test('and hands off where a rule says so: the same points do both', () => {
    const tale = form(form(lead([vip, selling]).command({ word: 'enrol', sequence: 'selling' })));
    expect([tale.factsOf('HandOffRequested').length, enrolled(tale).length]).toEqual([1, 2]);
  });

  test('a score that no score can be is a fault', () => {
    expect(faultsOf(changed(vip, { on: score.atLeast(0) })).map(({ path, says }) => `${path}: ${says}`)).toContain(
      'on.atLeast: must be 1 to 100',
    );
  });
});

describe('from within a sequence', () => {
  const journey = (stay: boolean): Plan =>
    defineSequence({
      id: 'journey',
      version: 1,
      model: 'b2b-points',
      phases: {
        only: {
          touches: [],
          advance: [{ start: 'vip', when: score.atLeast(40), ...(stay ? { stay: true as const } : {}) }],
          exhaustedAfter: '90 days',
        },
      },
    });
  const manual = changed(vip, { on: undefined });
  const tale = (stay: boolean): Tale =>
    form(form(lead([journey(stay), manual]).command({ word: 'enrol', sequence: 'journey', campaign: 'spring' })));

  test('the person goes on in the other one, in the same campaign', () => {
    const moved = tale(false);
    expect(Object.values(moved.state().enrolments).map(({ sequence, campaign }) => [sequence.split('@')[0], campaign])).toEqual([
      ['vip', 'spring'],
    ]);
  });

  test('or is in both', () => {
    expect(Object.values(tale(true).state().enrolments).map(({ sequence }) => sequence.split('@')[0])).toEqual(['journey', 'vip']);
  });
});
