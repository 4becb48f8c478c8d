/** The promises of DESIGN section 3, each over random traffic on the stated fixture. A failure prints fast-check's seed. */
import fc from 'fast-check';
import { decide, fold, initial, nextWake, outstanding } from '../../workflows/core';
import type { Fact, FactOf, FactType, SendTouch } from '../../workflows/core';
import { commandInput } from '../support/given';
import { live } from '../support/lives';
import type { Life } from '../support/lives';
import { trafficArbitrary } from '../support/traffic';
import { yearPublished, yearStartsAt } from '../../bench/year';
import { isEngagement } from '../../workflows/core/evolve-lead';
import { msOf } from '../../workflows/core/time';
import { totalOf } from '../../workflows/core/points';
import { yearModel } from '../../bench/year-plans';

const json = (value: unknown): string => JSON.stringify(value);
const parsed = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const of = <T extends FactType>(facts: readonly Fact[], ...types: readonly T[]): readonly FactOf<T>[] =>
  facts.filter((fact): fact is FactOf<T> => types.includes(fact.type as T));
const holdsFor = (says: (life: Life) => void, runs = 35): void =>
  fc.assert(
    fc.property(trafficArbitrary(), (traffic) => says(live(traffic))),
    { numRuns: runs },
  );

const sendsOf = (facts: readonly Fact[]): readonly { readonly at: number; readonly send: SendTouch }[] =>
  of(facts, 'EffectDecided').flatMap(({ effect, recordedAt }) => (effect.type === 'SendTouch' ? [{ at: recordedAt, send: effect }] : []));

