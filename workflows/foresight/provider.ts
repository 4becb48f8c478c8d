/** The world around a lead looked at ahead of time: what becomes of each effect. Everything goes well unless it is told otherwise. Knows no rules. */
import { exampleOf } from '../../events/custom-effects';
import type { Code } from '../../events/stripped';
import { isOfStep } from '../core';
import type { AssignRep, Effect, GiveTask, Outcome, Published, SendTouch } from '../core';

export type Provider = {
  /** Asked once an effect, when it is decided. */
  readonly answer: (effect: Effect, at: number) => Outcome;
  /** The mail server takes nothing from `from` until before `until`. */
  readonly mailAway: (from: number, until: number) => void;
  /** The next efforts of this step, be it a send or not, end so, one after the other. */
  readonly mailEnds: (touch: string, ends: readonly End[]) => void;
  /** The next efforts to find a rep, or to write to one, end so. */
  readonly repsEnd: (type: 'AssignRep' | 'NotifyRep', ends: readonly End[]) => void;
  readonly repsAway: (from: number, until: number) => void;
  /** What an effect of the engineer's own returns from now on; its example where nothing is told. */
  readonly returns: (effect: string, data: Readonly<Record<string, Code>>) => void;
};

/** `goes`: as it would have ended anyway. */
export type End = Outcome | 'goes';
type Stretch = { readonly from: number; readonly until: number };
const within = (stretches: readonly Stretch[], at: number): boolean => stretches.some(({ from, until }) => at >= from && at < until);

/** `reps`: ids of those who take hand-offs, in turn. */
export function goodWorld(published: Published, reps: readonly string[]): Provider {
  const mailAway: Stretch[] = [];
  const repsAway: Stretch[] = [];
  const told = new Map<string, End[]>();
  const returned = new Map<string, Readonly<Record<string, Code>>>();
  const queue = reps.slice();
  /** Who had the last hand-off. */
  let owner: string | undefined;
  const tell = (what: string, ends: readonly End[]): void => void told.set(what, [...(told.get(what) ?? []), ...ends]);

  const sent = ({ content }: SendTouch): Outcome => {
    const info = published.content(content);
    return info === undefined
      ? { as: 'withheld', because: 'content-missing' }
      : { as: 'sent', content: `${info.id}@${info.version}#${info.digest}` };
  };
  /** Whoever waited longest and did not have it before. */
  const assigned = ({ not }: AssignRep): Outcome => {
    const next = queue.find((rep) => !not.includes(rep));
    if (next === undefined) return { as: 'unavailable', because: 'no-reps' };
    queue.push(...queue.splice(queue.indexOf(next), 1));
    owner = next;
    return { as: 'assigned', rep: next };
  };
  const taskTaken = ({ to }: GiveTask): Outcome => {
    const known = to === 'owner' ? owner : undefined;
    const rep = known ?? queue[0];
    if (rep === undefined) return { as: 'unavailable', because: 'no-reps' };
    if (known === undefined) queue.push(...queue.splice(0, 1));
    return { as: 'assigned', rep };
  };
  const usual = (effect: Effect, at: number): Outcome => {
    switch (effect.type) {
      case 'SendTouch':
        return within(mailAway, at) ? { as: 'unavailable', because: 'mail-server-away' } : sent(effect);
      case 'AssignRep':
        return within(repsAway, at) ? { as: 'unavailable', because: 'no-reps' } : assigned(effect);
      case 'NotifyRep':
        return within(mailAway, at) ? { as: 'unavailable', because: 'mail-server-away' } : { as: 'notified' };
      case 'RunCustom':
        return { as: 'returned', data: returned.get(effect.name) ?? exampleOf(effect.name) };
      case 'TellLeads':
        return { as: 'told', reached: 1 };
      case 'GiveTask':
        return within(repsAway, at) ? { as: 'unavailable', because: 'no-reps' } : taskTaken(effect);
    }
  };
  return {
    mailAway: (from, until) => void mailAway.push({ from, until }),
    repsAway: (from, until) => void repsAway.push({ from, until }),
    mailEnds: (touch, ends) => tell(`touch ${touch}`, ends),
    repsEnd: tell,
    returns: (effect, data) => void returned.set(effect, data),
    answer(effect, at) {
      const own = told.get(isOfStep(effect) ? `touch ${effect.touch}` : effect.type)?.shift();
      return own === undefined || own === 'goes' ? usual(effect, at) : own;
    },
  };
}
