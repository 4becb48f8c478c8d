import { arrivals, forward, WakeStuck } from '../../workflows/core';
import type { Arrival, Effect, FactOf, LeadState, Published, Step } from '../../workflows/core';
import { commandInput, eventInput, given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';
import { changed, daily, selling } from './plans';

const hour = 3_600_000;
const day = 24 * hour;
const { ada } = people;

const sent = (effect: Effect, at: number): readonly Arrival[] =>
  effect.type === 'SendTouch'
    ? [{ at: at + 60_000, input: { kind: 'outcome', id: effect.id, outcome: { as: 'sent', content: `${effect.content}@1#c1` } } }]
    : effect.type === 'AssignRep'
      ? [{ at, input: { kind: 'outcome', id: effect.id, outcome: { as: 'assigned', rep: 'rep-rosa' } } }]
      : [{ at, input: { kind: 'outcome', id: effect.id, outcome: { as: 'notified' } } }];
const known = (published: Published): LeadState => given(published, ada.leadId).profile(ada.traits).state();
const mailsOf = (steps: readonly Step[]): readonly (readonly [string, number])[] =>
  steps
    .flatMap(({ facts }) => facts)
    .filter((fact): fact is FactOf<'TouchSent'> => fact.type === 'TouchSent')
    .map(({ touch, recordedAt }) => [touch, recordedAt]);

describe('a lead run forward', () => {
  const published = publish({ plans: [daily, selling] });
  const enrolled = (): Arrival => ({ at: monday, input: commandInput({ word: 'enrol', sequence: 'daily' }) });

  test('is decided at every wake and every arrival, and each effect is answered at its moment', () => {
    const run = forward({
      published,
      state: known(published),
      from: monday,
      until: monday + 3 * day,
      arrivals: arrivals([enrolled()]),
      answer: sent,
    });
    expect(mailsOf([...run])).toEqual([
      ['one', monday + 60_000],
      ['two', monday + day + 2 * 60_000],
      ['three', monday + 2 * day + 3 * 60_000],
    ]);
  });

  test('hears what is sent to it between two steps, in the order of the moments', () => {
    const coming = arrivals([enrolled()]);
    const seen: string[] = [];
    for (const step of forward({
      published,
      state: known(published),
      from: monday,
      until: monday + 2 * day,
      arrivals: coming,
      answer: sent,
    })) {
      for (const fact of step.facts) if (fact.type === 'EngagementRecorded') seen.push(fact.event);
      if (step.facts.some(({ type }) => type === 'Enrolled')) {
        coming.send(step.at + 5 * hour, eventInput('page.viewed', step.at + 5 * hour, { path: '/b' }));
        coming.send(step.at + 2 * hour, eventInput('form.submitted', step.at + 2 * hour, { form: 'newsletter' }));
        coming.send(step.at + 2 * hour, eventInput('email.replied', step.at + 2 * hour));
      }
    }
    expect(seen).toEqual(['form.submitted', 'email.replied', 'page.viewed']);
  });

  test('stops at the given moment and goes on from there as if it had not stopped', () => {
    const run = (from: LeadState, at: number, until: number, coming = arrivals([enrolled()]), answered = false): readonly Step[] => [
      ...forward({ published, state: from, from: at, until, arrivals: coming, answer: sent, answered }),
    ];
    const whole = run(known(published), monday, monday + 40 * day);
    const coming = arrivals([enrolled()]);
    // Between the decision to send and the provider's word.
    const first = run(known(published), monday, monday + 30_000, coming);
    expect(coming.size()).toBe(1);
    const rest = run(first.at(-1)?.state ?? known(published), monday + 30_000, monday + 40 * day, coming, true);
    expect([...first, ...rest].flatMap(({ facts }) => facts)).toEqual(
      whole.flatMap(({ facts }) => facts).map((fact) => (fact.type === 'CommandRecorded' ? { ...fact, id: expect.any(String) } : fact)),
    );
  });

  test('asks for the effects that were open when it began', () => {
    const open = given(published, ada.leadId).profile(ada.traits).command({ word: 'enrol', sequence: 'daily' });
    expect(open.sends()).toHaveLength(1);
    const steps = [
      ...forward({ published, state: open.state(), from: monday + hour, until: monday + 2 * hour, arrivals: arrivals(), answer: sent }),
    ];
    expect(mailsOf(steps)).toEqual([['one', monday + hour + 60_000]]);
  });

  test('meets an overdue wake at its beginning, not in the past', () => {
    const late = given(published, ada.leadId).profile(ada.traits).command({ word: 'enrol', sequence: 'daily' }).delivered();
    const [first] = forward({
      published,
      state: late.state(),
      from: monday + 10 * day,
      until: monday + 11 * day,
      arrivals: arrivals(),
      answer: sent,
    });
    expect([first?.at, first?.facts[0]?.type]).toEqual([monday + 10 * day, 'EffectDecided']);
  });

  test('waits for as long as nobody answers', () => {
    const coming = arrivals([
      { at: monday, input: commandInput({ word: 'enrol', sequence: 'selling' }) },
      { at: monday + hour, input: eventInput('form.submitted', monday + hour, { form: 'demo' }) },
    ]);
    const steps = [
      ...forward({ published, state: known(published), from: monday, until: monday + 20 * hour, arrivals: coming, answer: () => [] }),
    ];
    const last = steps.at(-1)?.state;
    expect(Object.values(last?.effects ?? {}).map(({ type }) => type)).toEqual(['AssignRep']);
  });

  test('that goes round without a wait is named, not run for ever', () => {
    const again = { touches: [], advance: [], exhaustedAfter: '0 minutes', exhausted: { to: 'start' } } as const;
    const circling = publish({ plans: [changed(daily, { phases: { start: again } })] });
    const run = (): unknown => [
      ...forward({
        published: circling,
        state: known(circling),
        from: monday,
        until: monday + day,
        arrivals: arrivals([enrolled()]),
        answer: sent,
      }),
    ];
    expect(run).toThrow(WakeStuck);
  });
});
