/** From a first article to a price: teaches until the person turns to buying, then offers the trial or a rep. Knows no lead. */
import { defineSequence } from '../../core/define-sequence';
import { all, any, clicked, email, engaged, grade, score, silentFor } from '../../core/words';

/** At this score somebody is ready to try the product, whichever phase they are in. */
const readyToTry = { start: 'trial-offer', when: score.atLeast(35) };

export const buyersJourney = defineSequence({
  id: 'buyers-journey',
  version: 1,
  programme: 'educational',
  for: 'leads',
  model: 'b2b-points',
  reenter: '180 days',
  goal: engaged('subscription.started'),
  exit: [engaged('email.complained'), engaged('email.unsubscribed')],
  handOff: [
    { name: 'hand-raiser', when: engaged('form.submitted', { where: { form: 'demo' } }), sla: { contact: '4 hours' } },
    {
      // So good a fit is worth a talk before the trial is offered.
      name: 'good-fit',
      when: all(score.atLeast(30), grade.atLeast('A')),
      sla: { accept: '4 hours', contact: '24 hours' },
      rearm: { points: 20, after: '14 days' },
    },
  ],
  phases: {
    learn: {
      stage: 'awareness',
      touches: [
        email('welcome', { after: '0 minutes' }),
        email('how-to-guide', { after: '3 days' }),
        email('industry-infographic', { after: '4 days' }),
        email('ebook', { after: '4 days', unless: engaged('content.downloaded', { where: { content: 'where-are-we' } }) }),
      ],
      advance: [readyToTry, { to: 'weigh', when: any(clicked('how-to-guide'), engaged('content.downloaded'), score.atLeast(15)) }],
      exhaustedAfter: '20 days',
      exhausted: { to: 'wake' },
    },
    weigh: {
      stage: 'consideration',
      touches: [
        email('customer-story', { after: '2 days' }),
        email('white-paper', { after: '4 days' }),
        email('webinar-recording', { after: '4 days' }),
      ],
      advance: [
        readyToTry,
        {
          to: 'choose',
          when: any(engaged('page.viewed', { where: { path: '/pricing' } }), clicked('webinar-recording'), score.atLeast(25)),
        },
      ],
      exhaustedAfter: '16 days',
      exhausted: { to: 'wake' },
    },
    choose: {
      stage: 'decision',
      touches: [
        email('comparison', { after: '1 day' }),
        email('pricing', { after: '3 days' }),
        email('demo-invite', { after: '3 days', unless: engaged('form.submitted', { where: { form: 'demo' } }) }),
        email('first-year-offer', { after: '5 days' }),
      ],
      advance: [readyToTry],
      exhaustedAfter: '20 days',
    },
    wake: {
      touches: [email('still-useful', { after: '3 days', when: silentFor('7 days') })],
      advance: [readyToTry, { to: 'weigh', when: clicked('still-useful') }],
      exhaustedAfter: '10 days',
    },
  },
});
