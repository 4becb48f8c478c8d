/** After an order: thanks, help once it is there, how it went, and what follows from the answer. One enrolment an order. Knows no lead. */
import { choose, defineSequence, email, engaged, task } from '../../core/words';

const answered = (score: { readonly atLeast: number } | { readonly atMost: number }) =>
  engaged('survey.answered', { where: { survey: 'how-likely', score }, from: 'phase' });

export const postPurchase = defineSequence({
  id: 'post-purchase',
  version: 1,
  programme: 'engagement',
  for: 'customers',
  model: 'b2b-points',
  on: engaged('order.placed'),
  key: 'order',
  reenter: 'always',
  phases: {
    ordered: {
      stage: 'customer',
      touches: [
        email('order-thanks', { after: '0 minutes', purpose: 'service', repeatable: 'per enrolment' }),
        // Nobody told us that it arrived: better asked than waited for.
        email('order-is-it-there', { after: '21 days', on: 'weekdays 10:00', purpose: 'service', repeatable: 'per enrolment' }),
      ],
      advance: [{ to: 'using', when: engaged('order.delivered', { same: 'order' }) }],
      exhaustedAfter: '45 days',
    },
    using: {
      stage: 'customer',
      touches: [
        // Once in a life: who orders again knows how to begin.
        email('order-get-going', { after: '2 days', on: 'weekdays 10:00' }),
        email('order-how-likely', { after: '12 days', on: 'Tuesday, Wednesday, Thursday 10:00', repeatable: '90 days' }),
        choose('how-it-went', {
          within: '10 days',
          arms: {
            unhappy: {
              when: answered({ atMost: 6 }),
              touches: [
                task('call-the-unhappy', {
                  after: '0 minutes',
                  says: 'They would not recommend us: call, listen, and write down what went wrong. Sell nothing.',
                }),
              ],
            },
            delighted: {
              when: answered({ atLeast: 9 }),
              touches: [email('order-tell-a-colleague', { after: '1 day', on: 'weekdays 10:00', repeatable: '365 days' })],
            },
          },
        }),
        email('order-what-goes-with-it', {
          after: '20 days',
          on: 'weekdays 10:00',
          unless: engaged('survey.answered', { where: { score: { atMost: 6 } }, from: 'phase' }),
          repeatable: '60 days',
        }),
      ],
      exhaustedAfter: '75 days',
    },
  },
});
