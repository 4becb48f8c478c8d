/** The trial, from the invitation to its end: nurtures beside sales until the person subscribes or the month is over. Knows no lead. */
import { defineSequence } from '../../core/define-sequence';
import { all, email, engaged, grade, score, since } from '../../core/words';

export const trialOffer = defineSequence({
  id: 'trial-offer',
  version: 1,
  programme: 'active-funnel',
  for: 'leads',
  model: 'b2b-points',
  on: engaged('trial.started'),
  reenter: '180 days',
  goal: engaged('subscription.started'),
  exit: [engaged('email.complained'), engaged('email.unsubscribed')],
  handOff: [
    { name: 'hand-raiser', when: engaged('form.submitted', { where: { form: 'demo' } }), sla: { contact: '4 hours' }, during: 'continue' },
    {
      name: 'scored',
      when: all(score.atLeast(60), grade.atLeast('B')),
      sla: { accept: '4 hours', contact: '24 hours' },
      during: 'continue',
      rearm: { points: 20, after: '14 days' },
    },
  ],
  entry: [{ to: 'trial', when: engaged('trial.started') }, { to: 'invited' }],
  phases: {
    invited: {
      stage: 'decision',
      touches: [
        email('trial-invite', { after: '0 minutes' }),
        // Who does not want to try it alone may want to be shown.
        email('demo-invite', { after: '4 days', unless: engaged('form.submitted', { where: { form: 'demo' } }) }),
      ],
      advance: [{ to: 'trial', when: engaged('trial.started') }],
      exhaustedAfter: '12 days',
    },
    trial: {
      stage: 'decision',
      touches: [
        email('first-login', { after: '0 minutes', purpose: 'service' }),
        email('make-a-project', { after: '1 day', unless: engaged('project.created') }),
        email('invite-team', {
          after: since(engaged('project.created'), '2 days'),
          unless: engaged('teammate.invited', { times: 2, within: '7 days' }),
        }),
      ],
      exhaustedAfter: '6 days',
      // A phase of its own, so that who never makes a project is still told that the trial ends.
      exhausted: { to: 'close' },
    },
    close: {
      stage: 'decision',
      touches: [email('halfway-check', { after: '1 day' }), email('ends-soon', { after: '4 days' })],
      exhaustedAfter: '8 days',
      exhausted: { to: 'last-word' },
    },
    'last-word': {
      stage: 'decision',
      touches: [email('special-offer', { after: '1 day' })],
      exhaustedAfter: '7 days',
    },
  },
});
