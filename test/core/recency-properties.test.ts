/** Points by recency and frequency under every cap at once: any order of the same events, any day they are told, and any event taken back come to the same sums. */
import fc from 'fast-check';
import { ledgersOf } from '../../client/ledger';
import type { PointsModel } from '../../workflows/core';
import { inHindsight } from '../../workflows/core/past';
import { totalOf } from '../../workflows/core/points';
import { eventInput, given, monday } from '../support/given';
import type { Tale } from '../support/given';
import { people } from '../support/people';
import { b2bPoints, publish } from '../support/published';

const day = 86_400_000;
const all: PointsModel = {
  ...b2bPoints,
  total: 90,
  groups: { site: { total: 40 } },
  startingByStage: { awareness: 5 },
  rules: [
    ...b2bPoints.rules.map((rule) => (rule.on === 'page.viewed' ? { ...rule, group: 'site', recent: { days: 10, percent: 150 } } : rule)),
    { id: 'often', on: 'page.viewed', points: 7, times: 3, per: '7 days', perDay: 2, total: 30, group: 'site' },
    { id: 'follows', on: 'social.followed', points: -4, times: 2, per: '14 days', recent: { days: 3, percent: 50 } },
  ],
};
const deeds = fc.array(
  fc.record({
    type: fc.constantFrom('page.viewed', 'social.followed', 'form.submitted', 'email.unsubscribed', 'social.messaged'),
    ago: fc.integer({ min: 0, max: 230 * 24 }),
    path: fc.constantFrom('/', '/pricing'),
  }),
  { minLength: 1, maxLength: 40 },
);
const at = monday + 250 * day;
const dataOf = (type: string, path: string): Readonly<Record<string, string>> =>
  type === 'page.viewed' ? { path } : type === 'form.submitted' ? { form: 'f' } : type.startsWith('social') ? { network: 'n' } : {};

test('with all of them at once any order of the same events ends in the same points, and the ledger sums to them', () => {
  fc.assert(
    fc.property(deeds, fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 40, maxLength: 40 }), (told, shuffle) => {
      const inputs = told.map(({ type, ago, path }, n) =>
        eventInput(type, at, dataOf(type, path), { at: at - ago * 3_600_000, id: `e${String(n).padStart(10, '0')}` }),
      );
      const mixed = inputs
        .map((input, n) => [shuffle[n] ?? 0, input] as const)
        .sort(([a], [b]) => a - b)
        .map(([, input]) => input);
      const published = publish({ plans: [], models: [all] });
      const [one, other] = [inputs, mixed].map((order) => {
        const lead = given(published, people.ada.leadId, at).profile({ source: 'referral' });
        for (const input of order) lead.batch([input]);
        return lead;
      }) as [Tale, Tale];
      expect(other.state().scores['b2b-points']?.total).toBe(one.state().scores['b2b-points']?.total);
      for (const lead of [one, other.after('45 days').does('app.login'), one.after('400 days').does('app.login')]) {
        const known = lead.state().scores['b2b-points'];
        expect(known?.total ?? 0).toBe(known === undefined ? 0 : totalOf(all, known.raw, known.throughDay));
        const [ledger] = ledgersOf(lead.history(), lead.state());
        expect(ledger?.sum).toBe(ledger?.total);
        const then = inHindsight(published, people.ada.leadId, lead.history(), lead.now());
        expect(then.state.scores['b2b-points']?.total ?? 0).toBe(known?.total ?? 0);
      }
    }),
    { numRuns: 200 },
  );
});

test('as if lived: day by day with decay in between comes to the same as told at the end', () => {
  fc.assert(
    fc.property(deeds, (told) => {
      const published = publish({ plans: [], models: [all] });
      const lived = given(published, people.ada.leadId, at - 240 * day).profile({});
      for (const { type, ago, path } of told.toSorted((a, b) => b.ago - a.ago)) {
        const when = at - ago * 3_600_000;
        lived.until(when).does(type, dataOf(type, path));
      }
      lived.until(at).does('app.login');
      const late = given(published, people.ada.leadId, at)
        .profile({})
        .batch(told.map(({ type, ago, path }) => eventInput(type, at, dataOf(type, path), { at: at - ago * 3_600_000 })));
      expect(late.state().scores['b2b-points']?.total ?? 0).toBe(lived.state().scores['b2b-points']?.total ?? 0);
    }),
    { numRuns: 100 },
  );
});

test('an event that is taken back goes from how often it was, too, whatever else counts', () => {
  fc.assert(
    fc.property(deeds, fc.nat(), (told, pick) => {
      const published = publish({ plans: [], models: [all] });
      const inputs = told.map(({ type, ago, path }, n) =>
        eventInput(type, at, dataOf(type, path), { at: at - ago * 3_600_000, id: `e${String(n).padStart(10, '0')}` }),
      );
      const gone = pick % inputs.length;
      const lead = given(published, people.ada.leadId, at).profile({}).batch(inputs);
      lead.command({ word: 'retract', event: `e${String(gone).padStart(10, '0')}` });
      const without = given(published, people.ada.leadId, at)
        .profile({})
        .batch(inputs.filter((_, n) => n !== gone));
      expect(lead.state().scores['b2b-points']?.total ?? 0).toBe(without.state().scores['b2b-points']?.total ?? 0);
      const [ledger] = ledgersOf(lead.history(), lead.state());
      expect(ledger?.sum).toBe(ledger?.total);
    }),
    { numRuns: 150 },
  );
});
