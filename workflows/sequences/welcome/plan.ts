/** The first ten days after signing up: the address is confirmed, then the best there is, and how often they want to hear from us. Knows no lead. */
import { choose, consent, defineSequence, email, engaged, field, persona } from '../../core/words';

export const welcome = defineSequence({
  id: 'welcome',
  version: 1,
  programme: 'engagement',
  for: 'leads',
  model: 'b2b-points',
  on: engaged('newsletter.subscribed'),
  reenter: '90 days',
  // They signed up a minute ago: this goes before everything else.
  priority: 10,
  goal: engaged('subscription.started'),
  handOff: [{ name: 'hand-raiser', when: engaged('form.submitted', { where: { form: 'demo' } }), sla: { contact: '4 hours' } }],
  entry: [{ to: 'hello', when: consent('email') }, { to: 'confirm' }],
  phases: {
    // Anybody can type in anybody's address; until its owner says yes only this is sent.
    confirm: {
      stage: 'awareness',
      touches: [
        email('welcome-confirm', { after: '0 minutes', purpose: 'service', repeatable: 'per enrolment' }),
        email('welcome-confirm-again', { after: '2 days', on: '10:00', purpose: 'service', repeatable: 'per enrolment' }),
      ],
      advance: [{ to: 'hello', when: consent('email') }],
      exhaustedAfter: '14 days',
    },
    hello: {
      stage: 'awareness',
      touches: [
        email('welcome-hello', { after: '0 minutes', ifCapped: 'hold' }),
        choose('what-they-do', {
          after: '2 days',
          on: 'weekdays 10:00',
          arms: {
            decides: { when: persona('budget-holder'), touches: [email('cost-of-waiting', { after: '0 minutes' })] },
            leads: { when: persona('team-lead'), touches: [email('how-to-guide', { after: '0 minutes' })] },
          },
          otherwise: [email('industry-infographic', { after: '0 minutes' })],
        }),
        email('welcome-how-often', { after: '3 days', on: 'weekdays 10:00', unless: field('frequency').known() }),
      ],
      exhaustedAfter: '10 days',
      exhausted: { start: 'newsletter' },
    },
  },
});
