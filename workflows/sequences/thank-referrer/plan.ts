/** Thanks for who brought a customer: a code of their own each time; a person takes over where none can be made. Knows no lead. */
import { choose, defineSequence, email, engaged, field, run, task } from '../../core/words';

export const thankReferrer = defineSequence({
  id: 'thank-referrer',
  version: 1,
  for: 'both',
  model: 'b2b-points',
  // Told by the sequence `referral` of whom they referred.
  on: engaged('referral.won'),
  key: 'referred',
  reenter: 'never',
  exit: [engaged('email.complained')],
  phases: {
    thanks: {
      touches: [
        run('thank-you-code', { after: '0 minutes', effect: 'coupon', with: { prefix: 'THANKS' }, into: 'coupon' }),
        choose('reward', {
          arms: {
            made: {
              when: field('data.coupon.code').known(),
              touches: [
                // Promised when they referred somebody, so no marketing; but not in the night.
                email('referral-thanks', { after: '0 minutes', on: '10:00', purpose: 'service', repeatable: 'per enrolment' }),
                email('referral-another', { after: '30 days', on: 'weekdays 10:00', repeatable: '180 days' }),
              ],
            },
          },
          otherwise: [
            task('thank-by-hand', {
              after: '0 minutes',
              says: 'Somebody they referred has become a customer, but no thank-you code could be made. Send them one, with a word of thanks.',
            }),
          ],
        }),
      ],
      exhaustedAfter: '60 days',
    },
  },
});
