/** One definition of the lifecycle for marketing and sales, as data: signs, what must be left alone for a while, and what is known of BANT. */
import { nextWake, temperatureOf } from '../../workflows/core';
import type { Settings } from '../../workflows/core';
import { usualLifecycle } from '../../workflows/core/lifecycle';
import type { Lifecycle } from '../../workflows/core/lifecycle';
import { settingsSchema } from '../../workflows/settings/schema';
import { faultsIn } from '../../workflows/settings/sentences';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { b2bPoints, publish, settings } from '../support/published';
import { daily } from './plans';

const { ada, ben } = people;
const hour = 3_600_000;
const lifecycle: Lifecycle = {
  ...usualLifecycle,
  mql: {
    says: 'Interested',
    signs: [
      { id: 'web-form', says: 'filled in a web form', on: 'form.submitted' },
      { id: 'guide', says: 'took the guide', on: 'content.downloaded', where: { content: 'guide' }, grade: 'B' },
      { id: 'abandoned-cart', says: 'left a cart', on: 'cart.updated', where: { items: { atLeast: 1 } }, after: '2 hours' },
    ],
  },
};
const published = publish({ plans: [daily], settings: { lifecycle } });
const tale = () => given(published, ada.leadId).profile({ industry: 'software' });
const cart = { cart: 'c1', items: 2 };

describe('a sign of the settings', () => {
  test('qualifies at once, and history says which sign it was', () => {
    const { occurredAt, from, to, because } = tale().does('form.submitted').factsOf('QualificationChanged').at(-1) ?? {};
    expect({ occurredAt, from, to, because }).toEqual({ occurredAt: monday, from: 'lead', to: 'mql', because: 'filled in a web form' });
  });
  test('counts only with the fields it asks for', () => {
    expect(tale().profile(ada.traits).does('content.downloaded', { content: 'picture' }).state().qualification).toBe('lead');
  });
  test('counts only from the grade it asks for', () => {
    const poor = tale().does('content.downloaded', { content: 'guide' });
    const good = tale().profile({ industry: 'software', seniority: 'c-level' }).does('content.downloaded', { content: 'guide' });
    expect([poor.state().qualification, good.state().qualification]).toEqual(['lead', 'mql']);
  });
  test('shown by a machine says nothing', () => {
    expect(tale().does('form.submitted', {}, { actor: 'machine' }).state().qualification).toBe('lead');
  });
  test('a complaint disqualifies whoever reports it', () => {
    expect(tale().does('email.complained', {}, { actor: 'unknown' }).state()).toMatchObject({
      qualification: 'disqualified',
      suppressed: { all: 'complained' },
    });
  });
  test('takes nobody back from sales or from having bought', () => {
    expect(tale().does('subscription.started').does('form.submitted').state().qualification).toBe('customer');
  });
});

describe('a cart that was left', () => {
  test('makes a lead an MQL when two hours pass without a change of it', () => {
    const left = tale().does('cart.updated', cart);
    expect([left.state().qualification, left.wake()]).toEqual(['lead', monday + 2 * hour]);
    expect(
      left
        .until(monday + 2 * hour)
        .factsOf('QualificationChanged')
        .at(-1),
    ).toMatchObject({
      to: 'mql',
      because: 'left a cart',
      occurredAt: monday + 2 * hour,
    });
    expect(left.state().signs).toBeUndefined();
  });
  test('is looked at again with every change', () => {
    const busy = tale().does('cart.updated', cart).after('1 hour').does('cart.updated', cart);
    expect(busy.until(monday + 2.5 * hour).state().qualification).toBe('lead');
    expect(busy.until(monday + 3 * hour).state().qualification).toBe('mql');
  });
  test('says nothing once it is emptied or bought', () => {
    const emptied = tale().does('cart.updated', cart).does('cart.updated', { cart: 'c1', items: 0 });
    const bought = tale().does('cart.updated', cart).does('order.placed', { cart: 'c1' });
    expect([emptied.state().signs, emptied.until(monday + 3 * hour).state().qualification]).toEqual([undefined, 'lead']);
    expect([bought.state().signs, bought.until(monday + 3 * hour).state().qualification]).toEqual([undefined, 'customer']);
  });
  test('does not let the lead sleep before its time', () => {
    const short = publish({ plans: [daily], settings: { lifecycle, restAfter: '1 hour' } });
    const left = given(short, ben.leadId).does('cart.updated', cart);
    expect(nextWake(short, left.state())).toBe(monday + 2 * hour);
    expect(left.until(monday + 2 * hour).state().qualification).toBe('mql');
  });
});

