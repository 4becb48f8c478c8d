/** Small plans for tests of single rules: one touch a day, one hand-off rule, and ways to change them. */
import { defineSequence, email, engaged, score } from '../../workflows/core/words';
import type { Plan } from '../../workflows/core';

/** Three mails a day apart, thirty days; marketing. */
export const daily = defineSequence({
  id: 'daily',
  version: 1,
  model: 'b2b-points',
  phases: {
    start: {
      stage: 'awareness',
      touches: [email('one', { after: '0 minutes' }), email('two', { after: '1 day' }), email('three', { after: '1 day' })],
      exhaustedAfter: '30 days',
    },
  },
});

/** One confirmation the person asked for, then nothing for thirty days. */
export const confirming = defineSequence({
  id: 'confirming',
  version: 1,
  for: 'both',
  model: 'b2b-points',
  phases: { start: { touches: [email('confirm', { after: '0 minutes', purpose: 'service' })], exhaustedAfter: '30 days' } },
});

/** No mail; hands over who asks for a demo or reaches 40 points. */
export const selling = defineSequence({
  id: 'selling',
  version: 1,
  model: 'b2b-points',
  handOff: [
    { name: 'asked', when: engaged('form.submitted', { where: { form: 'demo' } }), sla: { accept: '4 hours', contact: '24 hours' } },
    { name: 'scored', when: score.atLeast(40), sla: { accept: '4 hours', contact: '24 hours' }, rearm: { points: 20, after: '14 days' } },
  ],
  phases: { start: { stage: 'decision', touches: [], exhaustedAfter: '365 days' } },
});

/** The plan with other parts; its id too where two must live side by side. */
export const changed = (plan: Plan, parts: Partial<Plan>): Plan => ({ ...plan, ...parts });
