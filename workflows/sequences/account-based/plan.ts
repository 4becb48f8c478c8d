/** Several people of one company: each hears what fits their part in the decision, few at a time, and one rep steps in when the company warms up. Knows no lead. */
import { account, choose, defineSequence, email, engaged, field } from '../../core/words';

export const accountBased = defineSequence({
  id: 'account-based',
  version: 1,
  programme: 'educational',
  for: 'leads',
  model: 'b2b-points',
  reenter: '180 days',
  // Three colleagues a week: more looks like a campaign at the coffee machine.
  cap: { account: { people: 3, per: '7 days' } },
  goal: engaged('subscription.started'),
  // Once a deal is on the table sales does the talking, to everybody in the company.
  exit: [account.any('deal.opened'), account.any('deal.won'), engaged('email.complained'), engaged('email.unsubscribed')],
  handOff: [
    { name: 'hand-raiser', when: engaged('form.submitted', { where: { form: 'demo' } }), sla: { contact: '4 hours' } },
    {
      name: 'account-is-warm',
      when: account.engagedPeople(3),
      sla: { accept: '4 hours', contact: '24 hours' },
      // The others are still told what they came for while the rep talks to one.
      during: 'continue',
      rearm: { points: 20, after: '30 days' },
    },
  ],
  phases: {
    'warm-up': {
      stage: 'awareness',
      touches: [
        choose('part-in-the-decision', {
          after: '1 day',
          arms: {
            decides: {
              when: field('seniority').oneOf('owner', 'executive', 'director'),
              touches: [email('cost-of-waiting', { after: '0 minutes' })],
            },
          },
          otherwise: [email('planning-by-hand', { after: '0 minutes' })],
        }),
        email('how-others-decided', { after: '6 days' }),
      ],
      advance: [{ to: 'together', when: account.engagedPeople(2) }],
      exhaustedAfter: '30 days',
    },
    together: {
      stage: 'consideration',
      touches: [email('team-trial', { after: '1 day' }), email('questions-it-will-ask', { after: '5 days' })],
      exhaustedAfter: '30 days',
    },
  },
});
