/** Matrices: where they put a person, why each point is there, and that they decide, stand beside points, and follow points or are followed by them under one name. */
import fc from 'fast-check';
import { ledgersOf } from '../../client/ledger';
import { inHindsight } from '../../workflows/core/past';
import { temperatureOf } from '../../workflows/core';
import type { MerodioModel, Model, QuestionsModel } from '../../workflows/core';
import type { Persona } from '../../workflows/core/workspace-settings';
import { defineSequence, email, score, temperature } from '../../workflows/core/words';
import { given } from '../support/given';
import { people } from '../support/people';
import { b2bPoints, field, publish } from '../support/published';

const { ada } = people;
const merodio: MerodioModel = { id: 'matrix', version: 1, kind: 'merodio', high: { pain: 7, fit: 7 }, grades: { A: 8, B: 6, C: 3 } };
const questions: QuestionsModel = {
  id: 'matrix',
  version: 1,
  kind: 'questions',
  best: 4,
  questions: [
    {
      id: 'job-title',
      says: 'Do they decide?',
      trait: 'seniority',
      best: ['owner'],
      others: { manager: 2, student: -4, _other: 1, _unknown: -1 },
    },
    { id: 'company-size', says: 'As large as ours?', trait: 'size', best: ['51-200'], others: { '11-50': 3 } },
  ],
  grades: { A: 7, B: 5, C: 2 },
  bands: { hot: 7, warm: 4 },
  mqlAt: 6,
};
const personas: Readonly<Record<string, Persona>> = {
  lead: {
    says: 'Leads a team',
    when: field('seniority', 'manager'),
    like: [
      { weight: 7, when: field('seniority', 'manager') },
      { weight: 3, when: field('size', '11-50') },
    ],
  },
};
const world = (model: Model, decides = true) =>
  publish({ plans: [], models: [b2bPoints, model], settings: { personas, model: decides ? 'matrix' : 'b2b-points' } });
const tale = (model: Model, decides = true) => given(world(model, decides), ada.leadId);
const totalOf = (one: ReturnType<typeof tale>): number => (one.state().scores['matrix']?.total ?? 0) / 1000;

describe('pain against fit', () => {
  test('without a word on pain that is taken back the person is where they were, and the ledger says so', () => {
    const one = tale(merodio).profile({ seniority: 'manager', size: '11-50' }).does('form.submitted', { pain: 3 });
    one.after('1 day').does('survey.answered', { pain: 9 }, { id: 'survey-0001' });
    expect(totalOf(one)).toBe(90);
    one.does('engagement.retracted', { of: 'survey-0001', because: 'test' }, { actor: 'machine' });
    expect(totalOf(one)).toBe(30);
    for (const { sum, total } of ledgersOf(one.history(), one.state())) expect(sum).toBe(total);
  });

  test('is pain times fit, each point by the axis it came from', () => {
    const one = tale(merodio).profile({ seniority: 'manager' });
    expect([totalOf(one), one.state().scores['matrix']]).toMatchObject([0, { seen: false, fit: 7, grade: 'B' }]);
    one.does('form.submitted', { form: 'demo', pain: 6 });
    expect(totalOf(one)).toBe(42);
    one.profile({ seniority: 'manager', size: '11-50' });
    expect(totalOf(one)).toBe(60);
    expect(
      one.factsOf('MatrixScored').map(({ parts, delta, grade, event }) => [parts.map((part) => part.delta), delta, grade, event]),
    ).toEqual([
      [[0, 0], 0, 'B', undefined],
      [[42_000, 0], 42_000, 'B', expect.any(String)],
      [[0, 18_000], 18_000, 'A', undefined],
    ]);
  });

  test('both high are hot and marketing qualified, one is warm, neither cold', () => {
    const one = tale(merodio).profile({ seniority: 'manager' });
    const is = (): unknown => [temperatureOf(one.state(), merodio).is, one.state().qualification];
    expect(is()).toEqual(['warm', 'lead']);
    expect([one.does('survey.answered', { survey: 's', pain: 5 }), is()][1]).toEqual(['warm', 'lead']);
    expect([one.after('1 day').does('survey.answered', { survey: 's', pain: 7 }), is()][1]).toEqual(['hot', 'mql']);
    expect(one.factsOf('QualificationChanged').at(-1)?.because).toBe('pain 7 and fit 7 are both high');
    expect(temperatureOf(one.profile({ seniority: 'owner' }).after('1 day').does('rep.noted', { pain: 2 }).state(), merodio).is).toBe(
      'cold',
    );
  });

  test('the same again changes nothing', () => {
    const one = tale(merodio).profile({ seniority: 'manager' }).does('rep.noted', { pain: 6 });
    const known = one.factsOf('MatrixScored').length;
    one.does('rep.noted', { pain: 6 }).does('page.viewed', { path: '/' }).after('40 days');
    expect(one.factsOf('MatrixScored')).toHaveLength(known);
  });
});

