/** The plans, model and settings of the fixture "a year of traffic". */
import type { PointsModel, Plan, Settings } from '../workflows/core';
import { all, any, clicked, defineSequence, email, engaged, field, grade, score, silentFor, since } from '../workflows/core/words';

const lessons = (prefix: string, count: number, days: number) =>
  Array.from({ length: count }, (_, at) => email(`${prefix}-${at + 1}`, { after: `${days} days` }));

const newsletter = defineSequence({
  id: 'newsletter',
  version: 1,
  programme: 'educational',
  model: 'b2b-points',
  exit: [engaged('email.complained')],
  phases: {
    learn: {
      stage: 'awareness',
      touches: lessons('lesson', 24, 14),
      advance: [{ to: 'compare', when: all(score.atLeast(101), engaged('content.downloaded', { times: 2, within: '14 days' })) }],
      exhaustedAfter: '340 days',
      exhausted: { to: 'compare' },
    },
    compare: { stage: 'consideration', touches: lessons('comparison', 12, 10), exhaustedAfter: '200 days' },
  },
});

const product = defineSequence({
  id: 'product',
  version: 1,
  programme: 'active-funnel',
  model: 'b2b-points',
  goal: engaged('subscription.started'),
  exit: [engaged('email.complained'), engaged('deal.lost')],
  handOff: [
    {
      name: 'hand-raiser',
      when: engaged('form.submitted', { where: { form: 'demo' } }),
      sla: { contact: '15 minutes' },
      rearm: { points: 50, after: '60 days' },
    },
    {
      name: 'scored',
      when: all(score.atLeast(95), grade.atLeast('A')),
      sla: { accept: '4 hours', contact: '24 hours' },
      during: 'continue',
      rearm: { points: 50, after: '60 days' },
    },
  ],
  phases: {
    start: {
      stage: 'consideration',
      touches: [
        email('first-login', { after: '0 minutes', purpose: 'service' }),
        email('make-a-project', { after: '1 day', unless: engaged('project.created') }),
        email('invite-team', {
          after: since(engaged('project.created'), '2 days'),
          unless: engaged('teammate.invited', { times: 2, within: '7 days' }),
        }),
        ...lessons('tip', 10, 9),
      ],
      advance: [
        {
          to: 'close',
          when: any(clicked('invite-team'), engaged('page.viewed', { where: { path: '/pricing' }, times: 6, within: '7 days' })),
        },
      ],
      exhaustedAfter: '170 days',
      exhausted: { to: 'close' },
    },
    close: {
      stage: 'decision',
      touches: [email('pricing', { after: '1 day', variants: { plain: 50, story: 50 } }), ...lessons('offer', 12, 14)],
      exhaustedAfter: '300 days',
    },
  },
});

const care = defineSequence({
  id: 'care',
  version: 1,
  programme: 'engagement',
  for: 'both',
  model: 'b2b-points',
  exit: [engaged('email.complained')],
  phases: {
    keep: {
      stage: 'awareness',
      touches: [
        email('still-useful', { after: '20 days', when: field('industry').is('software') }),
        ...lessons('story', 15, 21).map((touch) => ({ ...touch, unless: engaged('survey.answered', { where: { score: { atMost: 6 } } }) })),
      ],
      advance: [
        { end: 'silent', when: silentFor('120 days') },
        { end: 'asked', when: engaged('form.submitted', { where: { form: 'goodbye' } }) },
      ],
      exhaustedAfter: '400 days',
    },
  },
});

export const yearModel: PointsModel = {
  id: 'b2b-points',
  version: 1,
  rules: [
    { id: 'form', on: 'form.submitted', points: 20 },
    { id: 'download', on: 'content.downloaded', points: 10, perDay: 20 },
    { id: 'visit', on: 'page.viewed', points: 1, perDay: 3 },
    { id: 'pricing', on: 'page.viewed', where: { path: { startsWith: '/pricing' } }, points: 5, perDay: 5 },
    { id: 'click', on: 'email.clicked', points: 3, perDay: 6 },
    { id: 'login', on: 'app.login', points: 1, perDay: 2 },
    { id: 'project', on: 'project.created', points: 5, total: 20 },
    { id: 'survey', on: 'survey.answered', points: 5 },
  ],
  starting: { webinar: 5 },
  decay: [
    { afterDays: 30, percent: 50 },
    { afterDays: 90, percent: 25 },
    { afterDays: 180, percent: 0 },
  ],
  fit: { industry: { software: 20 }, seniority: { head: 20 } },
  grades: { A: 35, B: 25, C: 10 },
  bands: { hot: 70, warm: 30 },
  mqlAt: 40,
};

export const yearSettings: Settings = {
  id: 'workspace',
  version: 1,
  model: 'b2b-points',
  cap: { touches: 3, per: '7 days' },
  quietHours: { from: 21, to: 8, zone: 'Etc/UTC' },
  restAfter: '30 days',
  unavailable: { retryAfter: '1 hour', attempts: 3 },
};

export const yearPlans: readonly Plan[] = [newsletter, product, care];
