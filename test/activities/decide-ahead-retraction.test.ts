/** What takes an event back is the workflow's to decide: it needs the lead's history. */
import { eventInput, monday } from '../support/given';
import { world, type World } from './ahead-world';

const ada = 'ld_ada';
let w: World;
afterEach(() => w.stop());

test('a visit decided ahead is taken back by its workflow, which alone reads what it did before', async () => {
  w = world();
  await w.warm(ada);
  const visit = w.event();
  const before = w.stateOf(ada).scores;
  expect(await w.tell(ada, visit)).toBe('ahead');
  const taken = eventInput('engagement.retracted', monday, { of: visit.id, because: 'a-bot' }, { actor: 'machine' });
  expect(await w.tell(ada, taken)).toBe('history');
  await w.workflows.settle();
  expect(
    w
      .logOf(ada)
      .at(-1)
      ?.decision.facts.map(({ type }) => type),
  ).toEqual(expect.arrayContaining(['EngagementRecorded', 'EngagementRetracted', 'PointsRetracted']));
  expect(w.stateOf(ada).scores).toEqual(before);
});
