/** Steps that write nothing to the lead: effects of the engineer's own, news for others, tasks for reps. */
import { choose, defineSequence, email, engaged, field, own, run, task, tell } from '../../workflows/core/words';
import type { SaidStep } from '../../workflows/core/words';
import { describeLead, faultsOf } from '../../workflows/core';
import type { DeedEffect, Outcome, Plan } from '../../workflows/core';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';

const { ada } = people;
const minute = 60_000;
const day = 86_400_000;
const sequenceOf = (...touches: SaidStep<string, never>[]) =>
  defineSequence({ id: 'plan', version: 1, model: 'b2b-points', phases: { start: { touches, exhaustedAfter: '60 days' } } });
const noQuiet = { quietHours: { from: 0, to: 0, zone: 'Etc/UTC' }, cap: { touches: 50, per: '1 day' } } as const;
const publishedOf = (plan: Plan) => publish({ plans: [plan], settings: noQuiet });
const enrolled = (...touches: SaidStep<string, never>[]) =>
  given(publishedOf(sequenceOf(...touches)), ada.leadId)
    .profile(ada.traits)
    .command({ word: 'enrol', sequence: 'plan', data: { order: 'o-7', referrer: 'ld_fay' } });
const gift = run('gift', { after: '0 minutes', effect: 'coupon', with: { prefix: 'SPRING' }, into: 'coupon' });
const thank = tell('thank', 'referrer', 'referral.won', { after: '0 minutes', data: { referred: own('lead') } });
const call = task('call', { after: '0 minutes', says: 'Call and offer another time.' });
const next = email('next', { after: '1 day' });
const idOf = (tale: ReturnType<typeof given>): string => tale.effects()[0]?.id ?? '';
const withheld = (tale: ReturnType<typeof given>) => tale.factsOf('TouchWithheld').map(({ touch, because }) => `${touch}: ${because}`);

describe('an effect of the own', () => {
  test('is asked for with what the plan gives it, and what it returns joins the data of the enrolment', () => {
    const tale = enrolled(gift, next);
    expect(tale.effects()).toMatchObject([
      { type: 'RunCustom', id: 'e1.start.gift.1', touchKey: 'e1.start.gift', name: 'coupon', input: { prefix: 'SPRING' }, into: 'coupon' },
    ]);
    tale.outcome(idOf(tale), { as: 'returned', data: { code: 'SPRING-7' } });
    expect(tale.factsOf('EffectReturned')).toMatchObject([{ touch: 'gift', name: 'coupon', data: { code: 'SPRING-7' } }]);
    expect(tale.state().enrolments['e1']?.data).toEqual({ order: 'o-7', referrer: 'ld_fay', 'coupon.code': 'SPRING-7' });
    expect(tale.wake()).toBe(monday + day);
  });

  test('returns what conditions behind it read', () => {
    const has = { has: { when: field('data.coupon.code').startsWith('SPRING'), touches: [email('coupon-mail', { after: '0 minutes' })] } };
    const tale = enrolled(gift, choose('which', { arms: has }));
    tale.outcome(idOf(tale), { as: 'returned', data: { code: 'SPRING-7' } });
    expect(tale.sends()).toMatchObject([{ touch: 'coupon-mail', data: { 'coupon.code': 'SPRING-7' } }]);
  });

  test('without a name for what it returns leaves the data alone', () => {
    const tale = enrolled(run('gift', { after: '0 minutes', effect: 'coupon', with: { prefix: 'SPRING' } }));
    tale.outcome(idOf(tale), { as: 'returned', data: { code: 'SPRING-7' } });
    expect(Object.keys(tale.state().enrolments['e1']?.data ?? {})).toEqual(['order', 'referrer']);
  });

  test('takes values of the person when it is done; where one is not known it is left out', () => {
    const asking = (of: string) => enrolled(run('gift', { after: '0 minutes', effect: 'coupon', with: { prefix: own(of) } }), next);
    expect(asking('data.order').effects()).toMatchObject([{ input: { prefix: 'o-7' } }]);
    expect(asking('lead').effects()).toMatchObject([{ input: { prefix: ada.leadId } }]);
    expect(withheld(asking('data.cart'))).toEqual(['gift: template-field-missing']);
  });

  test('that nobody wrote is left out by name, and the list goes on', () => {
    const tale = enrolled(gift, next);
    tale.outcome(idOf(tale), { as: 'withheld', because: 'effect-unknown' });
    expect([withheld(tale), tale.wake()]).toEqual([['gift: effect-unknown'], monday + day]);
  });
});