describe('questions', () => {
  test('the answer of the customer persona is best, others have their points, negative ones too, and all are summed', () => {
    expect(totalOf(tale(questions).profile({ seniority: 'owner', size: '51-200' }))).toBe(8);
    expect(totalOf(tale(questions).profile({ seniority: 'manager', size: '11-50' }))).toBe(5);
    expect(totalOf(tale(questions).profile({ seniority: 'assistant', size: '1001+' }))).toBe(1);
    expect(totalOf(tale(questions).profile({ seniority: 'student', size: '11-50' }))).toBe(-1);
    expect(totalOf(tale(questions).profile({}))).toBe(-1);
  });

  test('a new answer says which question it changed, and qualifies', () => {
    const one = tale(questions).profile({ seniority: 'manager', size: '51-200' }).profile({ seniority: 'owner', size: '51-200' });
    expect(one.factsOf('MatrixScored').at(-1)).toMatchObject({
      parts: [
        { part: 'job-title', is: 'owner', points: 4_000, delta: 2_000 },
        { part: 'company-size', is: '51-200', delta: 0 },
      ],
      delta: 2_000,
      grade: 'A',
    });
    expect(one.factsOf('QualificationChanged').at(-1)?.because).toBe('score 6 reached 6');
    expect(temperatureOf(one.state(), questions)).toEqual({ is: 'hot', by: 'score' });
  });

  test('a question that a new version no longer asks takes its points along', () => {
    const before = tale(questions).profile({ seniority: 'owner', size: '51-200' });
    const { questions: asked } = questions;
    const one = given(world({ ...questions, version: 2, questions: asked.slice(0, 1) }), ada.leadId, before.now(), before.state()).after(
      '1 day',
    );
    expect([totalOf(one), one.factsOf('MatrixScored').at(-1)?.gone]).toEqual([4, [{ part: 'company-size', delta: -4_000 }]]);
  });
});

test('stands beside the points that decide only where a sequence names it, and then decides there', () => {
  const plan = defineSequence({
    id: 'by-matrix',
    version: 1,
    model: 'matrix',
    handOff: [{ name: 'fits', when: score.atLeast(8), sla: { contact: '1 day' } }],
    phases: { here: { touches: [email('a', { after: '40 days', when: temperature.is('hot') })], exhaustedAfter: '90 days' } },
  });
  const published = publish({ plans: [plan], models: [b2bPoints, questions], settings: { personas } });
  const one = given(published, ada.leadId).profile({ seniority: 'owner', size: '51-200' });
  expect(Object.keys(one.state().scores)).toEqual(['b2b-points']);
  one.command({ word: 'enrol', sequence: 'by-matrix' }).does('form.submitted', { form: 'x' });
  expect(Object.entries(one.state().scores).map(([id, { total }]) => [id, total / 1000])).toEqual([
    ['b2b-points', 20],
    ['matrix', 8],
  ]);
  expect(one.state().handOff?.rule).toContain('fits');
  expect(one.state().qualification).toBe('sql');
});

