/** After the trade show: whoever was hot at the stand hears from a person within the day, the others get what they came for. Knows no lead. */
import { any, clicked, defineSequence, email, engaged, field, score } from '../../core/words';

/** The stand may correct its judgement in the evening; so may what the person does. */
const turnsHot = { to: 'hot', when: any(field('data.rating').is('hot'), score.gained(25, '14 days')) } as const;

export const tradeShow = defineSequence({
  id: 'trade-show',
  version: 1,
  programme: 'active-funnel',
  for: 'leads',
  model: 'b2b-points',
  on: engaged('badge.scanned'),
  // One enrolment a show; a second scan at the same stand brings the rating up to date.
  key: 'event',
  reenter: 'never',
  goal: engaged('subscription.started'),
  exit: [engaged('email.complained'), engaged('email.unsubscribed')],
  handOff: [
    { name: 'hand-raiser', when: engaged('form.submitted', { where: { form: 'demo' } }), sla: { contact: '4 hours' } },
    // A talk at a stand is forgotten in two days.
    { name: 'hot-at-the-stand', when: field('data.rating').is('hot'), sla: { accept: '4 hours', contact: '24 hours' } },
  ],
  entry: [{ to: 'hot', when: field('data.rating').is('hot') }, { to: 'warm', when: field('data.rating').is('warm') }, { to: 'cold' }],
  phases: {
    hot: {
      stage: 'decision',
      touches: [
        email('show-good-to-meet', { after: '2 hours', from: 'owner', repeatable: 'per enrolment' }),
        email('show-times-to-talk', {
          after: '2 days',
          on: 'weekdays 10:00',
          from: 'owner',
          unless: any(engaged('demo.booked'), engaged('email.replied'), engaged('phone.called', { where: { outcome: 'reached' } })),
          repeatable: 'per enrolment',
        }),
        email('comparison', { after: '6 days', on: 'weekdays 10:00', unless: engaged('demo.booked') }),
      ],
      exhaustedAfter: '21 days',
      exhausted: { start: 'buyers-journey' },
    },
    warm: {
      stage: 'consideration',
      touches: [
        email('show-what-you-saw', { after: '1 day', on: 'weekdays 10:00', repeatable: 'per enrolment' }),
        email('customer-story', { after: '4 days', on: 'weekdays 10:00' }),
        email('demo-invite', {
          after: '5 days',
          on: 'weekdays 10:00',
          when: any(clicked('show-what-you-saw'), clicked('customer-story')),
          outOfStage: 'only for who clicked, and they have seen the product at the stand',
        }),
      ],
      advance: [turnsHot],
      exhaustedAfter: '21 days',
      exhausted: { start: 'buyers-journey' },
    },
    cold: {
      stage: 'awareness',
      touches: [email('show-nice-to-have-met', { after: '2 days', on: 'weekdays 10:00', repeatable: 'per enrolment' })],
      advance: [turnsHot, { to: 'warm', when: any(field('data.rating').is('warm'), clicked('show-nice-to-have-met')) }],
      exhaustedAfter: '10 days',
      exhausted: { start: 'buyers-journey' },
    },
  },
});
