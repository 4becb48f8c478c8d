/** A hand-off that the brake holds: it is asked again once a day, at once when an operator answered, and its clock to make contact runs on. */
import { describeLead } from '../../workflows/core';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';
import { selling } from './plans';

const hour = 3_600_000;
const published = publish({ plans: [selling] });
const braked = () => {
  const tale = given(published, people.ada.leadId).profile(people.ada.traits).command({ word: 'enrol', sequence: selling.id });
  tale.does('form.submitted', { form: 'demo' });
  const asked = tale.effects().find(({ type }) => type === 'AssignRep');
  return { tale: tale.outcome(asked?.id ?? '', { as: 'unavailable', because: 'hand-off-brake' }), asked };
};

test('is asked for again only after a day, so that waiting fills no history', () => {
  const { tale } = braked();
  expect(tale.factsOf('HandOffUnassigned')).toMatchObject([{ because: 'hand-off-brake', retryAt: monday + 24 * hour }]);
  expect(describeLead(published, tale.state(), tale.now()).details).toContain('the brake holds it');
});

test('is asked for at once when somebody has the lead look again, and goes to a rep', () => {
  const { tale, asked } = braked();
  tale.command({ word: 'nudge' });
  const again = tale.effects().find(({ type }) => type === 'AssignRep');
  expect(again?.id).not.toBe(asked?.id);
  tale.outcome(again?.id ?? '', { as: 'assigned', rep: 'rep-rosa' });
  expect(tale.state().handOff).toMatchObject({ rep: 'rep-rosa' });
  expect(tale.state().handOff).not.toHaveProperty('heldBy');
});

test('another look while the rep is being asked asks nobody twice', () => {
  const { tale } = braked();
  tale.command({ word: 'nudge' }).command({ word: 'nudge' });
  expect(tale.effects().filter(({ type }) => type === 'AssignRep')).toHaveLength(1);
});

test('is called off, not rejected by a rep, when it is dropped before anybody had it', () => {
  const { tale } = braked();
  tale.command({ word: 'reject', handOff: 1 });
  expect(tale.factsOf('HandOffClosed')).toEqual([expect.objectContaining({ as: 'rejected', because: 'called off before a rep had it' })]);
});
