import { fold, initial } from '../../../workflows/core';
import type { Fact, FactOf, FactType, LeadState } from '../../../workflows/core';
import { capFreeAt } from '../../../workflows/core/governor';
import { beginningOf } from '../../../workflows/core/simulate/beginning';
import { habitsOf } from '../../../workflows/core/simulate/habits';
import { crowdOf } from '../../../workflows/core/simulate/people';
import { runLead } from '../../../workflows/core/simulate/run-lead';
import { add, emptyTally } from '../../../workflows/core/simulate/tally';
import { msOf } from '../../../workflows/core/time';
import { buyersJourney } from '../../../workflows/sequences';
import { livelyBehaviour, published, simulated, simulatedFrom } from './fixture';

const day = 86_400_000;
const until = simulatedFrom + 90 * day - 1;

type Lived = { readonly zone: string; readonly facts: readonly Fact[]; readonly state: LeadState };

/** The same people as `simulated()` has, with all their facts kept. */
function lives(count: number, seed = 7): readonly Lived[] {
  const behaviour = livelyBehaviour();
  const all = published();
  const crowd = crowdOf(behaviour, seed, simulatedFrom, until, false);
  const world = { published: all, behaviour, habits: habitsOf(behaviour, all), beginning: beginningOf(buyersJourney), seed };
  return Array.from({ length: count }, (_, number) => {
    const person = crowd(number);
    const facts: Fact[] = [];
    const state = runLead(world, person, until, (step) => void facts.push(...step.facts));
    return { zone: person.traits.zone ?? all.settings.quietHours.zone, facts, state };
  });
}
const of = <T extends FactType>(facts: readonly Fact[], type: T): readonly FactOf<T>[] =>
  facts.filter((fact): fact is FactOf<T> => fact.type === type);

describe('a simulation', () => {
  test('comes to the same with the same seed, in whatever order and parts its people are run', () => {
    const whole = simulated();
    whole.run(0, 120);
    const report = whole.report();
    expect(report.touches).toBeGreaterThan(400);

    const again = simulated();
    again.run(0, 120);
    expect(again.report()).toEqual(report);

    const backwards = simulated();
    for (let number = 119; number >= 0; number -= 1) backwards.run(number, 1);
    expect(backwards.report()).toEqual(report);

    const parts = [simulated(), simulated()];
    parts[0]?.run(70, 50);
    parts[1]?.run(0, 70);
    const summed = simulated();
    for (const { tally } of parts) add(summed.tally, JSON.parse(JSON.stringify(tally)) as typeof tally);
    expect(summed.report()).toEqual(report);
  });

  test('comes to something else with another seed', () => {
    const [one, other] = [simulated(), simulated({ seed: 8 })];
    one.run(0, 40);
    other.run(0, 40);
    expect(one.report().fingerprint).not.toBe(other.report().fingerprint);
  });

  test('adds nothing to a tally that was empty', () => {
    const one = simulated();
    one.run(0, 10);
    const before = JSON.stringify(one.report());
    add(one.tally, emptyTally(simulatedFrom, 90));
    expect(JSON.stringify(one.report())).toBe(before);
  });
});

describe('simulated people', () => {
  const lived = lives(150);

  test('get nothing marketing in their night, winter or summer', () => {
    const { quietHours } = published().settings;
    const { calendar } = published();
    let looked = 0;
    for (const { zone, facts } of lived)
      for (const { effect, recordedAt } of of(facts, 'EffectDecided')) {
        if (effect.type !== 'SendTouch' || effect.purpose !== 'marketing') continue;
        const hour = (((recordedAt / 60_000 + (calendar.offset(zone, recordedAt) ?? NaN)) / 60) % 24) | 0;
        expect({ zone, hour, day: hour >= quietHours.to && hour < quietHours.from }).toEqual({ zone, hour, day: true });
        looked += 1;
      }
    expect(looked).toBeGreaterThan(500);
  });

  test('get no more than the cap allows', () => {
    const { cap } = published().settings;
    let full = 0;
    for (const { facts } of lived) {
      const sentAt = of(facts, 'TouchSent').flatMap(({ purpose, recordedAt }) => (purpose === 'marketing' ? [recordedAt] : []));
      sentAt.forEach((at, index) => {
        const before = sentAt.slice(0, index).filter((other) => other > at - msOf(cap.per));
        expect(before.length).toBeLessThan(cap.touches);
        if (capFreeAt(cap, sentAt.slice(0, index + 1), at) > at) full += 1;
      });
    }
    expect(full).toBeGreaterThan(20);
  });

  test('are counted as their facts say', () => {
    const run = simulated();
    run.run(0, 150);
    const report = run.report();
    const all = lived.flatMap(({ facts }) => facts);
    const sent = of(all, 'TouchSent');
    const sum = (series: string): number => (report.perDay[series] ?? []).reduce((total, number) => total + number, 0);
    expect(report.facts).toBe(all.length);
    expect(report.touches).toBe(sent.length);
    expect(sum('marketing') + sum('service')).toBe(sent.length);
    expect(sum('service')).toBe(sent.filter(({ purpose }) => purpose === 'service').length);
    expect(sum('service')).toBeGreaterThan(0);
    const perDay = Array.from({ length: 90 }, () => 0);
    for (const { purpose, recordedAt } of sent) {
      const on = Math.floor((recordedAt - simulatedFrom) / day);
      if (purpose === 'marketing') perDay[on] = (perDay[on] ?? 0) + 1;
    }
    expect(report.perDay['marketing']).toEqual(perDay);
    expect(report.handOffs).toBe(of(all, 'HandOffRequested').length);
    expect(sum('handOffs')).toBe(report.handOffs);
    expect(sum('withheld')).toBe(of(all, 'TouchWithheld').length);
    for (const { because, times, withheld } of report.held) {
      expect(times).toBe(of(all, 'TouchHeld').filter((fact) => fact.because === because).length);
      expect(withheld).toBe(of(all, 'TouchWithheld').filter((fact) => fact.because === because).length);
    }
    expect(Object.values(report.byTouch).reduce((total, { sent: many = 0 }) => total + many, 0)).toBe(sent.length);
    for (const [piece, { sent: many }] of Object.entries(report.byContent))
      expect(many).toBe(sent.filter(({ content }) => content.startsWith(`${piece}@`)).length);
  });

  test('stand at the end where the fold of their facts has them', () => {
    const run = simulated();
    run.run(0, 150);
    const { stagesPerDay, reached } = run.report();
    const states = lived.map(({ state, facts }) => {
      const folded = fold(initial(state.leadId), facts);
      expect(JSON.stringify(folded)).toBe(JSON.stringify(state));
      return folded;
    });
    for (const stage of ['awareness', 'consideration', 'decision', 'customer'])
      expect({ stage, leads: stagesPerDay[stage]?.at(-1) }).toEqual({
        stage,
        leads: states.filter((state) => state.stage === stage).length,
      });
    expect(reached['customer']).toBe(states.filter(({ qualification }) => qualification === 'customer').length);
    expect(reached['customer']).toBeGreaterThan(0);
  });

  test('live the same life whoever else is simulated', () => {
    expect(lives(3)[2]?.facts).toEqual(lived[2]?.facts);
  });
});
