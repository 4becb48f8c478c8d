/** Somebody whom a customer referred: introduced in the customer's name, with a code of their own; the customer hears when they buy. Knows no lead. */
import { any, consent, defineSequence, email, engaged, field, not, own, qualification, run, setting, tell } from '../../core/words';

export const referral = defineSequence({
  id: 'referral',
  version: 1,
  // Who buys is still on it, until the referrer was told.
  for: 'both',
  who: not(qualification.is('customer')),
  model: 'b2b-points',
  on: engaged('referral.invited'),
  // The first who referred somebody is the one to thank.
  reenter: 'never',
  // A word from somebody they know goes before our own.
  priority: 10,
  settings: {
    thankAfter: {
      kind: 'span',
      says: 'How long after the purchase the referrer hears of it: as long as it may be taken back',
      default: '14 days',
      max: '60 days',
    },
  },
  // Who only opts out may still buy, and the referrer is thanked all the same.
  exit: [engaged('email.complained')],
  handOff: [
    { name: 'hand-raiser', when: engaged('form.submitted', { where: { form: 'demo' } }), sla: { accept: '2 hours', contact: '4 hours' } },
  ],
  phases: {
    met: {
      stage: 'consideration',
      touches: [
        run('friend-code', {
          after: '0 minutes',
          effect: 'coupon',
          with: { prefix: 'FRIEND' },
          into: 'coupon',
          when: consent('email'),
        }),
        email('referral-hello', { after: '0 minutes', from: 'referrer' }),
        email('customer-story', { after: '3 days' }),
        email('referral-code', { after: '18 days', on: 'weekdays 10:00', when: field('data.coupon.code').known() }),
      ],
      advance: [{ to: 'won', when: any(engaged('subscription.started'), engaged('order.placed'), engaged('deal.won')) }],
      // Half a year in which a purchase counts as the referrer's doing.
      exhaustedAfter: '180 days',
    },
    won: {
      touches: [
        tell('thank-referrer', 'referrer', 'referral.won', {
          after: setting('thankAfter'),
          data: { referred: own('lead') },
          unless: engaged('deal.lost', { from: 'phase' }),
        }),
      ],
      exhaustedAfter: '75 days',
    },
  },
});
