/** Stories of people who try the product: led by what they do in it, and told in time when it ends. */
import { trialOnboarding } from '../../workflows/sequences/trial-onboarding/plan';
import { journey } from '../../workflows/testing';

const endsAt = '2026-03-16T09:00';
const tries = () =>
  journey(trialOnboarding, { at: '2026-03-02T09:00', zone: 'Europe/Berlin' })
    .person({ zone: 'Europe/Berlin' })
    .does('trial.started', { plan: 'team', endsAt });

test('whoever makes a project at once is led to the team and not told to make one', () => {
  tries()
    .receives('onboarding-begin')
    .after('3 hours')
    .does('project.created')
    .isIn('team')
    .neverReceives('make-a-project')
    .at('2026-03-04T12:05')
    .receivesNothing()
    .at('2026-03-05T10:00')
    .receives('invite-team');
});

test('whoever stands still is reminded, asked what is in the way, and called', () => {
  tries()
    .at('2026-03-03T10:00')
    .hasReceived('make-a-project')
    .at('2026-03-05T10:00')
    .receives('onboarding-stuck')
    .at('2026-03-06T12:00')
    .isGivenTask('call-quiet-trial');
});

test('three colleagues within a week are worth a call, and the mails go on', () => {
  tries()
    .after('1 hour')
    .does('project.created')
    .after('1 day')
    .does('teammate.invited')
    .does('teammate.invited')
    .does('teammate.invited')
    .isHandedOff({ by: 'active-team', contactWithin: '24 hours' })
    .rep('accepts')
    .after('10 days')
    .hasReceived('onboarding-what-you-built');
});

test('four days before the end it is about the decision, by how far they came', () => {
  const decides = (used: boolean) => {
    const tale = tries().after('1 hour').does('project.created');
    return (used ? tale.does('teammate.invited') : tale).at('2026-03-12T10:05').isIn('decide');
  };
  decides(true).takesArm('how-far-they-came', 'used').hasReceived('onboarding-what-you-built');
  decides(false).takesArm('how-far-they-came', 'otherwise').hasReceived('onboarding-more-time');
});

test('the end is told the day before and an hour after', () => {
  tries().at('2026-03-15T09:00').receives('onboarding-ends-tomorrow').at('2026-03-16T10:00').receives('onboarding-ended');
});

test('whoever subscribes hears no more of the trial', () => {
  tries()
    .after('5 days')
    .does('subscription.started', { plan: 'team' })
    .hasLeft('trial-onboarding', 'goal: subscription.started')
    .neverReceives('onboarding-ends-tomorrow')
    .after('30 days');
});

test('an opt-out stops what is marketing; that the trial ends is still told', () => {
  tries()
    .at('2026-03-03T11:00')
    .unsubscribes('make-a-project')
    .neverReceives('onboarding-more-time')
    .at('2026-03-15T09:00')
    .receives('onboarding-ends-tomorrow');
});