test('what points left behind under the same name counts nothing in a matrix, and the other way round', () => {
  const before = tale({ ...b2bPoints, id: 'matrix' })
    .profile({ seniority: 'owner', size: '51-200', source: 'referral' })
    .does('form.submitted', { form: 'x' });
  expect(totalOf(before)).toBe(35);
  const matrix = given(world({ ...questions, version: 2 }), ada.leadId, before.now(), before.state()).after('1 day');
  expect(totalOf(matrix)).toBe(8);
  const back = given(world({ ...b2bPoints, id: 'matrix', version: 3 }), ada.leadId, matrix.now(), matrix.state()).after('1 day');
  expect([totalOf(back), back.state().scores['matrix']?.parts]).toEqual([0, undefined]);
  expect(totalOf(back.does('form.submitted', { form: 'x' }))).toBe(20);
});

test('one matrix takes the place of the other under the same name, and every point is told', () => {
  const pain = tale(merodio).profile({ seniority: 'manager', size: '51-200' }).does('rep.noted', { pain: 9 });
  expect(totalOf(pain)).toBe(63);
  const asked = given(world({ ...questions, version: 2 }), ada.leadId, pain.now(), pain.state())
    .after('1 day')
    .after('1 day');
  expect(totalOf(asked)).toBe(6);
  const back = given(world({ ...merodio, version: 3 }), ada.leadId, asked.now(), asked.state())
    .after('1 day')
    .after('1 day');
  expect(totalOf(back)).toBe(63);
  const all = [...pain.history(), ...asked.history(), ...back.history()];
  const [ledger] = ledgersOf(all, back.state()).filter(({ model }) => model === 'matrix');
  expect([ledger?.sum, ledger?.total]).toEqual([63_000, 63_000]);
  expect(all.filter(({ type }) => type === 'MatrixScored' || type === 'PointsDecayed')).toHaveLength(6);
});

test('whatever is learnt in whatever order, the deltas of all parts sum to the score and the state is what is known', () => {
  const seniorities = ['owner', 'manager', 'student', 'assistant', undefined];
  const learnt = fc.array(
    fc.oneof(
      fc.record({ pain: fc.integer({ min: 1, max: 10 }), ago: fc.integer({ min: 0, max: 5 }) }),
      fc.record({ seniority: fc.constantFrom(...seniorities), size: fc.constantFrom('11-50', '51-200', '1001+') }),
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(fc.constantFrom<Model>(merodio, questions), learnt, (model, words) => {
      const one = tale(model);
      for (const word of words)
        if ('pain' in word) one.after('1 day').does('rep.noted', { pain: word.pain }, { at: one.now() - word.ago * 86_400_000 });
        else one.profile({ ...(word.seniority === undefined ? {} : { seniority: word.seniority }), size: word.size });
      const facts = one.factsOf('MatrixScored');
      const known = one.state().scores['matrix'];
      const summed = facts.flatMap(({ parts, gone = [] }) => [...parts, ...gone]).reduce((sum, { delta }) => sum + delta, 0);
      expect(summed).toBe(known?.total ?? 0);
      expect(facts.reduce((sum, { delta }) => sum + delta, 0)).toBe(summed);
      const [ledger] = ledgersOf(one.history(), one.state()).filter((each) => each.model === 'matrix');
      expect([ledger?.sum, ledger?.total]).toEqual(known === undefined ? [undefined, undefined] : [known.total, known.total]);
      const then = inHindsight(world(model), ada.leadId, one.history(), one.now());
      expect(then.state.scores['matrix']?.total ?? 0).toBe(known?.total ?? 0);
      const axis = (name: string): number => (known?.parts?.find(({ part }) => part === name)?.points ?? 0) / 1000;
      if (model.kind === 'merodio') expect(known?.total ?? 0).toBe(Math.round(axis('pain') * axis('fit') * 1000));
      else expect(known?.total ?? 0).toBe((known?.parts ?? []).reduce((sum, { points }) => sum + points, 0));
    }),
    { numRuns: 150 },
  );
});
