/** What the compiler must catch in the times of a sequence. Read by `tsc` alone: an expectation that no longer errs is an error. */
import { after, any, before, choose, clicked, defineSequence, email, engaged, silentFor, sinceLast } from '../../workflows/core/words';

const head = { id: 'plan', version: 1, model: 'b2b-points' } as const;
const a = email('a', { after: '1 day' });

/** Every way to say when is accepted. */
export const times = [
  email('a', { at: before('endsAt', '3 days'), ifPast: 'now', on: 'Tuesday, Thursday 10:00' }),
  email('b', { at: after('endsAt', '6 hours') }),
  email('c', { after: sinceLast(engaged('cart.updated', { same: 'cart' }), '1 hour'), on: 'weekdays 9:30' }),
  email('d', { on: '10:00', unless: engaged('order.placed') }),
  choose('e', { at: after('endsAt', '1 hour'), arms: { x: { when: clicked('a'), touches: [] } } }),
];
// @ts-expect-error a step has to say when it is due
email('a', {});
// @ts-expect-error either after a time or at a date
email('a', { after: '1 day', at: before('endsAt', '1 day') });
// @ts-expect-error only a date can have passed
email('a', { after: '1 day', ifPast: 'skip' });
// @ts-expect-error there is no such day
email('a', { after: '1 day', on: 'Tusday 10:00' });
// @ts-expect-error a time of day has a colon
email('a', { after: '1 day', on: 'Tuesday 10' });
// @ts-expect-error a moment that passed is skipped or due now
email('a', { at: before('endsAt', '1 day'), ifPast: 'later' });
// @ts-expect-error `ifPast` is misspelt
email('a', { at: before('endsAt', '1 day'), ifpast: 'now' });
// @ts-expect-error a date is so long ahead as a span says
before('endsAt', '3');
// prettier-ignore
// @ts-expect-error a wait for the newest event names a touch the sequence does not have
defineSequence({ ...head, phases: { start: { touches: [a, email('c', { after: sinceLast(clicked('b'), '1 day') })], exhaustedAfter: '1 day' } } });

/** A sequence with a beginning, an end, news of its own and an end of a phase by date is accepted. */
export const season = defineSequence({
  ...head,
  on: any(silentFor('90 days'), engaged('webinar.registered')),
  key: 'webinar',
  updates: ['webinar.rescheduled'],
  from: '2026-12-01',
  until: '2026-12-24',
  phases: { start: { touches: [a], exhaustedAfter: '60 days', exhaustedAt: after('startsAt', '0 minutes') } },
});
// @ts-expect-error nobody publishes an event of that type
defineSequence({ ...head, updates: ['webinar.moved'], phases: { start: { touches: [a], exhaustedAfter: '1 day' } } });
// @ts-expect-error a phase runs out at a date, not after a second span
defineSequence({ ...head, phases: { start: { touches: [a], exhaustedAfter: '1 day', exhaustedAt: '2 days' } } });
// @ts-expect-error `until` is misspelt
defineSequence({ ...head, untill: '2026-12-24', phases: { start: { touches: [a], exhaustedAfter: '1 day' } } });
