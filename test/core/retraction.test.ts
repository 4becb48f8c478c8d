/** An event taken back: as if it had not been, in points and in what is known; what was done on its account stays done. */
import fc from 'fast-check';
import { ledgersOf } from '../../client/ledger';
import { fold, HistoryNeeded, decide, initial, inHindsight, asKnown, readScore } from '../../workflows/core';
import type { Input, LeadState, Model } from '../../workflows/core';
import { since } from '../../workflows/core/cells';
import { eventInput, freshId, given, monday } from '../support/given';
import type { Tale } from '../support/given';
import { people } from '../support/people';
import { b2bPoints, publish } from '../support/published';

const { ada } = people;
const day = 86_400_000;
const world = publish({ plans: [] });
const click = 'click-of-ada';
const takenBack = (of: string, at?: number, id = freshId()): Input =>
  eventInput('engagement.retracted', at ?? monday + 300 * day, { of, because: 'mail-gateway' }, { id, actor: 'machine' });
const take = (tale: Tale, of: string, id?: string): Tale => tale.batch([takenBack(of, tale.now(), id)]);
const points = (tale: Tale): number => (tale.state().scores['b2b-points']?.total ?? 0) / 1_000;
const score = (tale: Tale): number => readScore(tale.state().scores['b2b-points']);
const lead = () => given(world, ada.leadId);

describe('its points', () => {
  test('go, with the event, its rule and its day in a fact of their own', () => {
    const tale = take(lead().does('form.submitted', { form: 'ebook' }).does('email.clicked', {}, { id: click }).after('3 days'), click);
    expect(tale.factsOf('EngagementRetracted')).toEqual([
      expect.objectContaining({ event: click, was: 'email.clicked', by: 'the publisher', because: 'mail-gateway' }),
    ]);
    expect(tale.factsOf('PointsRetracted')).toEqual([
      expect.objectContaining({
        model: 'b2b-points@1#d1',
        rule: 'click',
        event: click,
        day: monday / day - (monday % day) / day,
        raw: 5_000,
        delta: -5_000,
      }),
    ]);
    expect(points(tale)).toBe(20);
  });

  test('count as far as they did: what a cap had kept back comes up for it', () => {
    const tale = lead().does('page.viewed', { path: '/a' }, { id: 'view-000001' });
    for (const path of ['/b', '/c', '/d']) tale.does('page.viewed', { path });
    expect([points(tale), points(take(tale, 'view-000001'))]).toEqual([15, 15]);
    expect(tale.factsOf('PointsRetracted')).toEqual([expect.objectContaining({ raw: 5_000, delta: 0, capped: 'day' })]);
  });

  test('go as far as age had left them', () => {
    const tale = lead().does('form.submitted', {}, { id: click }).after('40 days').does('social.messaged', { network: 'mastodon' });
    expect([points(tale), points(take(tale, click))]).toEqual([20, 10]);
    expect(tale.factsOf('PointsRetracted')).toEqual([expect.objectContaining({ raw: 20_000, delta: -10_000, decayPercent: 50 })]);
  });

  test('go once, however often they are taken back', () => {
    const tale = take(lead().does('form.submitted', {}).does('email.clicked', {}, { id: click }), click);
    expect(
      take(tale, click)
        .last()
        .map(({ type }) => type),
    ).toEqual(['EngagementRecorded']);
    expect(points(tale)).toBe(20);
    const [twice] = [takenBack(click, tale.now(), 'retraction1')];
    expect(tale.batch([twice, twice]).batch([twice]).last()).toEqual([]);
  });

  test('are nothing where a machine was known for one from the first', () => {
    const tale = take(lead().does('email.clicked', {}, { id: click, actor: 'machine' }), click);
    expect(tale.last().map(({ type }) => type)).toEqual(['EngagementRecorded', 'EngagementRetracted']);
  });

  test('are what they were worth by the rules that counted them', () => {
    const generous: Model = { ...b2bPoints, version: 2, rules: b2bPoints.rules.map((rule) => ({ ...rule, points: rule.points * 2 })) };
    const both = publish({ plans: [], models: [b2bPoints, generous] });
    const before = () => lead().does('form.submitted', {}, { id: click }).does('newsletter.subscribed', { topic: 'roi' });
    const under = (tale: Tale): Tale => given(both, ada.leadId, tale.now(), fold(initial(ada.leadId), tale.history()), [...tale.history()]);
    expect(points(take(under(before()), click))).toBe(15);
    expect(points(take(under(before()).command({ word: 'rescore', model: 'b2b-points' }), click))).toBe(30);
  });

  test('stay gone when all is counted again', () => {
    const tale = take(lead().does('form.submitted', {}).does('email.clicked', {}, { id: click }), click);
    tale.command({ word: 'rescore', model: 'b2b-points' });
    expect([points(tale), tale.factsOf('CommandRecorded').at(-1)?.answer.says]).toEqual([20, 'The score of b2b-points@1 is as it was.']);
  });

  test('were the only ones: the score reads as nothing seen yet', () => {
    expect(score(take(lead().does('email.clicked', {}, { id: click }), click))).toBe(0);
  });
});

