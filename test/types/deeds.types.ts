/** What the compiler must catch in steps that write nothing to the lead. Read by `tsc` alone. */
import { clicked, defineSequence, own, run, task, tell } from '../../workflows/core/words';

const head = { id: 'plan', version: 1, model: 'b2b-points' } as const;

run('gift', { after: '1 day', effect: 'coupon', with: { prefix: 'SPRING' }, into: 'coupon', unless: clicked('b') });
run('gift', { after: '1 day', effect: 'coupon', with: { prefix: own('data.campaign') } });
// @ts-expect-error nobody wrote such an effect
run('gift', { after: '1 day', effect: 'kupon', with: { prefix: 'SPRING' } });
// @ts-expect-error the effect takes a prefix
run('gift', { after: '1 day', effect: 'coupon', with: { prefx: 'SPRING' } });
// @ts-expect-error a prefix is a text
run('gift', { after: '1 day', effect: 'coupon', with: { prefix: 7 } });
// @ts-expect-error an option misspelt
run('gift', { after: '1 day', effect: 'coupon', with: { prefix: 'SPRING' }, in: 'coupon' });
tell('thank', 'referrer', 'referral.won', { after: '1 day', data: { referred: own('lead') } });
tell('share', 'colleagues', 'deal.won', { after: '1 day' });
// @ts-expect-error nobody is called so
tell('thank', 'friends', 'referral.won', { after: '1 day' });
// @ts-expect-error there is no such event
tell('thank', 'referrer', 'referral.one', { after: '1 day' });
// @ts-expect-error the event has no such field
tell('thank', 'referrer', 'referral.won', { after: '1 day', data: { refered: own('lead') } });
task('call', { after: '1 day', says: 'Call and offer another time.', to: 'owner' });
// @ts-expect-error a task says what is to be done
task('call', { after: '1 day' });
// @ts-expect-error nobody is called so
task('call', { after: '1 day', says: 'Call.', to: 'boss' });
const clickless = task('call', { after: '1 day', says: 'Call.', when: clicked('b') });
// @ts-expect-error a step waits for a click in a touch the sequence does not have
defineSequence({ ...head, phases: { start: { touches: [clickless], exhaustedAfter: '1 day' } } });
