/** A webinar, from the invitation to the slides: one enrolment a webinar, every time counted from its date. Knows no lead. */
import { after, before, choose, clicked, defineSequence, email, engaged } from '../../core/words';

export const webinar = defineSequence({
  id: 'webinar',
  version: 1,
  programme: 'educational',
  for: 'both',
  model: 'b2b-points',
  on: engaged('webinar.registered'),
  key: 'webinar',
  // The date may move; whatever is still ahead moves with it.
  updates: ['webinar.rescheduled'],
  reenter: 'never',
  exit: [engaged('email.complained')],
  entry: [{ to: 'registered', when: engaged('webinar.registered', { same: 'webinar' }) }, { to: 'invited' }],
  phases: {
    invited: {
      stage: 'consideration',
      touches: [
        email('webinar-invite', { at: before('startsAt', '14 days'), ifPast: 'now', repeatable: 'per enrolment' }),
        email('webinar-last-call', { at: before('startsAt', '2 days'), repeatable: 'per enrolment' }),
      ],
      advance: [{ to: 'registered', when: engaged('webinar.registered', { same: 'webinar' }) }],
      exhaustedAfter: '180 days',
      exhaustedAt: after('startsAt', '0 minutes'),
    },
    registered: {
      stage: 'consideration',
      touches: [
        email('webinar-join-link', { after: '0 minutes', purpose: 'service', attach: 'calendar-invite', repeatable: 'per enrolment' }),
        email('webinar-tomorrow', { at: before('startsAt', '1 day'), purpose: 'service', repeatable: 'per enrolment' }),
        email('webinar-in-an-hour', { at: before('startsAt', '1 hour'), purpose: 'service', repeatable: 'per enrolment' }),
        // The list of who was there often comes hours later.
        choose('was-there', {
          at: after('startsAt', '2 hours'),
          within: '1 day',
          arms: {
            attended: {
              when: engaged('webinar.attended', { same: 'webinar' }),
              touches: [email('webinar-slides', { after: '2 hours', repeatable: 'per enrolment' })],
            },
          },
          otherwise: [
            email('webinar-missed', { after: '0 minutes', repeatable: 'per enrolment' }),
            email('webinar-next-dates', { after: '5 days', unless: clicked('webinar-missed'), repeatable: 'per enrolment' }),
          ],
        }),
      ],
      exhaustedAfter: '200 days',
      exhaustedAt: after('startsAt', '14 days'),
    },
  },
});
