/** A router that decides ahead, leads' workflows on paper and one log in memory, on a clock that is moved. */
import { memoryFactsLog } from '../../activities/adapters/memory-facts-log';
import { aheadDefaults, aheadDoor } from '../../activities/decide-ahead';
import type { AheadOptions, Because } from '../../activities/decide-ahead';
import type { PublishedSource, StoredDecision } from '../../activities/ports';
import { fold, initial } from '../../workflows/core';
import type { Input, LeadState, Published } from '../../workflows/core';
import { engineClock } from '../../worker/clock';
import { eventInput, freshId, monday } from '../support/given';
import { paperWorkflows } from '../support/paper-workflow';
import { publishedOf } from '../support/small-plan';

export type World = ReturnType<typeof world>;

export function world(
  options: Partial<AheadOptions> = {},
  published: Published = publishedOf(),
  source: PublishedSource = { snapshot: async () => published },
) {
  let at = monday;
  /** How far the router's clock is off. */
  let routerAhead = 0;
  const now = (): number => at;
  const facts = memoryFactsLog();
  const clock = engineClock(0, 1);
  const workflows = paperWorkflows(facts, published, { clock, now });
  const warnings: string[] = [];
  const log = { info: () => undefined, warn: (_: unknown, says: string) => void warnings.push(says), error: () => undefined };
  const doors: ReturnType<typeof aheadDoor>[] = [];
  const router = () => {
    const door = aheadDoor(
      { facts, published: source, clock, door: workflows, log, now: () => at + routerAhead },
      { ...aheadDefaults, holdMs: 0, ...options },
    );
    doors.push(door);
    return door;
  };
  const door = router();
  const logOf = (leadId: string): readonly StoredDecision[] => facts.all().filter(({ decision }) => decision.lead === leadId);
  return {
    facts,
    workflows,
    warnings,
    door,
    /** Another one beside it. */
    router,
    now,
    pass: (ms: number) => void (at += ms),
    setRouterAhead: (ms: number) => void (routerAhead = ms),
    logOf,
    /** The pure fold of the log. */
    stateOf: (leadId: string): LeadState =>
      fold(
        initial(leadId),
        logOf(leadId).flatMap(({ decision }) => decision.facts),
      ),
    engagedIn: (leadId: string): readonly string[] =>
      logOf(leadId).flatMap(({ decision }) => decision.facts.flatMap((fact) => (fact.type === 'EngagementRecorded' ? [fact.id] : []))),
    event: (type = 'page.viewed', data = {}, id = freshId()): Input => eventInput(type, at, data, { id }),
    enrol: (): Input => ({ kind: 'command', id: freshId(), command: { word: 'enrol', sequence: 'small' }, by: 'test', because: 'test' }),
    /** Delivers and says how: `ahead`, or why it was signalled. */
    async tell(leadId: string, ...inputs: readonly Input[]): Promise<'ahead' | 'later' | Because | 'signalled'> {
      const before = { ...door.stats().signalled };
      const delivered = await door.deliver(leadId, inputs);
      if (delivered.as === 'delivered' && delivered.ahead === true) return 'ahead';
      if (delivered.as === 'later') return 'later';
      const after = door.stats().signalled;
      return (Object.keys(after) as Because[]).find((why) => after[why] !== before[why]) ?? 'signalled';
    },
    /** Enrolled, mailed and at rest until the next touch; its run was signalled just now. */
    async warm(leadId: string): Promise<void> {
      await this.tell(leadId, this.enrol(), this.event());
      await workflows.settle();
    },
    stop: () => Promise.all(doors.map((each) => each.stop())),
  };
}
