/** An event taken back by which a step was due: what held the step holds nothing. */
import { defineSequence, email, engaged, since } from '../../workflows/core/words';
import { eventInput, given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';

const { ada } = people;
const day = 86_400_000;
const created = 'project-001';

test('a step that was due since an event taken back, and held by a cap, waits for the next such event and is held by nothing', () => {
  const waiting = defineSequence({
    id: 'waiting',
    version: 1,
    model: 'b2b-points',
    phases: {
      start: {
        stage: 'awareness',
        touches: [email('a', { after: '0 minutes' }), email('b', { after: since(engaged('project.created'), '2 days') })],
        exhaustedAfter: '60 days',
      },
    },
  });
  const capped = publish({ plans: [waiting], settings: { cap: { touches: 1, per: '7 days' } } });
  const tale = given(capped, ada.leadId).profile(ada.traits).command({ word: 'enrol', sequence: 'waiting' }).delivered();
  tale.does('project.created', {}, { id: created }).after('3 days');
  expect(tale.state().enrolments['e1']).toMatchObject({ heldBecause: 'cap', heldUntil: monday + 7 * day });
  tale.batch([eventInput('engagement.retracted', tale.now(), { of: created, because: 'mail-gateway' }, { actor: 'machine' })]);
  expect(tale.factsOf('EngagementRetracted')).toEqual([expect.objectContaining({ released: ['e1'] })]);
  expect(tale.state().enrolments['e1']?.heldUntil).toBeUndefined();
  expect(tale.state().enrolments['e1']?.heldBecause).toBeUndefined();
  tale.after('10 days').does('project.created').after('2 days');
  expect(tale.factsOf('EffectDecided').map(({ effect }) => effect.id)).toEqual(['e1.start.a.1', 'e1.start.b.1']);
});
