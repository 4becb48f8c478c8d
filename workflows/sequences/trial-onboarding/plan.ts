/** A trial led by what happens in the product: to the first project, to the team, to a decision before it ends. Knows no lead. */
import { after, any, before, choose, defineSequence, email, engaged, silentFor, since, task } from '../../core/words';

const used = any(engaged('teammate.invited'), engaged('app.login', { times: 5 }));

export const trialOnboarding = defineSequence({
  id: 'trial-onboarding',
  version: 1,
  programme: 'active-funnel',
  for: 'leads',
  model: 'b2b-points',
  on: engaged('trial.started'),
  reenter: '180 days',
  goal: engaged('subscription.started'),
  handOff: [
    { name: 'hand-raiser', when: engaged('form.submitted', { where: { form: 'demo' } }), sla: { contact: '4 hours' } },
    // A team that moves in within a week is about to buy, and has questions nobody asks by mail.
    {
      name: 'active-team',
      when: engaged('teammate.invited', { times: 3, within: '7 days' }),
      sla: { accept: '4 hours', contact: '24 hours' },
    },
  ],
  phases: {
    setup: {
      stage: 'decision',
      touches: [
        email('onboarding-begin', { after: '0 minutes', purpose: 'service', repeatable: 'per enrolment' }),
        email('make-a-project', { after: '1 day', on: 'weekdays 10:00' }),
        email('onboarding-stuck', { after: '2 days', on: 'weekdays 10:00', from: 'owner' }),
        task('call-quiet-trial', {
          after: since(silentFor('4 days'), '0 minutes'),
          says: 'Their trial stands still: ask what keeps them, and offer to set up the first project together.',
        }),
      ],
      advance: [{ to: 'team', when: engaged('project.created') }],
      exhaustedAfter: '10 days',
      exhaustedAt: before('endsAt', '4 days'),
      exhausted: { to: 'decide' },
    },
    team: {
      stage: 'decision',
      touches: [
        email('invite-team', { after: '2 days', on: 'weekdays 10:00', unless: engaged('teammate.invited', { times: 2 }) }),
        email('onboarding-friday-mail', { after: '2 days', on: 'weekdays 10:00', when: any(engaged('app.login', { times: 3 }), used) }),
      ],
      exhaustedAfter: '8 days',
      exhaustedAt: before('endsAt', '4 days'),
      exhausted: { to: 'decide' },
    },
    decide: {
      stage: 'decision',
      touches: [
        choose('how-far-they-came', {
          on: 'weekdays 10:00',
          arms: { used: { when: used, touches: [email('onboarding-what-you-built', { after: '0 minutes' })] } },
          otherwise: [email('onboarding-more-time', { after: '0 minutes' })],
        }),
        email('onboarding-ends-tomorrow', { at: before('endsAt', '1 day'), purpose: 'service', repeatable: 'per enrolment' }),
        email('onboarding-ended', { at: after('endsAt', '1 hour'), purpose: 'service', repeatable: 'per enrolment' }),
        email('onboarding-what-was-missing', { after: '5 days', on: 'weekdays 10:00', from: 'owner' }),
      ],
      exhaustedAfter: '25 days',
    },
  },
});
