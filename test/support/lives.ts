/** Random traffic lived as the shell would: from wake to wake, each effect ended by the luck it has. */
import { decide, fold, initial, nextWake, outstanding } from '../../workflows/core';
import type { Effect, Fact, Input, LeadState, Outcome, Published } from '../../workflows/core';
import { yearPublished, yearStartsAt } from '../../bench/year';
import { yearPlans } from '../../bench/year-plans';
import { hourMs } from './traffic';
import type { Luck, Traffic } from './traffic';

export type Decided = {
  /** Of the lead's facts so many were there before. */
  readonly known: number;
  readonly at: number;
  readonly before: LeadState;
  readonly inputs: readonly Input[];
  readonly facts: readonly Fact[];
  readonly state: LeadState;
};
export type Life = {
  readonly published: Published;
  readonly decided: readonly Decided[];
  readonly facts: readonly Fact[];
  readonly state: LeadState;
};

const begins: readonly Input[] = [
  {
    kind: 'profiled',
    id: 'p1',
    version: 1,
    occurredAt: yearStartsAt,
    traits: { source: 'webinar', industry: 'software', seniority: 'head', zone: 'Europe/Paris' },
    consent: { email: 'granted' },
  },
  ...yearPlans.map(({ id }, at): Input => ({
    kind: 'command',
    id: `command000${at}`,
    command: { word: 'enrol', sequence: id },
    by: 'olga',
    because: 'start',
  })),
];

function outcomeOf(effect: Effect, luck: Luck, count: number): Outcome {
  if (effect.type === 'AssignRep')
    return luck === 'unavailable' || effect.not.length > 1
      ? { as: 'unavailable', because: 'no-reps' }
      : { as: 'assigned', rep: `rep-${1 + effect.not.length}` };
  if (effect.type !== 'SendTouch' && effect.type !== 'NotifyRep') return { as: 'unavailable', because: 'not in this traffic' };
  if (effect.type === 'NotifyRep') return luck === 'unavailable' ? { as: 'unavailable', because: 'mail-server-away' } : { as: 'notified' };
  switch (luck) {
    case 'unavailable':
      return { as: 'unavailable', because: 'mail-server-away' };
    case 'uncertain':
      return { as: 'uncertain', because: 'connection lost' };
    case 'refused':
      return { as: 'refused', because: 'mailbox full', permanent: false };
    case 'withheld':
      return { as: 'withheld', because: count % 2 === 0 ? 'expired' : 'content-missing' };
    default:
      return { as: 'sent', content: `${effect.content}@1#0123456789abcdef` };
  }
}

/** Lives the traffic as the shell would: from wake to wake, effects ended one after the other, late ones by the next happening. */
export function live({ happenings, luck }: Traffic): Life {
  // A narrow cap, so that it has something to hold.
  const published = yearPublished({ cap: { touches: 1, per: '7 days' } });
  let state = initial('lead-random');
  let now = yearStartsAt;
  let ended = 0;
  const decided: Decided[] = [];
  const all: Fact[] = [];
  const step = (inputs: readonly Input[]): void => {
    const before = state;
    const known = all.length;
    const facts = decide(published, before, inputs, now, () => [...all]);
    state = fold(before, facts);
    all.push(...facts);
    decided.push({ known, at: now, before, inputs, facts, state });
  };
  const end = (late: boolean): void => {
    for (let effect = outstanding(state)[0]; effect !== undefined; effect = outstanding(state)[0]) {
      const fate = luck[ended] ?? 'well';
      if (fate === 'late' && !late) return;
      ended += 1;
      step([{ kind: 'outcome', id: effect.id, outcome: outcomeOf(effect, fate, ended) }]);
    }
  };
  const wakeUntil = (until: number): void => {
    for (;;) {
      // Whatever is late ends within half an hour: a send lives ten minutes (PROTOCOL 15).
      const lateAt = outstanding(state).length === 0 ? Infinity : now + hourMs / 2;
      const wake = Math.min(nextWake(published, state) ?? Infinity, lateAt);
      if (wake > until) return;
      now = Math.max(now, wake);
      if (wake === lateAt) end(true);
      else step([]);
      end(false);
    }
  };
  step(begins);
  let at = now;
  for (const { after, input } of happenings) {
    at += after;
    end(false);
    wakeUntil(at);
    now = Math.max(now, at);
    step(input === undefined ? [] : [input]);
  }
  end(true);
  return { published, decided, facts: decided.flatMap(({ facts }) => facts), state };
}
