import type { Fact } from '../../../workflows/core';
import { exampleOf, probability, scorerOf, trainFromLog } from '../../../workflows/core/predict';
import type { Example, LogAsk } from '../../../workflows/core/predict';
import { madeLog } from './log';

jest.setTimeout(60_000);

const day = 86_400_000;
const within = 60 * day;
const { leads, until } = madeLog(5, 2_400);
const examplesAt = (age: LogAsk['ages'][number]['age']): readonly Example[] =>
  leads.flatMap(({ leadId, facts }) => exampleOf(leadId, facts, age, { within, until }) ?? []);
const ask = (more: Partial<LogAsk> = {}): LogAsk => ({
  ages: (['arrival', '7 days', '30 days'] as const).map((age) => ({ age, examples: examplesAt(age) })),
  withinDays: 60,
  goals: ['subscription.started'],
  without: [],
  anyway: false,
  dataDigest: 'd',
  createdAt: 1,
  ...more,
});

describe('an example from the log', () => {
  const at = 1_760_000_000_000;
  const fact = (recordedAt: number, rest: object): Fact => ({ v: 1, occurredAt: recordedAt, recordedAt, ...rest }) as Fact;
  const click = (recordedAt: number, id: string): Fact =>
    fact(recordedAt, { type: 'EngagementRecorded', id, event: 'email.clicked', actor: 'human' });
  const bought = (recordedAt: number): Fact =>
    fact(recordedAt, { type: 'QualificationChanged', from: 'lead', to: 'customer', because: 'deal.won' });
  const resumed = fact(at, { type: 'LeadResumed', run: 'r' });
  const look = { within, until: at + 365 * day };

  test('holds what had been recorded by that age and nothing later', () => {
    const facts = [resumed, click(at + day, 'a'), click(at + 8 * day, 'b'), bought(at + 20 * day)];
    expect(exampleOf('l', facts, 'arrival', look)).toMatchObject({ known: {}, days: 20 });
    expect(exampleOf('l', facts, '7 days', look)?.known).toMatchObject({ 'did email.clicked': 1, 'days since they last did something': 6 });
  });

  test('is none of who was a customer by then, of who has not had the time to become one, and of who was erased', () => {
    const facts = [resumed, bought(at + 5 * day)];
    expect(exampleOf('l', facts, '7 days', look)).toBeUndefined();
    expect(exampleOf('l', facts, 'arrival', { within, until: at + within - 1 })).toBeUndefined();
    expect(exampleOf('l', [...facts, fact(at + 6 * day, { type: 'LeadErased', by: 'x', because: '' })], 'arrival', look)).toBeUndefined();
  });

  test('counts as not converted where the purchase came after the time given', () => {
    expect(exampleOf('l', [resumed, bought(at + 61 * day)], 'arrival', look)?.days).toBeUndefined();
  });

  test('forgets an event that was taken back', () => {
    const back = fact(at + 2 * day, {
      type: 'EngagementRetracted',
      event: 'a',
      was: 'email.clicked',
      deed: true,
      by: 'x',
      because: 'a machine',
    });
    expect(exampleOf('l', [resumed, click(at + day, 'a'), back], '7 days', look)?.known).not.toHaveProperty('did email.clicked');
  });
});

describe('a model from the log', () => {
  const answer = trainFromLog(ask());
  const model = answer.as === 'model' ? answer.model : undefined;

  test('has a part for each age, and knows more the older the lead is', () => {
    expect(answer.as === 'refused' ? answer.says : '').toBe('');
    const aucs = model?.models.map(({ metrics }) => metrics.auc) ?? [];
    expect(model?.models.map(({ age }) => age)).toEqual(['arrival', '7 days', '30 days']);
    expect(aucs[0]).toBeGreaterThan(0.6);
    expect(aucs[1]).toBeGreaterThan((aucs[0] ?? 1) + 0.03);
  });

  test('is judged on the leads that came last, a quarter of them', () => {
    expect(model?.models[0]?.metrics.n).toBe(Math.ceil(examplesAt('arrival').length / 4));
  });

  test('does not read the purchase itself, and tells when', () => {
    expect(model?.columns.map(({ column }) => column)).not.toContain('did subscription.started');
    expect(model?.leftOut.map(({ column }) => column)).not.toContain('lead');
    expect(model?.when.as).toBe('range');
  });

  test('may decide where there was enough to learn from', () => {
    expect(model?.mayDecide).toBe(true);
  });

  test('gives a lead of an age the probability of that age', () => {
    if (model === undefined) throw new Error('no model');
    const lead = { source: 'referral', 'did trial.started': 1, 'did app.login': 6 };
    expect(probability(model, lead, '7 days')).toBeGreaterThan(
      probability(model, { source: 'referral', 'did trial.started': 0, 'did app.login': 0 }, '7 days'),
    );
    expect(() => scorerOf(model)).toThrow(/not trained for leads of age "listed"/);
  });

  test('is refused below the least numbers, and trained anyway only to stand beside points', () => {
    const few = ask().ages.map(({ age, examples }) => ({ age, examples: examples.slice(0, 700) }));
    expect(trainFromLog(ask({ ages: few }))).toMatchObject({
      as: 'refused',
      says: expect.stringMatching(/700 leads with \d+ conversions are below 1,000 leads or 120 conversions.*stay on points/),
    });
    expect(trainFromLog(ask({ ages: few.slice(0, 1), anyway: true }))).toMatchObject({ as: 'model', model: { mayDecide: false } });
  });
});
