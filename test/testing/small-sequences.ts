/** Small sequences for tests of the test kit: an introduction that starts a talk, a renewal by its date, steps that write nothing to the lead. */
import {
  after,
  all,
  before,
  choose,
  clicked,
  defineSequence,
  email,
  engaged,
  field,
  own,
  run,
  score,
  since,
  task,
  tell,
} from '../../workflows/core/words';

export const intro = defineSequence({
  id: 'intro',
  version: 1,
  programme: 'educational',
  model: 'b2b-points',
  goal: engaged('subscription.started'),
  handOff: [
    { name: 'hand-raiser', when: engaged('form.submitted', { where: { form: 'demo' } }), sla: { accept: '1 hour', contact: '4 hours' } },
  ],
  phases: {
    hello: {
      stage: 'awareness',
      touches: [email('welcome', { after: '0 minutes' }), email('guide', { after: '3 days', unless: engaged('content.downloaded') })],
      advance: [{ to: 'more', when: clicked('guide') }],
      exhaustedAfter: '10 days',
      exhausted: { start: 'talk' },
    },
    more: {
      stage: 'consideration',
      touches: [
        email('case', { after: since(engaged('page.viewed', { where: { path: '/pricing' } }), '1 day') }),
        choose('how', {
          within: '2 days',
          arms: {
            fast: { when: all(engaged('project.created'), score.atLeast(1)), touches: [email('next-steps', { after: '0 minutes' })] },
          },
          otherwise: [email('help', { after: '0 minutes' })],
        }),
      ],
      exhaustedAfter: '30 days',
    },
  },
});

export const talk = defineSequence({
  id: 'talk',
  version: 2,
  model: 'b2b-points',
  on: engaged('webinar.registered'),
  phases: { invite: { stage: 'decision', touches: [email('call', { after: '1 hour' })], exhaustedAfter: '5 days' } },
});

export const yearly = defineSequence({
  id: 'yearly',
  version: 1,
  for: 'both',
  model: 'b2b-points',
  phases: {
    year: {
      touches: [
        email('renews-soon', { at: before('renewsAt', '14 days') }),
        email('renews-tomorrow', { at: before('renewsAt', '1 day') }),
        email('thanks', { at: after('renewsAt', '2 days'), on: '10:00' }),
      ],
      exhaustedAfter: '120 days',
    },
  },
});

/** Somebody missed a meeting: a code, a call, and news for who sent them. */
export const missed = defineSequence({
  id: 'missed',
  version: 1,
  model: 'b2b-points',
  phases: {
    again: {
      touches: [
        run('gift', { after: '0 minutes', effect: 'coupon', with: { prefix: 'AGAIN' }, into: 'coupon' }),
        task('ring', { after: '1 day', says: 'Ring and offer another time.', unless: engaged('demo.booked') }),
        tell('thank', 'referrer', 'referral.won', { after: '1 day', data: { referred: own('lead') } }),
        choose('spring', {
          arms: { yes: { when: field('data.coupon.code').startsWith('SPRING'), touches: [email('spring-offer', { after: '0 minutes' })] } },
        }),
      ],
      exhaustedAfter: '10 days',
    },
  },
});
