/** The printed ledger: its entries come to the score by themselves, and what they do not come to is said to be a fault. */
import fc from 'fast-check';
import { ledgersOf, restatedFrom } from '../../client/ledger';
import { ledgerText } from '../../client/ledger-text';
import { fold, initial } from '../../workflows/core';
import type { Fact, Model } from '../../workflows/core';
import { commandInput, eventInput, given, monday } from '../support/given';
import { people } from '../support/people';
import { b2bPoints, publish } from '../support/published';
import { asha, ripen } from './fake-context';
import { fact, model } from './given-facts';
import { facts, fits, world } from './small-world';

const { ada } = people;
const day = 86_400_000;

test('points that no entry tells of are a fault, said with both figures, and nothing is filled in', () => {
  const missing = facts.filter((one) => one.type !== 'PointsChanged' || one.rule !== 'form');
  const [ledger] = ledgersOf(missing, fold(initial(asha.leadId), facts));
  expect([ledger?.sum, ledger?.total, ledger?.entries.length]).toEqual([7_500, 27_500, 3]);
  const text = ledger === undefined ? '' : ledgerText(ledger, 27, false);
  fits(text);
  expect(text).toContain('A fault: the points are 27.5, and the entries come to 7.5.');
  const [whole] = ledgersOf(facts, fold(initial(asha.leadId), facts));
  expect(whole === undefined ? '' : ledgerText(whole, 27, false)).not.toContain('fault');
});

test('a restatement by a new version of the rules is told as such, in the timeline too, of older facts as of new ones', async () => {
  const newer = 'b2b-points@2#0123456789ab';
  const restated = fact('PointsDecayed', { model: newer, day: 20_401, delta: -5_000 });
  const { out } = await ripen({ ...world, facts: [...facts, restated] }, 'timeline', asha.leadId);
  fits(out);
  expect(out).toContain('Points -5 by new rules, b2b-points@2 in place of b2b-points@1');
  expect(out).toContain('Points -2.5 by the passing of time');
  expect(restatedFrom([...facts, restated]).at(-1)).toEqual({ ...restated, from: model });
});

test('what came with a merge says whose it was', async () => {
  const theirs: readonly Fact[] = [fact('EngagementRecorded', { id: 'aaaaaaaaaaa', event: 'form.submitted', actor: 'human' })];
  const merged = [...facts, fact('LeadAbsorbed', { from: 'lead-asha-2', throughN: 3, digest: 'x' })];
  const { out, json } = await ripen(
    { ...world, factsOf: (leadId) => (leadId === 'lead-asha-2' ? theirs : merged) },
    'explain',
    asha.leadId,
    '--json',
  );
  expect(out).not.toBe('');
  expect(json['ledgers']).toMatchObject([
    { entries: [{}, { event: 'aaaaaaaaaaa', note: 'as the merged lead lead-asha-2' }, { event: 'bbbbbbbbbbb' }, {}] },
  ]);
});

const deed = fc.record({
  kind: fc.constant('deed' as const),
  type: fc.constantFrom('form.submitted', 'page.viewed', 'email.clicked', 'social.followed', 'email.unsubscribed', 'trial.started'),
  path: fc.constantFrom('/blog', '/pricing'),
  lateDays: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 40 })),
});
const other = fc.oneof(
  fc.record({ kind: fc.constant('rules' as const), points: fc.integer({ min: -10, max: 60 }), without: fc.nat({ max: 8 }) }),
  fc.record({ kind: fc.constant('rescore' as const), quiet: fc.boolean() }),
  fc.record({ kind: fc.constant('merge' as const), deeds: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ kind: fc.constant('profile' as const), source: fc.constantFrom('referral', 'trade-show') }),
);
const lives = fc.array(
  fc.tuple(fc.oneof({ weight: 4, arbitrary: deed }, { weight: 1, arbitrary: other }), fc.integer({ min: 0, max: 60 * 24 })),
  { maxLength: 30 },
);

/** Groups and caps of every kind, so that an entry rarely counts what it is worth. */
const first: Model = {
  ...b2bPoints,
  groups: { web: { total: 25 } },
  rules: b2bPoints.rules.map((rule) => (['visit', 'pricing', 'click'].includes(rule.id) ? { ...rule, group: 'web' } : rule)),
};

test('whatever happens (caps, decay, other rules, counting again, a merge), the entries come to the points without a rest', () => {
  fc.assert(
    fc.property(lives, (life) => {
      let at = monday;
      let rules = first;
      let published = publish({ plans: [], models: [first] });
      const told: Fact[] = [];
      for (const [one, hours] of life) {
        at += hours * 3_600_000;
        if (one.kind === 'rules') {
          const changed = first.rules
            .filter((_, index) => index !== one.without)
            .map((rule) => ({ ...rule, points: rule.points + one.points }));
          rules = { ...first, version: rules.version + 1, rules: changed };
          published = publish({ plans: [], models: [rules] });
          continue;
        }
        const lead = given(published, ada.leadId, at, fold(initial(ada.leadId), told), [...told]);
        if (one.kind === 'deed') lead.does(one.type, { path: one.path }, { at: at - one.lateDays * day });
        if (one.kind === 'rescore') lead.command({ word: 'rescore', model: 'b2b-points', quiet: one.quiet });
        if (one.kind === 'profile') lead.profile({ ...ada.traits, source: one.source });
        if (one.kind === 'merge') {
          lead.batch(Array.from({ length: one.deeds }, (_, n) => eventInput('page.viewed', at - n * 9 * day, { path: '/pricing' })));
          lead.batch([commandInput({ word: 'absorb', from: 'ld_other', throughN: 3, digest: 'd', had: [] })]);
        }
        told.push(...lead.history());
      }
      const state = fold(initial(ada.leadId), told);
      for (const { sum, total } of ledgersOf(told, state)) expect(sum).toBe(total);
    }),
    { numRuns: 300 },
  );
});
