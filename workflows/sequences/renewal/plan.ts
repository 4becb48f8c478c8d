/** The last three months of a contract: what it has brought, whether it still fits, and that it ends; counted from its date. Knows no lead. */
import { after, before, choose, defineSequence, email, engaged, field } from '../../core/words';

export const renewal = defineSequence({
  id: 'renewal',
  version: 1,
  programme: 'engagement',
  for: 'customers',
  model: 'b2b-points',
  // A later `contract.set` of the same contract moves the date.
  on: engaged('contract.set'),
  key: 'contract',
  reenter: 'always',
  goal: engaged('contract.renewed', { same: 'contract' }),
  exit: [engaged('email.complained')],
  handOff: [
    { name: 'asks', when: engaged('form.submitted', { where: { form: 'renewal' } }), sla: { contact: '24 hours' }, during: 'continue' },
  ],
  phases: {
    'run-up': {
      stage: 'customer',
      touches: [
        email('renewal-what-it-brought', { at: before('endsAt', '90 days'), ifPast: 'now', from: 'owner', repeatable: 'per enrolment' }),
        choose('room-left', {
          at: before('endsAt', '45 days'),
          arms: {
            full: {
              when: field('data.seatsUsed').atLeast(90),
              touches: [email('renewal-more-seats', { after: '0 minutes', on: 'Tuesday, Thursday 10:00', repeatable: 'per enrolment' })],
            },
          },
          otherwise: [email('renewal-tips', { after: '0 minutes', on: 'Tuesday, Thursday 10:00', repeatable: 'per enrolment' })],
        }),
        email('renewal-soon', { at: before('endsAt', '14 days'), purpose: 'service', from: 'owner', repeatable: 'per enrolment' }),
      ],
      exhaustedAfter: '1500 days',
      exhaustedAt: after('endsAt', '0 minutes'),
      exhausted: { to: 'lapsed' },
    },
    lapsed: {
      stage: 'customer',
      touches: [email('renewal-lapsed', { after: '3 days', purpose: 'service', from: 'owner', repeatable: 'per enrolment' })],
      exhaustedAfter: '30 days',
    },
  },
});
