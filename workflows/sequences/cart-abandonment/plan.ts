/** A cart that was left: a reminder with what is in it, help, and for a large one an offer, until it is bought or emptied. Knows no lead. */
import { choose, defineSequence, email, engaged, field, sinceLast } from '../../core/words';

export const cartAbandonment = defineSequence({
  id: 'cart-abandonment',
  version: 1,
  programme: 'active-funnel',
  for: 'both',
  model: 'b2b-points',
  on: engaged('cart.updated'),
  key: 'cart',
  reenter: 'always',
  goal: engaged('order.placed', { same: 'cart' }),
  exit: [field('data.items').atMost(0), engaged('email.complained'), engaged('email.unsubscribed')],
  phases: {
    left: {
      stage: 'decision',
      touches: [
        // Every change of the cart puts it off: who is still choosing is not reminded.
        email('cart-still-there', {
          after: sinceLast(engaged('cart.updated', { same: 'cart' }), '2 hours'),
          repeatable: 'per enrolment',
        }),
        email('cart-help', { after: '1 day', repeatable: 'per enrolment' }),
        choose('worth', {
          after: '2 days',
          arms: {
            large: {
              when: field('data.value').atLeast(100),
              touches: [email('cart-offer', { after: '0 minutes', on: '10:00', repeatable: '90 days' })],
            },
          },
        }),
      ],
      exhaustedAfter: '10 days',
    },
  },
});