describe('news for others', () => {
  test('name the event, its data, when it was told and who referred the person', () => {
    expect(enrolled(thank).effects()).toMatchObject([
      { type: 'TellLeads', whom: 'referrer', event: 'referral.won', data: { referred: ada.leadId }, at: monday, referrer: 'ld_fay' },
    ]);
  });

  test.each([0, 3])('for %d people close the step', (reached) => {
    const tale = enrolled(thank, next);
    tale.outcome(idOf(tale), { as: 'told', reached });
    expect([tale.factsOf('LeadsTold').map((fact) => fact.reached), tale.wake()]).toEqual([[reached], monday + day]);
  });
});

describe('a task', () => {
  test('is given without a hand-off and closes with the rep who got it', () => {
    const tale = enrolled(call, next);
    expect(tale.effects()).toMatchObject([{ type: 'GiveTask', to: 'owner', says: 'Call and offer another time.' }]);
    tale.outcome(idOf(tale), { as: 'assigned', rep: 'rep-rosa' });
    expect(tale.factsOf('TaskGiven')).toMatchObject([{ touch: 'call', rep: 'rep-rosa' }]);
    expect([tale.state().handOff, tale.factsOf('HandOffRequested')]).toEqual([undefined, []]);
  });

  test('is asked for every hour while there is no rep, however long that takes', () => {
    const tale = enrolled(call);
    for (let hours = 0; hours < 60; hours += 1) {
      tale.outcome(idOf(tale), { as: 'unavailable', because: 'no-reps' });
      expect(tale.wake()).toBe(monday + (hours + 1) * 60 * minute);
      tale.until(monday + (hours + 1) * 60 * minute, { hold: true });
    }
    expect(withheld(tale)).toEqual([]);
    tale.outcome(idOf(tale), { as: 'assigned', rep: 'rep-rosa' });
    expect(tale.factsOf('TaskGiven')).toHaveLength(1);
  });

  test('about somebody who must not be contacted is not given', () => {
    const tale = enrolled(task('call', { after: '1 day', says: 'Call.' })).command({ word: 'suppress', channel: 'all' });
    expect(tale.until(monday + 2 * day).factsOf('TaskGiven')).toEqual([]);
  });
});

