/** A demo that was missed, mostly while a rep has the person: another time, a call, reminders before the second one; then nurture again. Knows no lead. */
import { any, before, defineSequence, email, engaged, task } from '../../core/words';

export const demoNoShow = defineSequence({
  id: 'demo-no-show',
  version: 1,
  for: 'leads',
  model: 'b2b-points',
  on: engaged('demo.noShow'),
  // Who misses one after another is for a rep to judge, not for a machine to remind.
  reenter: '30 days',
  // Brings the date of the second demo.
  updates: ['demo.booked'],
  goal: engaged('demo.held'),
  exit: [engaged('email.complained')],
  handOff: [
    // Whom no rep has any more, and who books again, is given to one before the day.
    { name: 'booked-again', when: engaged('demo.booked'), sla: { accept: '4 hours', contact: '24 hours' } },
  ],
  phases: {
    rebook: {
      stage: 'decision',
      touches: [
        // Some are only late: a quarter of an hour is theirs.
        email('demo-missed', { after: '15 minutes', purpose: 'service', from: 'owner', repeatable: 'per enrolment' }),
        task('ring', {
          after: '2 hours',
          on: 'weekdays 10:00',
          says: 'Missed the demo and has not booked another. Ring once, without reproach, and offer two times this week.',
        }),
        email('demo-other-times', {
          after: '2 days',
          on: 'weekdays 10:00',
          purpose: 'service',
          from: 'owner',
          repeatable: 'per enrolment',
        }),
        // The only marketing: while a rep has the person it waits until the rep gives them back.
        email('demo-recording', { after: '4 days', on: 'weekdays 10:00' }),
      ],
      advance: [
        { to: 'booked', when: engaged('demo.booked') },
        {
          end: 'in conversation',
          when: any(engaged('email.replied'), engaged('phone.called', { where: { outcome: { oneOf: ['reached', 'interested'] } } })),
        },
      ],
      exhaustedAfter: '14 days',
      exhausted: { start: 'newsletter' },
    },
    booked: {
      stage: 'decision',
      touches: [
        email('demo-tomorrow', { at: before('startsAt', '1 day'), purpose: 'service', from: 'owner', repeatable: 'per enrolment' }),
        email('demo-in-an-hour', { at: before('startsAt', '1 hour'), purpose: 'service', from: 'owner', repeatable: 'per enrolment' }),
      ],
      advance: [{ to: 'missed-again', when: engaged('demo.noShow', { from: 'phase' }) }],
      exhaustedAfter: '45 days',
      exhausted: { start: 'newsletter' },
    },
    'missed-again': {
      touches: [
        task('decide', {
          after: '15 minutes',
          says: 'Missed a second demo. Nothing more is sent about it: ring if you think it worth it, or give the lead back.',
        }),
      ],
      exhaustedAfter: '3 days',
      exhausted: { start: 'newsletter' },
    },
  },
});
