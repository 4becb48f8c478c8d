/** A long newsletter: the next piece a person has not had, on Tuesdays at their own pace, until they turn to comparing; then what helps to compare. Knows no lead. */
import { any, clicked, defineSequence, engaged, pool, score } from '../../core/words';

export const newsletter = defineSequence({
  id: 'newsletter',
  version: 1,
  programme: 'educational',
  for: 'leads',
  model: 'b2b-points',
  reenter: '90 days',
  goal: engaged('subscription.started'),
  exit: [engaged('email.complained'), engaged('email.unsubscribed')],
  handOff: [{ name: 'hand-raiser', when: engaged('form.submitted', { where: { form: 'demo' } }), sla: { contact: '24 hours' } }],
  phases: {
    learn: {
      stage: 'awareness',
      touches: [pool('reading', { after: '1 day', on: 'Tuesday 10:00', from: { stage: 'awareness' }, every: 'preferred' })],
      advance: [
        {
          to: 'compare',
          when: any(
            score.atLeast(30),
            engaged('page.viewed', { where: { path: { startsWith: '/compare' } }, times: 2, within: '14 days' }),
          ),
        },
      ],
      // Two years; a pool that has run dry waits for what the editors write next.
      exhaustedAfter: '730 days',
    },
    compare: {
      stage: 'consideration',
      touches: [pool('proof', { after: '1 day', on: 'Tuesday 10:00', from: { stage: 'consideration' }, every: '2 weeks', dry: 'next' })],
      advance: [{ start: 'buyers-journey', when: clicked('proof') }],
      exhaustedAfter: '180 days',
      exhausted: { to: 'learn' },
    },
  },
});
