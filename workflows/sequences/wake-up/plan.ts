/** People who have gone quiet: asked whether it is still of use, offered less, then left alone. Silence itself begins it. Knows no lead. */
import { any, defineSequence, email, engaged, silentFor } from '../../core/words';

export const wakeUp = defineSequence({
  id: 'wake-up',
  version: 1,
  programme: 'engagement',
  for: 'both',
  model: 'b2b-points',
  on: silentFor('90 days'),
  reenter: '180 days',
  // Any sign of life: they are awake, and hear from us as before.
  goal: any(
    engaged('email.clicked'),
    engaged('email.replied'),
    engaged('page.viewed'),
    engaged('form.submitted'),
    engaged('app.login'),
    engaged('content.downloaded'),
  ),
  exit: [engaged('email.complained'), engaged('email.unsubscribed')],
  phases: {
    ask: {
      stage: 'awareness',
      touches: [
        email('wake-up-still-of-use', { after: '0 minutes', on: 'weekdays 10:00', repeatable: '150 days' }),
        email('wake-up-fewer-mails', { after: '7 days', on: 'weekdays 10:00', repeatable: '150 days' }),
        email('wake-up-goodbye', { after: '14 days', on: 'weekdays 10:00', repeatable: '150 days' }),
      ],
      // The sunset: nothing more, until they come back by themselves.
      exhaustedAfter: '35 days',
    },
  },
});