describe.each<[string, SaidStep<string, never>, Outcome, string]>([
  ['run', gift, { as: 'returned', data: {} }, 'EffectReturned'],
  ['tell', thank, { as: 'told', reached: 1 }, 'LeadsTold'],
  ['task', call, { as: 'assigned', rep: 'rep-rosa' }, 'TaskGiven'],
])('%s', (_kind, step, well, done) => {
  const later = { ...step, after: '3 days' } as SaidStep<string, never>;
  const timesDone = (tale: ReturnType<typeof given>) => tale.history().filter(({ type }) => type === done).length;

  test('wakes the lead when it is due, not before', () => {
    const tale = enrolled(later);
    expect([tale.wake(), tale.effects()]).toEqual([monday + 3 * day, []]);
    expect(tale.until(monday + 3 * day - 1, { hold: true }).effects()).toEqual([]);
    expect(tale.until(monday + 3 * day, { hold: true }).effects()).toHaveLength(1);
  });

  test('waits for the step before and holds up the one behind until it ended', () => {
    const tale = enrolled(email('first', { after: '0 minutes' }), step, email('last', { after: '0 minutes' }));
    expect(tale.effects().map(({ type }) => type)).toEqual(['SendTouch']);
    tale.delivered();
    expect(tale.effects().map((effect) => (effect as DeedEffect).touch)).toEqual([step.id]);
    tale.outcome(idOf(tale), well);
    expect([timesDone(tale), tale.sends().map(({ touch }) => touch)]).toEqual([1, ['last']]);
  });

  test('is held by no night, no cap and no missing consent', () => {
    const narrow = { quietHours: { from: 0, to: 23, zone: 'Etc/UTC' }, cap: { touches: 1, per: '30 days' } } as const;
    const tale = given(publish({ plans: [sequenceOf(step)], settings: narrow }), ada.leadId)
      .profile(ada.traits, { email: 'none' })
      .command({ word: 'enrol', sequence: 'plan' });
    expect(tale.effects()).toHaveLength(1);
  });

  test('is left out where its condition says no', () => {
    const tale = enrolled({ ...later, unless: engaged('page.viewed') } as SaidStep<string, never>).does('page.viewed', { path: '/' });
    expect(withheld(tale.until(monday + 3 * day))).toEqual([`${step.id}: condition`]);
  });

  test('does not begin during a pause, and one begun is taken up again after it under the same id', () => {
    const before = enrolled(later).command({ word: 'pause' });
    expect(before.until(monday + 4 * day, { hold: true }).effects()).toEqual([]);
    expect(before.command({ word: 'resume' }).effects()).toHaveLength(1);
    const tale = enrolled(step);
    const id = idOf(tale);
    expect(tale.command({ word: 'pause' }).effects()).toEqual([]);
    expect(
      tale
        .command({ word: 'resume' })
        .effects()
        .map((effect) => effect.id),
    ).toEqual([id]);
  });

  test('that finds the other side away is tried again under the same key, and given up after some attempts', () => {
    const tale = enrolled(step);
    const keys: string[] = [];
    for (let tries = 0; tale.effects().length > 0 && tries < 20; tries += 1) {
      keys.push((tale.effects()[0] as DeedEffect).touchKey);
      tale.outcome(idOf(tale), { as: 'unavailable', because: 'away' });
      tale.until(Math.min(tale.wake() ?? 0, monday + 3 * day), { hold: true });
    }
    expect(keys.length).toBeGreaterThan(1);
    expect(new Set(keys).size).toBe(1);
    expect(withheld(tale)).toEqual([`${step.id}: unavailable`]);
  });

  test('told of twice ends once', () => {
    const tale = enrolled(step, next);
    const id = idOf(tale);
    tale.outcome(id, well).outcome(id, well);
    expect(timesDone(tale)).toBe(1);
  });

  test('is said where people look why the lead waits', () => {
    const published = publishedOf(sequenceOf(step));
    const tale = given(published, ada.leadId)
      .profile(ada.traits)
      .command({ word: 'enrol', sequence: 'plan', data: { referrer: 'x' } });
    const { details, attributes } = describeLead(published, tale.state(), monday + minute);
    expect(details).toContain(`"${step.id}" is being done`);
    expect(attributes.waitingFor).toBe(`step ${step.id}`);
  });
});

test('what the compiler cannot see of such steps is a fault', () => {
  const wrong = [
    { ...gift, into: 'Coupon code', with: { prefix: 'x'.repeat(65), other: own('a b') } },
    { ...thank, whom: 'friends', after: 'soon' },
    { ...call, says: ' ', to: 'boss', after: undefined },
  ];
  const plan = { ...sequenceOf(), phases: { start: { touches: wrong, advance: [], exhaustedAfter: '1 day' } } } as unknown as Plan;
  expect(faultsOf(plan).map(({ path }) => path.replace('phases.start.touches', ''))).toEqual([
    '[0].into',
    '[0].with.prefix',
    '[0].with.other',
    '[1].after',
    '[1].whom',
    '[2].after',
    '[2].says',
    '[2].to',
  ]);
});
