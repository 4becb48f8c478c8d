import fc from 'fast-check';
import { fold, initial, readScore } from '../../workflows/core';
import type { Input } from '../../workflows/core';
import { world, type World } from './ahead-world';

const ada = 'ld_ada';
const minute = 60_000;
let w: World;
const start = (...args: Parameters<typeof world>): World => (w = world(...args));
afterEach(() => w.stop());

/** Bot visits: recorded, worth nothing, so nothing but their number matters. */
const robot = (): Input => {
  const visit = w.event();
  return visit.kind === 'engaged' ? { ...visit, event: { ...visit.event, actor: 'machine' } } : visit;
};

type Step = 'visit' | 'click' | 'form' | 'robot' | 'again' | 'lost' | 'settle' | 'terminate' | 'other' | 'later' | 'stop';

test('however two routers, a workflow, lost answers and terminations interleave, every event is stored once and all agree with the log', async () => {
  const steps = fc.array(
    fc.constantFrom<Step>(
      'visit',
      'visit',
      'visit',
      'click',
      'form',
      'robot',
      'again',
      'lost',
      'settle',
      'settle',
      'terminate',
      'other',
      'later',
      'stop',
    ),
    { minLength: 20, maxLength: 80 },
  );
  let ahead = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (script) => {
      start({ mostAhead: 7 });
      const second = w.router();
      await w.warm(ada);
      const sent: Input[] = [];
      let door = w.door;
      const tell = (input: Input): Promise<unknown> => door.deliver(ada, [input]);
      for (const step of script) {
        if (step === 'settle') await w.workflows.settle();
        else if (step === 'terminate') w.workflows.terminate(ada);
        else if (step === 'lost') w.facts.loseNextAck();
        else if (step === 'later') w.pass(3 * minute);
        else if (step === 'other') door = door === second ? w.door : second;
        else if (step === 'stop') await door.stop();
        else if (step === 'again') for (const input of sent.slice(-3)) await tell(input);
        else {
          const input =
            step === 'robot' ? robot() : w.event(step === 'visit' ? 'page.viewed' : step === 'click' ? 'email.clicked' : 'form.submitted');
          sent.push(input);
          await tell(input);
        }
      }
      await Promise.all([w.door.stop(), second.stop()]);
      await w.workflows.settle();
      await w.workflows.deliver(ada, []);
      await w.workflows.settle();

      const log = w.logOf(ada);
      log.forEach(({ decision }, index) => expect([decision.n, decision.prev]).toEqual([index + 1, log[index - 1]?.digest ?? '']));
      expect([...w.engagedIn(ada)].slice(1).sort()).toEqual(sent.map(({ id }) => id).sort());
      const state = fold(
        initial(ada),
        log.flatMap(({ decision }) => decision.facts),
      );
      expect(w.workflows.run(ada)?.state).toEqual(state);
      const earned = 1 + sent.reduce((sum, input) => sum + worth(input), 0);
      expect(state.scores['points']?.total).toBe(earned * 1_000);
      expect(readScore(state.scores['points'])).toBe(Math.min(100, earned));
      ahead += w.door.stats().ahead + second.stats().ahead;
    }),
    { numRuns: 150 },
  );
  expect(ahead).toBeGreaterThan(500);
});

const worth = (input: Input): number =>
  input.kind !== 'engaged' || input.event.actor !== 'human'
    ? 0
    : input.event.type === 'page.viewed'
      ? 1
      : input.event.type === 'email.clicked'
        ? 10
        : 0;