describe('what is known of budget, authority, need and timing', () => {
  const temperature = (of: ReturnType<typeof tale>) => temperatureOf(of.state(), b2bPoints);
  test('comes from forms, reps and look-ups, each with its source and moment', () => {
    const known = tale()
      .does('form.submitted', { form: 'demo', need: 'urgent' })
      .after('1 day')
      .does('rep.noted', { budget: '10k', authority: 'decides' }, { actor: 'unknown' })
      .does('person.enriched', { timing: 'q1' });
    expect(known.state().bant).toEqual({
      need: { is: 'urgent', by: 'form', at: monday },
      budget: { is: '10k', by: 'rep', at: monday + 24 * hour },
      authority: { is: 'decides', by: 'rep', at: monday + 24 * hour },
      timing: { is: 'q1', by: 'enrichment', at: monday + 24 * hour },
    });
    expect(temperature(known)).toEqual({ is: 'hot', by: 'bant' });
  });
  test('the newer word stays, in whatever order they arrive', () => {
    const known = tale()
      .does('rep.noted', { need: 'none' })
      .does('form.submitted', { need: 'urgent' }, { at: monday - hour });
    expect([known.state().bant?.need, temperature(known)]).toEqual([
      { is: 'none', by: 'rep', at: monday },
      { is: 'cold', by: 'bant' },
    ]);
  });
  test('where nothing is known of the need, the temperature is by the score, and says so', () => {
    expect(temperature(tale().does('rep.noted', { budget: 'yes' }))).toEqual({ is: 'cold', by: 'score' });
  });
  test('a note of a rep is nothing the person did', () => {
    expect(tale().does('rep.noted', { need: 'urgent' }).state().lastEngagedAt).toBeUndefined();
  });
});

describe('a file that defines the lifecycle', () => {
  const faults = (changed: unknown): readonly string[] => {
    const parsed = settingsSchema.safeParse({ ...settings, lifecycle: changed } satisfies Omit<Settings, 'lifecycle'> & {
      lifecycle: unknown;
    });
    return parsed.success ? [] : faultsIn('workspace.yaml', parsed.error.issues).map(({ path, says }) => `${path} ${says}`);
  };
  test('is taken where it defines every word', () => {
    expect(faults(lifecycle)).toEqual([]);
  });
  test('is refused for an unknown event or field, a sign that is there twice, and a word left out', () => {
    const { sql: _sql, ...short } = lifecycle;
    expect(faults(short)).toEqual([expect.stringMatching(/^workspace\.yaml\.lifecycle\.sql must be/)]);
    const sign = { id: 'a', says: 'did it', on: 'form.submitted' };
    expect(faults({ ...lifecycle, mql: { says: 'x', signs: [sign, { ...sign, id: 'b', where: { shape: 'round' } }] } })).toEqual([
      'workspace.yaml.lifecycle.mql.signs[1].where.shape is no field of form.submitted; it has form, budget, authority, need, timing, pain',
    ]);
    expect(faults({ ...lifecycle, mql: { says: 'x', signs: [sign, sign] } })).toEqual([
      'workspace.yaml.lifecycle.mql.signs[1].id "a" is there twice; history tells them by it',
    ]);
    expect(faults({ ...lifecycle, mql: { says: 'x', signs: [{ ...sign, on: 'form.sent' }] } })[0]).toContain('must be an event');
  });
});