describe('an event that is taken back before it came', () => {
  test('is passed over when it comes, once and for all', () => {
    const tale = take(lead().does('form.submitted', {}), click);
    expect(tale.factsOf('EngagementRetracted')).toEqual([expect.not.objectContaining({ was: expect.anything() as unknown })]);
    expect(tale.does('email.clicked', {}, { id: click }).last()).toEqual([]);
    expect(points(tale)).toBe(20);
  });

  test('in one batch with it, in whatever order, is as if it had not been', () => {
    const event = eventInput('email.clicked', monday, {}, { id: click });
    const many = Array.from({ length: 12 }, () => eventInput('app.login', monday));
    for (const batch of [
      [event, takenBack(click, monday)],
      [takenBack(click, monday), event],
      [takenBack(click, monday), ...many, event],
    ])
      expect(points(lead().does('form.submitted', {}).batch(batch))).toBe(20);
  });
});

test('without the lead’s history it cannot be decided, and says so to whoever can read it', () => {
  const state = lead().does('email.clicked', {}, { id: click }).state();
  expect(() => decide(world, state, [takenBack(click)], monday + day)).toThrow(HistoryNeeded);
});

describe('what was known by it', () => {
  test('is the last engagement before it', () => {
    const tale = lead().does('form.submitted', {}).after('3 days').does('email.clicked', {}, { id: click }).after('1 day');
    expect(tale.state().lastEngagedAt).toBe(monday + 3 * day);
    expect(take(tale, click).state().lastEngagedAt).toBe(monday);
    expect(take(lead().does('email.clicked', {}, { id: click }), click).state().lastEngagedAt).toBeUndefined();
  });

  test('is what others said of need and pain', () => {
    const tale = lead()
      .does('form.submitted', { need: 'some', pain: 4 })
      .after('1 day')
      .does('survey.answered', { need: 'urgent', pain: 9 }, { id: click });
    expect(take(tale, click).state()).toMatchObject({ bant: { need: { is: 'some' } }, pain: { is: 4 } });
    expect(take(lead().does('form.submitted', { need: 'urgent' }, { id: click }), click).state().bant).toBeUndefined();
  });

  test('is no engagement by itself', () => {
    expect(take(lead().does('form.submitted', {}, { id: click }).after('9 days'), 'another-one').state().lastEngagedAt).toBe(monday);
  });
});

describe('an operator', () => {
  const told = () => lead().does('form.submitted', {}).does('email.clicked', {}, { id: click });
  const answer = (tale: Tale): unknown => tale.factsOf('CommandRecorded').at(-1)?.answer;
  const retract = (tale: Tale, event: string): Tale => tale.command({ word: 'retract', event });
  test('is told what it comes to, and is named in the fact', () => {
    const tale = retract(told(), click);
    expect(answer(tale)).toEqual({ ok: true, says: 'email.clicked is taken back. The score was 25 and is 20.' });
    expect(tale.factsOf('EngagementRetracted')).toEqual([expect.objectContaining({ event: click, by: 'olga', because: 'asked' })]);
  });
  test('is refused what is not there, what is taken back already, and taking back a retraction', () => {
    expect(answer(retract(told(), 'no-such-id0'))).toEqual({
      ok: false,
      says: "Nothing of that id is in this lead's history: no-such-id0.",
    });
    expect(answer(retract(retract(told(), click), click))).toEqual({ ok: false, says: 'email.clicked was taken back before.' });
    const publisher = take(told(), click, 'retraction1');
    expect(answer(retract(publisher, 'retraction1'))).toMatchObject({
      ok: false,
      says: expect.stringContaining('is not taken back') as string,
    });
  });
});

