import { memoryFactsLog } from '../../activities/adapters/memory-facts-log';
import { createDecide } from '../../activities/decide';
import { FactsAway, type FactsLog } from '../../activities/ports';
import { initial } from '../../workflows/core';
import type { Decision, Input } from '../../workflows/core';
import type { DecideArgs, OpaqueState } from '../../workflows/shell/decided';
import { engineClock } from '../../worker/clock';
import { eventInput, monday } from '../support/given';
import { publishedOf } from '../support/small-plan';

const ada = 'ld_ada';
const visit = (): Input => eventInput('page.viewed', monday);
const published = publishedOf();

function given(wrap: (facts: FactsLog) => FactsLog = (facts) => facts) {
  const facts = memoryFactsLog();
  const rejected = { reject: async () => undefined };
  const decide = createDecide({ facts: wrap(facts), published: { snapshot: async () => published }, rejected, clock: engineClock(0, 1) });
  const args = (inputs: readonly Input[], more: Partial<DecideArgs> = {}): DecideArgs => ({
    leadId: ada,
    run: 'run-1',
    state: initial(ada) as unknown as OpaqueState,
    position: { n: 0, seq: 0, digest: '' },
    inputs,
    now: monday,
    ...more,
  });
  return { facts, decide, args };
}
const runsOf = (decisions: readonly { readonly decision: Decision }[]): readonly string[] => decisions.map(({ decision }) => decision.run);

test('where another decided meanwhile, both decisions come back: the other, and the own on top of it', async () => {
  const { decide, args, facts } = given();
  await decide(args([visit()], { run: 'other' }));
  const decided = await decide(args([visit()]));
  expect(runsOf(decided.decisions)).toEqual(['other', 'run-1']);
  expect(decided.position.n).toBe(2);
  expect(facts.all()[1]?.decision.prev).toBe(facts.all()[0]?.digest);
});

test('an input that the other has taken is not decided again', async () => {
  const { decide, args, facts } = given();
  const shared = visit();
  await decide(args([shared], { run: 'other' }));
  const decided = await decide(args([shared, visit()]));
  expect(runsOf(decided.decisions)).toEqual(['other']);
  expect(facts.all()).toHaveLength(1);
});

test('what the other decided is kept although NATS goes away before the own decision is stored', async () => {
  let appends = 0;
  const { decide, args } = given((facts) => ({
    ...facts,
    append: (decision, seq) => {
      appends += 1;
      return appends === 3 ? Promise.reject(new FactsAway('gone')) : facts.append(decision, seq);
    },
  }));
  await decide(args([visit()], { run: 'other' }));
  expect(runsOf((await decide(args([visit()]))).decisions)).toEqual(['other']);
});

test('a decision without inputs that concludes nothing looks at the log, and says when there is more than it took', async () => {
  const { decide, args } = given();
  let last = await decide(args([visit()], { run: 'other' }));
  for (let n = 0; n < 24; n += 1) last = await decide(args([visit()], { run: 'other', position: last.position }));
  const looked = await decide(args([]));
  expect([looked.decisions.length, looked.position.n, looked.more]).toEqual([20, 20, true]);
  const again = await decide(args([], { position: looked.position }));
  expect([again.decisions.length, again.position.n, again.more]).toEqual([5, 25, undefined]);
});
