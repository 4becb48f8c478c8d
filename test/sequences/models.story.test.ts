/** One tale for each scoring model that is shipped, and all of them side by side over one person. */
import { readScore } from '../../workflows/core';
import { all, defineSequence, email, engaged, fit, grade, pain, score, temperature } from '../../workflows/core/words';
import { journey } from '../../workflows/testing';

const enrols = { version: 1, programme: 'active-funnel', on: engaged('form.submitted') } as const;
const clocks = { sla: { contact: '24 hours' } } as const;

const byPoints = defineSequence({
  ...enrols,
  id: 'by-points',
  model: 'b2b-points',
  handOff: [{ name: 'scored', when: all(score.atLeast(60), grade.atLeast('B')), ...clocks }],
  phases: { only: { stage: 'consideration', touches: [email('guide', { after: '1 day' })], exhaustedAfter: '60 days' } },
});
const byPain = defineSequence({
  ...enrols,
  id: 'by-pain',
  model: 'pain-and-fit',
  handOff: [{ name: 'urgent', when: all(pain.atLeast(7), fit.atLeast(7)), ...clocks }],
  phases: {
    only: { stage: 'consideration', touches: [email('first-aid', { after: '1 day', when: pain.atLeast(7) })], exhaustedAfter: '60 days' },
  },
});
const byQuestions = defineSequence({
  ...enrols,
  id: 'by-questions',
  model: 'four-questions',
  handOff: [{ name: 'like-a-customer', when: all(score.atLeast(12), temperature.is('hot')), ...clocks }],
  phases: { only: { stage: 'consideration', touches: [email('case', { after: '1 day' })], exhaustedAfter: '60 days' } },
});

const at = ['2026-03-02T09:00', 'Europe/Berlin'] as const;
const lead = { seniority: 'manager', size: '51-200', industry: 'software', zone: 'Europe/Berlin' } as const;

test('points: what a person does adds up until sales hears of it', () => {
  journey(byPoints)
    .at(...at)
    .lead({ ...lead, source: 'referral' })
    .hasScore(15)
    .does('form.submitted', { form: 'guide' })
    .hasScore(35)
    .isNotHandedOff()
    .after('2 days')
    .does('demo.booked')
    .hasGrade('A')
    .isHandedOff({ by: 'scored' });
});

test('pain and fit: whoever fits is left in peace until it hurts, and whoever hurts and does not fit is helped, not sold to', () => {
  journey(byPain)
    .at(...at)
    .lead(lead)
    .hasFit(10)
    .does('form.submitted', { form: 'guide', pain: 3 })
    .hasScore(30)
    .isTemperature('warm')
    .after('5 days')
    .isNotHandedOff()
    .does('rep.noted', { pain: 8 }, { by: 'unknown' })
    .hasPain(8)
    .hasScore(80)
    .isTemperature('hot')
    .isHandedOff({ by: 'urgent' });
  journey(byPain)
    .at(...at)
    .lead({ seniority: 'student', size: '1-10' })
    .does('survey.answered', { survey: 'pains', pain: 9 })
    .after('2 days')
    .hasReceived('first-aid')
    .hasFit({ atMost: 6 })
    .isNotHandedOff();
});

test('questions: four answers are compared with those of a customer, and a new job is a new answer', () => {
  journey(byQuestions)
    .at(...at)
    .lead({ ...lead, department: 'marketing' })
    .hasScore(2 + 2 + 4 + 4)
    .hasGrade('B')
    .isTemperature('warm')
    .isNotHandedOff()
    .becomes({ seniority: 'executive', department: 'management' })
    .hasScore(16)
    .hasGrade('A')
    .isHandedOff({ by: 'like-a-customer' });
});

test('all of them side by side: each sequence goes by its own, and the one of the workspace qualifies', () => {
  const tale = journey(byPain, { with: [byPoints, byQuestions] })
    .at(...at)
    .person({ ...lead, department: 'operations' })
    .does('form.submitted', { form: 'guide', pain: 9 })
    .isOn('by-points')
    .isOn('by-pain')
    .isOn('by-questions')
    .isHandedOff({ by: 'urgent' });
  const { scores, qualification } = tale.state();
  expect(Object.entries(scores).map(([id, ledger]) => [id, readScore(ledger)])).toEqual([
    ['b2b-points', 20],
    ['pain-and-fit', 90],
    ['four-questions', 14],
  ]);
  expect(qualification).toBe('sql');
});

test('the matrix may decide for everybody: both high is marketing qualified, whatever the points', () => {
  journey(byPain, { settings: { model: 'pain-and-fit' } })
    .at(...at)
    .person({ seniority: 'director', size: '51-200', industry: 'retail' })
    .does('phone.called', { outcome: 'talked', pain: 9 })
    .hasFit(8)
    .isQualifiedAs('mql');
});