test('at a past moment: known then it counts, known today it does not', () => {
  const tale = take(lead().does('form.submitted', {}).does('email.clicked', {}, { id: click }).after('3 days'), click);
  const [known, hindsight] = [asKnown, inHindsight].map((look) => look(world, ada.leadId, tale.history(), monday + day).state);
  expect([known, hindsight].map((state) => readScore(state?.scores['b2b-points']))).toEqual([25, 20]);
});

const deed = fc.record({
  type: fc.constantFrom(
    'form.submitted',
    'page.viewed',
    'page.viewed',
    'email.clicked',
    'social.followed',
    'survey.answered',
    'email.unsubscribed',
  ),
  path: fc.constantFrom('/blog', '/pricing'),
  need: fc.constantFrom('some', 'urgent'),
  pain: fc.integer({ min: 1, max: 10 }),
  day: fc.integer({ min: 0, max: 120 }),
  actor: fc.constantFrom('human' as const, 'human' as const, 'machine' as const),
  taken: fc.option(fc.integer({ min: 0, max: 60 }), { freq: 2 }),
});
const grouped: Model = {
  ...b2bPoints,
  groups: { web: { total: 20 } },
  total: 70,
  rules: [
    ...b2bPoints.rules.map((rule) => (['visit', 'pricing', 'click'].includes(rule.id) ? { ...rule, group: 'web' } : rule)),
    { id: 'again', on: 'page.viewed', points: 12, times: 2, per: '7 days' },
    { id: 'fresh', on: 'survey.answered', points: 9, recent: { days: 14, percent: 200 } },
  ],
};
const knowing = ({ scores, lastEngagedAt, bant, pain }: LeadState): unknown => {
  const { raw = [], total = 0, seen = false } = scores['b2b-points'] ?? {};
  // Days that count nothing any more may be forgotten a little later.
  const counting = raw
    .map(([rule, cells]) => [rule, since(cells, Math.floor(monday / day) + 21)] as const)
    .filter(([, cells]) => cells !== '');
  return { raw: Object.fromEntries(counting), total, seen, lastEngagedAt, bant, pain };
};

test('whatever was done and taken back in whatever order: the lead is as if it had not been, and its ledger still comes to its points', () => {
  const published = publish({ plans: [], models: [grouped] });
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 25 }), fc.boolean(), (deeds, rescored) => {
      const all = deeds.map(({ type, day: on, path, need, pain, actor, taken }, index) => {
        const id = `deed-${String(index).padStart(6, '0')}`;
        const at = monday + on * day;
        return { at, taken, id, input: eventInput(type, at, { path, need, pain }, { id, actor }) };
      });
      const retractions = all.flatMap(({ id, at, taken }) =>
        taken === null ? [] : [{ at: at + (taken - 5) * day, input: takenBack(id, at + taken * day) }],
      );
      const lived = (inputs: readonly { readonly at: number; readonly input: Input }[]) => {
        const tale = given(published, ada.leadId, monday).profile({ ...ada.traits, source: 'referral' });
        let now = monday;
        for (const { at, input } of [...inputs].sort((a, b) => a.at - b.at)) {
          const next = Math.max(now, at);
          tale.after(`${(next - now) / 3_600_000} hours`).batch([input]);
          now = next;
        }
        if (rescored) tale.command({ word: 'rescore', model: 'b2b-points' });
        return tale.after(`${(monday + 200 * day - now) / 3_600_000} hours`);
      };
      const tale = lived([...all, ...retractions]);
      const without = lived(all.filter(({ taken }) => taken === null));
      expect(knowing(tale.state())).toEqual(knowing(without.state()));
      for (const { sum, total } of ledgersOf(tale.history(), tale.state())) expect(sum).toBe(total);
      const then = monday + 60 * day;
      const past = [tale, without].map((one) => inHindsight(published, ada.leadId, one.history(), then).state.scores['b2b-points']);
      expect([past[0]?.total, past[0]?.grade]).toEqual([past[1]?.total, past[1]?.grade]);
    }),
    { numRuns: 200 },
  );
});
