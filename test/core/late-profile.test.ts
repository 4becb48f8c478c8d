/** An enrolment that is a moment ahead of the profile: whatever asks who the person is waits for it, nothing else does. */
import { choose, consent, email, engaged, field, not, own, run, task } from '../../workflows/core/words';
import type { SaidStep } from '../../workflows/core/words';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';
import { day, noQuiet, sequenceOf, withheld } from './timed-plans';

const { ada } = people;
const begun = (...touches: SaidStep<string, never>[]) =>
  given(publish({ plans: [sequenceOf(...touches)], settings: noQuiet }), ada.leadId).command({ word: 'enrol', sequence: 'plan' });
const service = (id: string, more: object = {}) => email(id, { after: '0 minutes', purpose: 'service', ...more });
const known = { consented: consent('email'), german: field('country').is('de') };

test.each<[string, SaidStep<string, never>]>([
  ['a message', service('confirm', { unless: known.consented })],
  ['an effect of the own', run('gift', { after: '0 minutes', effect: 'coupon', with: { prefix: 'A' }, when: not(known.german) })],
  ['a task', task('ring', { after: '0 minutes', says: 'Ring.', unless: known.german })],
  ['a value of the person', run('gift', { after: '0 minutes', effect: 'coupon', with: { prefix: own('country') } })],
])('%s that asks who the person is waits for the profile', (_, step) => {
  const tale = begun(step);
  expect([tale.effects(), withheld(tale), tale.wake()]).toEqual([[], [], monday + day]);
});

test('what it says is asked of the profile once that is there', () => {
  const tale = begun(service('confirm', { unless: known.consented }), service('last'));
  expect(
    tale
      .profile(ada.traits)
      .sends()
      .map(({ touch }) => touch),
  ).toEqual(['last']);
  expect(withheld(tale)).toEqual([['confirm', 'condition']]);
});

test('a choice takes no way before it, and then the right one', () => {
  const way = choose('where', { arms: { home: { when: known.german, touches: [service('hallo')] } }, otherwise: [service('hello')] });
  const tale = begun(way);
  expect([tale.factsOf('BranchTaken'), tale.wake()]).toEqual([[], monday + day]);
  expect(tale.profile({ country: 'de' }).factsOf('BranchTaken')).toMatchObject([{ arm: 'home' }]);
  expect(tale.sends().map(({ touch }) => touch)).toEqual(['hallo']);
});

test('who stays unknown for a day is judged as unknown', () => {
  const tale = begun(service('confirm', { unless: known.consented }));
  expect(tale.until(monday + day).factsOf('TouchSent')).toMatchObject([{ touch: 'confirm', recordedAt: monday + day }]);
});

test('what only asks what was done, or of the data, waits for nobody', () => {
  expect(begun(service('now', { unless: engaged('page.viewed') })).sends()).toHaveLength(1);
  expect(begun(service('now', { unless: field('data.plan').is('team') })).sends()).toHaveLength(1);
  expect(begun(run('gift', { after: '0 minutes', effect: 'coupon', with: { prefix: 'A' } })).effects()).toHaveLength(1);
});
