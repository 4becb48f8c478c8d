/** What a new version of a scoring model does to points that are there already, before anybody asks to count again. */
import fc from 'fast-check';
import { ledgersOf } from '../../client/ledger';
import { fold, initial } from '../../workflows/core';
import type { PointsModel } from '../../workflows/core';
import { totalOf } from '../../workflows/core/points';
import { given } from '../support/given';
import type { Tale } from '../support/given';
import { people } from '../support/people';
import { b2bPoints, publish } from '../support/published';

const { ada } = people;
const day = 86_400_000;
const told = () => given(publish({ plans: [] }), ada.leadId).profile({ ...ada.traits, source: 'referral' });
const version = (number: number, changes: Partial<PointsModel>): PointsModel => ({ ...b2bPoints, version: number, ...changes });

/** The same life, gone on with where another version is in force. */
function under(model: PointsModel, tale: Tale): Tale {
  const history = [...tale.history()];
  return given(publish({ plans: [], models: [model] }), ada.leadId, tale.now(), fold(initial(ada.leadId), history), history);
}
const pointsOf = (tale: Tale): number => (tale.state().scores['b2b-points']?.total ?? 0) / 1_000;

const without = version(2, { rules: b2bPoints.rules.filter(({ id }) => id !== 'visit') });
const renamed = version(2, { rules: b2bPoints.rules.map((rule) => (rule.id === 'visit' ? { ...rule, id: 'visits' } : rule)) });
const capped = version(2, { rules: b2bPoints.rules.map((rule) => (rule.id === 'form' ? { ...rule, total: 10 } : rule)) });

const visited = (): Tale => {
  const tale = told();
  for (let n = 0; n < 20; n += 1) tale.does('page.viewed', { path: '/blog' });
  return tale;
};

test.each([
  ['left out', without],
  ['renamed', renamed],
])('a rule %s takes its points along, and never gives what its cap kept back', (_, model) => {
  expect(pointsOf(visited())).toBe(30);
  const later = under(model, visited()).after('1 day').does('app.login');
  expect([pointsOf(later), later.state().qualification]).toEqual([15, 'lead']);
});

test('counted again, a renamed rule has its points back', () => {
  const later = under(renamed, visited()).after('1 day').command({ word: 'rescore', model: 'b2b-points' });
  expect(pointsOf(later)).toBe(30);
});

test('what a rule that is gone was worth does not fade a second time', () => {
  const later = under(without, visited()).after('1 day').does('app.login').after('40 days').does('app.login');
  expect(pointsOf(later)).toBe(7.5);
});

test('what the person begins with by its source stays, though no rule gives it', () => {
  expect(pointsOf(under(without, told()).after('1 day').does('social.followed', { network: 'mastodon' }))).toBe(20);
});

test('points gained lately are without a rule that is gone', () => {
  const later = under(without, visited()).does('social.followed', { network: 'mastodon' });
  expect(pointsOf(later)).toBe(20);
  expect(later.factsOf('PointsDecayed')).toEqual([expect.objectContaining({ model: 'b2b-points@2#d1', delta: -15_000 })]);
});

test('a lead seen on the day of the change ends with the same points as one seen later', () => {
  const filledIn = () => told().does('form.submitted', { form: 'ebook' });
  const sameDay = under(capped, filledIn()).does('newsletter.subscribed', { topic: 'roi' }).after('1 day').does('app.login');
  const nextDay = under(capped, filledIn()).after('1 day').does('newsletter.subscribed', { topic: 'roi' });
  expect([pointsOf(sameDay), pointsOf(nextDay)]).toEqual([40, 40]);
});

test('the explanation says that the rules changed, not that time passed', () => {
  const tale = visited();
  const later = under(without, tale).does('social.followed', { network: 'mastodon' });
  const [ledger] = ledgersOf([...tale.history(), ...later.history()], later.state());
  expect(ledger?.entries.slice(-2).map(({ what, counted }) => [what, counted])).toEqual([
    ['a new version of the rules, b2b-points@2', -15_000],
    ['social.followed', 5_000],
  ]);
});

test('whatever was done and whichever versions came: the sum of the ledger is the score, and what the version in force makes of the raw sums', () => {
  const grouped = version(3, {
    groups: { site: { total: 12 } },
    rules: b2bPoints.rules.map((rule) => (rule.on === 'page.viewed' ? { ...rule, group: 'site' } : rule)),
  });
  const fast = version(4, { decay: [{ afterDays: 2, percent: 40 }] });
  const models = [b2bPoints, without, grouped, fast, { ...capped, version: 5 }];
  const deeds = ['page.viewed', 'form.submitted', 'social.followed', 'email.unsubscribed', 'app.login'] as const;
  const step = fc.record({ deed: fc.constantFrom(...deeds), wait: fc.constantFrom(0, 0, 1, 3, 31), model: fc.nat(models.length - 1) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (life) => {
      let tale = told();
      let history = [...tale.history()];
      for (const { deed, wait, model } of life) {
        const inForce = models[model] ?? b2bPoints;
        const published = publish({ plans: [], models: [inForce] });
        tale = given(published, ada.leadId, tale.now() + wait * day, fold(initial(ada.leadId), history), history).does(deed, {
          path: '/blog',
        });
        history = [...history, ...tale.history()];
        const known = tale.state().scores['b2b-points'];
        expect(known?.total).toBe(totalOf(inForce, known?.raw ?? [], Math.floor(tale.now() / day)));
        expect(ledgersOf(history, tale.state())[0]?.entries.some(({ what }) => what === 'brought over from another lead')).toBe(false);
      }
    }),
    { numRuns: 300 },
  );
});
