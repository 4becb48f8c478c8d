/** Promises that need no random people: any order of events, and the size of a year. */
import fc from 'fast-check';
import { decide, fold, initial } from '../../workflows/core';
import type { Fact, FactOf, FactType, Input, LeadState } from '../../workflows/core';
import { eventInput } from '../support/given';
import { liveTheYear, yearEvents, yearMs, yearPublished, yearStartsAt } from '../../bench/year';

const of = <T extends FactType>(facts: readonly Fact[], ...types: readonly T[]): readonly FactOf<T>[] =>
  facts.filter((fact): fact is FactOf<T> => types.includes(fact.type as T));

describe('the order in which events arrive', () => {
  const totalAfter = (inputs: readonly Input[], at: (index: number) => number, until: number): LeadState['scores'] => {
    const published = yearPublished();
    let state = initial('lead-random');
    for (const [index, input] of inputs.entries()) state = fold(state, decide(published, state, [input], at(index)));
    return fold(state, decide(published, state, [], until)).scores;
  };
  const daysArbitrary = fc.array(
    fc.tuple(
      fc.integer({ min: 0, max: 364 }),
      fc.constantFrom('page.viewed', 'app.login', 'form.submitted', 'project.created', 'content.downloaded'),
    ),
    { minLength: 1, maxLength: 60 },
  );

  test('does not change the points, however late and shuffled', () => {
    fc.assert(
      fc.property(daysArbitrary, fc.infiniteStream(fc.nat()), (days, chance) => {
        const inputs = days.map(([day, type], n) =>
          eventInput(type, yearStartsAt + day * 86_400_000, { path: '/pricing' }, { id: `d${String(n).padStart(10, '0')}` }),
        );
        const inTime = [...inputs].sort((a, b) => momentOf(a) - momentOf(b));
        const shuffled = inputs
          .map((input) => ({ input, by: chance.next().value ?? 0 }))
          .sort((a, b) => a.by - b.by)
          .map(({ input }) => input);
        const until = yearStartsAt + yearMs;
        const straight = totalAfter(inTime, (index) => momentOf(inTime[index]), until);
        const late = totalAfter(shuffled, (index) => yearStartsAt + yearMs - 1_000 * (inputs.length - index), until);
        const batch = totalAfter(shuffled, (index) => Math.max(...shuffled.slice(0, index + 1).map(momentOf)), until);
        const total = straight['b2b-points']?.total ?? 0;
        expect([late['b2b-points']?.total ?? 0, batch['b2b-points']?.total ?? 0]).toEqual([total, total]);
      }),
      { numRuns: 200 },
    );
  });

  test('does not change it within one batch either', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...yearEvents().slice(0, 60)], { minLength: 60 }), (shuffled) => {
        const until = yearStartsAt + yearMs;
        const decideAll = (inputs: readonly Input[]) => fold(initial('x'), decide(yearPublished(), initial('x'), inputs, until));
        expect(decideAll(shuffled).scores['b2b-points']?.total).toBe(decideAll(yearEvents().slice(0, 60)).scores['b2b-points']?.total);
      }),
      { numRuns: 30 },
    );
  });
});

const momentOf = (input: Input | undefined): number => (input?.kind === 'engaged' ? input.event.occurredAt : 0);

describe('after a year of traffic (400 events, about 60 touches, 3 enrolments)', () => {
  test('the state is under 8 KB at every moment of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
        const published = yearPublished();
        const year = liveTheYear(
          published,
          yearEvents(seed).map((input) => ({ at: input.event.occurredAt, input })),
        );
        let state = initial('lead-year');
        let most = 0;
        for (const { at, inputs } of year.steps) {
          state = fold(state, decide(published, state, inputs, at));
          most = Math.max(most, JSON.stringify(state).length);
        }
        expect(most).toBeLessThan(8_192);
        expect(of(year.facts, 'EngagementRecorded').length).toBe(400);
        expect(year.touches).toBeGreaterThanOrEqual(55);
      }),
      { numRuns: 12 },
    );
  });
});
