/** What a sequence of somebody else tells of: it begins and moves sequences, and is not the person's own doing. */
import { defineSequence, email, engaged } from '../../workflows/core/words';
import { given } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';
import { noQuiet } from './timed-plans';

const { ada } = people;
const thanks = defineSequence({
  id: 'thanks',
  version: 1,
  for: 'both',
  model: 'b2b-points',
  on: engaged('referral.won'),
  key: 'referred',
  phases: {
    start: {
      touches: [email('one', { after: '0 minutes' })],
      advance: [{ to: 'more', when: engaged('deal.won') }],
      exhaustedAfter: '9 days',
    },
    more: { touches: [], exhaustedAfter: '9 days' },
  },
});
const tale = () => given(publish({ plans: [thanks], settings: noQuiet }), ada.leadId).profile(ada.traits);
const engine = { actor: 'engine' } as const;

test('begins a sequence with its data, and meets the conditions of one', () => {
  const told = tale().does('referral.won', { referred: 'ld_1' }, engine);
  expect(told.factsOf('Enrolled')).toMatchObject([{ data: { referred: 'ld_1' } }]);
  expect(told.does('deal.won', {}, engine).state().enrolments['e1']?.phase).toBe('more');
});

test('makes no customer of who is only told of a purchase, scores nothing and wakes no interest', () => {
  const told = tale()
    .does('referral.won', { referred: 'ld_1' })
    .does('deal.won', {}, engine)
    .does('form.submitted', { form: 'demo' }, engine);
  expect(told.factsOf('QualificationChanged').map(({ to }) => to)).not.toContain('customer');
  expect([told.factsOf('PointsChanged'), told.state().lastEngagedAt]).toEqual([[], undefined]);
});

test.each(['machine', 'unknown'] as const)('from a publisher who says %s begins nothing', (actor) => {
  expect(tale().does('referral.won', { referred: 'ld_1' }, { actor }).factsOf('Enrolled')).toEqual([]);
});