describe('whatever happens to a lead', () => {
  test('state is the fold of its facts, however they are cut', () => {
    holdsFor(({ facts, state }) => {
      expect(json(fold(initial('lead-random'), parsed(facts)))).toBe(json(state));
      const half = Math.floor(facts.length / 2);
      expect(json(fold(parsed(fold(initial('lead-random'), facts.slice(0, half))), facts.slice(half)))).toBe(json(state));
    });
  });

  test('a state from JSON decides as the one it was made of', () => {
    holdsFor(({ published, decided, facts: all }) => {
      for (const { before, inputs, at, facts, known } of decided)
        expect(json(decide(published, parsed(before), parsed(inputs), at, () => parsed(all.slice(0, known))))).toBe(json(facts));
    }, 25);
  });

  test('the ledger sums to the points, and the points are what the raw sums are worth that day', () => {
    holdsFor(({ facts, state, decided }) => {
      const sum = of(facts, 'PointsChanged', 'PointsDecayed', 'PointsRetracted').reduce((total, { delta }) => total + delta, 0);
      expect(state.scores['b2b-points']?.total ?? 0).toBe(sum);
      expect(Number.isInteger(sum)).toBe(true);
      for (const { state: one } of decided) {
        const aggregate = one.scores['b2b-points'];
        if (aggregate !== undefined) expect(totalOf(yearModel, aggregate.raw, aggregate.throughDay)).toBe(aggregate.total);
      }
    });
  });

  test('the same input twice changes nothing', () => {
    holdsFor(({ published, decided, state }) => {
      const inputs = decided.flatMap((one) => one.inputs);
      for (const input of inputs.slice(-200)) expect(decide(published, state, [input], state.at)).toEqual([]);
      for (const one of decided) expect(decide(published, one.state, [...one.inputs, ...one.inputs], one.at)).toEqual([]);
    }, 40);
  });

  test('an id twice in one batch counts once', () => {
    fc.assert(
      fc.property(trafficArbitrary(30), ({ happenings }) => {
        const inputs = happenings.flatMap(({ input }) => (input === undefined ? [] : [input]));
        const last = yearStartsAt + happenings.reduce((sum, { after }) => sum + after, 0);
        const facts = decide(yearPublished(), initial('lead-random'), [...inputs, ...inputs], last, () => []);
        const ids = of(facts, 'EngagementRecorded', 'CommandRecorded').map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  test('no effect is decided twice, and none is closed twice', () => {
    holdsFor(({ facts }) => {
      const ids = of(facts, 'EffectDecided').map(({ effect }) => effect.id);
      expect(new Set(ids).size).toBe(ids.length);
      const closed = of(facts, 'TouchSent', 'TouchRefused', 'TouchUncertain', 'TouchUnavailable', 'TouchWithheld').flatMap(
        ({ effect }) => effect ?? [],
      );
      expect(new Set(closed).size).toBe(closed.length);
      for (const id of closed) expect(ids).toContain(id);
    });
  });

  test('the same content never goes twice to one person', () => {
    holdsFor(({ facts }) => {
      const had = of(facts, 'TouchSent', 'TouchUncertain').map(({ content }) => content.split('@')[0]);
      expect(new Set(had).size).toBe(had.length);
    });
  });

  test('nothing marketing is decided after suppression, without consent, during a pause, in quiet hours, above the cap or under a holding hand-off', () => {
    holdsFor(({ published, decided, facts: all }) => {
      const { cap } = published.settings;
      const marketing = new Set(sendsOf(all).flatMap(({ send }) => (send.purpose === 'marketing' ? [send.id] : [])));
      let before: Fact[] = [];
      for (const { facts } of decided) {
        for (const [index, fact] of facts.entries()) {
          if (fact.type !== 'EffectDecided' || fact.effect.type !== 'SendTouch' || fact.effect.purpose !== 'marketing') continue;
          const state = fold(initial('lead-random'), [...before, ...facts.slice(0, index)]);
          const localHour = (fact.recordedAt / 3_600_000 + 1) % 24;
          const recent = of([...before, ...facts.slice(0, index)], 'TouchSent', 'TouchUncertain').filter(
            (sent) => marketing.has(sent.effect) && sent.recordedAt > fact.recordedAt - msOf(cap.per),
          );
          expect({
            paused: state.paused,
            suppressed: state.suppressed,
            consent: state.consent.email,
            hold: state.handOff?.during === 'hold',
            night: localHour >= 21 || localHour < 8,
            over: recent.length >= cap.touches,
          }).toEqual({
            paused: undefined,
            suppressed: {},
            consent: 'granted',
            hold: false,
            night: false,
            over: false,
          });
          expect(fact.effect.notAfter).toBeGreaterThan(fact.recordedAt);
        }
        before = [...before, ...facts];
      }
    });
  });

  test('nothing is outstanding to the lead during a pause, and the same is after it', () => {
    const isSend = ({ type }: { readonly type: string }): boolean => type === 'SendTouch';
    holdsFor(({ published, decided }) => {
      for (const { state, at } of decided) {
        if (state.paused !== undefined) expect(outstanding(state).filter(isSend)).toEqual([]);
        else if (outstanding(state).some(isSend)) {
          const paused = fold(state, decide(published, state, [commandInput({ word: 'pause' })], at));
          expect(outstanding(paused).filter(isSend)).toEqual([]);
          const resumed = fold(paused, decide(published, paused, [commandInput({ word: 'resume' })], at + 1_000));
          expect(outstanding(resumed)).toEqual(expect.arrayContaining([...outstanding(state)]));
        }
      }
    });
  });

  test('one hand-off at a time, and never another without engagement in between', () => {
    holdsFor(({ facts }) => {
      let open = false;
      let closed = false;
      let engaged = true;
      let closedAt = 0;
      for (const fact of facts) {
        if (fact.type === 'EngagementRecorded' && isEngagement(fact.actor, fact.event) && fact.occurredAt > closedAt) engaged = true;
        if (fact.type === 'HandOffRequested') {
          expect({ open, again: closed && !engaged }).toEqual({ open: false, again: false });
          open = true;
        }
        if (fact.type === 'HandOffClosed' && fact.undone !== undefined) open = false;
        if (fact.type !== 'HandOffClosed' || fact.undone !== undefined) continue;
        [open, closed, engaged, closedAt] = [false, true, false, fact.recordedAt];
      }
    });
  });

  test('contactBy runs from the request and nothing restarts it', () => {
    holdsFor(({ facts, decided }) => {
      const requested = new Map(of(facts, 'HandOffRequested').map((fact) => [fact.handOff, fact.contactBy]));
      for (const { state } of decided)
        if (state.handOff !== undefined) expect(state.handOff.contactBy).toBe(requested.get(state.handOff.number));
    });
  });

  test('every due touch is sent, withheld with a reason, refused, uncertain and listed, or says why it waits', () => {
    holdsFor(({ facts, decided }) => {
      for (const { state, at } of decided) {
        if (state.paused !== undefined) continue;
        const sending = new Set(Object.values(state.effects).flatMap((effect) => (effect.type === 'SendTouch' ? [effect.enrolment] : [])));
        for (const [id, one] of Object.entries(state.enrolments)) {
          if (sending.has(id) || one.heldBecause === 'hand-off') continue;
          expect(one.heldUntil ?? Infinity).toBeGreaterThan(at);
        }
      }
      const ends = new Set(
        of(facts, 'TouchSent', 'TouchRefused', 'TouchUncertain', 'TouchUnavailable', 'TouchWithheld').map(({ effect }) => effect),
      );
      const open = decided.at(-1)?.state.effects ?? {};
      for (const { send } of sendsOf(facts)) expect(ends.has(send.id) || send.id in open).toBe(true);
      const settled = new Set(of(facts, 'UncertainSettled').map(({ effect }) => effect));
      for (const { effect } of of(facts, 'TouchUncertain'))
        if (!settled.has(effect)) expect(decided.at(-1)?.state.uncertain).toContain(effect);
    });
  });

  test('every lead has a wake, or waits for a named input, or sleeps; and no wake is in vain', () => {
    holdsFor(({ published, decided }) => {
      for (const { state, at } of decided) {
        const wake = nextWake(published, state);
        if (wake === undefined) {
          const named =
            state.paused !== undefined || Object.keys(state.effects).length > 0 || state.handOff !== undefined || state.resting === true;
          expect({ wake, named }).toEqual({ wake: undefined, named: true });
          continue;
        }
        expect(wake).toBeGreaterThan(at);
        expect(decide(published, state, [], wake).length).toBeGreaterThan(0);
      }
    });
  });

  test('a tick before the wake concludes nothing but decay', () => {
    holdsFor(({ published, decided }) => {
      for (const { state, at } of decided) {
        const wake = nextWake(published, state) ?? at + 10 * 86_400_000;
        const facts = decide(published, state, [], Math.max(at, wake - 1));
        expect(facts.filter(({ type }) => type !== 'PointsDecayed')).toEqual([]);
      }
    });
  });

  test('facts of one decision are stamped with its moment, and time never goes back', () => {
    holdsFor(({ decided }) => {
      let last = 0;
      for (const { facts, at } of decided) {
        for (const { v, recordedAt, occurredAt } of facts)
          expect({ v, recordedAt, early: occurredAt <= recordedAt }).toEqual({ v: 1, recordedAt: at, early: true });
        expect(at).toBeGreaterThanOrEqual(last);
        last = at;
      }
    });
  });
});
