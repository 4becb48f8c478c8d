/** What a hand-off means for nurture, and what comes after it. */
import type { Command } from '../../workflows/core';
import { given, monday } from '../support/given';
import { people, reps } from '../support/people';
import { publish } from '../support/published';
import { changed, daily, selling } from './plans';

const { ada, chloe } = people;
const hour = 3_600_000;
const published = publish({ plans: [selling, daily, changed(daily, { id: 'active', programme: 'active-funnel' })] });
const inSelling = () => given(published, chloe.leadId).profile(chloe.traits).command({ word: 'enrol', sequence: 'selling' });
const asked = () => inSelling().does('form.submitted', { form: 'demo' });
const offered = (rep: string = reps.rosa) =>
  asked().outcome('h1.assign.1', { as: 'assigned', rep }).outcome('h1.offer.1', { as: 'notified' });
const say = (tale: ReturnType<typeof given>, word: Extract<Command, { handOff: number }>['word'], handOff = 1) =>
  tale.command({ word, handOff });
const qualifications = (tale: ReturnType<typeof given>) => tale.factsOf('QualificationChanged').map(({ to }) => to);

describe('after a rejection', () => {
  const rejected = () => say(offered(), 'reject');
  test('a rule that names an event asks again when the event comes again', () => {
    expect(rejected().after('1 hour').does('page.viewed', { path: '/blog' }).factsOf('HandOffRequested').length).toBe(1);
    const again = rejected().after('1 hour').does('form.submitted', { form: 'demo' });
    expect(again.factsOf('HandOffRequested').map(({ handOff, rule }) => [handOff, rule])).toEqual([
      [1, 'selling.asked'],
      [2, 'selling.asked'],
    ]);
    expect(qualifications(again).at(-1)).toBe('sql');
  });

  test('a rule with rearm asks again only after the points and the time and engagement', () => {
    const scored = () =>
      say(
        inSelling()
          .does('form.submitted', { form: 'a' })
          .does('form.submitted', { form: 'b' })
          .outcome('h1.assign.1', { as: 'assigned', rep: reps.rosa }),
        'reject',
      );
    const requests = (tale: ReturnType<typeof given>) => tale.factsOf('HandOffRequested').length;
    expect(requests(scored().after('20 days'))).toBe(1);
    expect(requests(scored().after('15 days').does('page.viewed', { path: '/blog' }))).toBe(1);
    const soon = scored().after('1 day').does('form.submitted', { form: 'c' });
    expect(requests(soon)).toBe(1);
    expect(soon.wake()).toBe(monday + 14 * 24 * hour);
    expect(requests(soon.until(monday + 14 * 24 * hour, { hold: true }))).toBe(2);
  });

  test('the lead is qualified by marketing again only by something it did after', () => {
    const tale = say(
      inSelling().does('form.submitted').does('form.submitted').outcome('h1.assign.1', { as: 'assigned', rep: reps.rosa }),
      'reject',
    );
    expect(qualifications(tale).at(-1)).toBe('recycled');
    expect(qualifications(tale.after('1 hour').does('app.login')).at(-1)).toBe('mql');
  });
});

describe('nurture while a hand-off is open', () => {
  const both = (sequence: 'daily' | 'active', during?: 'hold' | 'continue') => {
    const rule = {
      name: 'asked',
      when: { kind: 'engaged', type: 'form.submitted' },
      sla: { contact: '24 hours' },
      ...(during === undefined ? {} : { during }),
    } as const;
    const plan = changed(daily, {
      id: sequence,
      ...(sequence === 'active' ? { programme: 'active-funnel' as const } : {}),
      handOff: [rule],
    });
    return given(publish({ plans: [plan] }), ada.leadId)
      .profile(ada.traits)
      .command({ word: 'enrol', sequence })
      .delivered()
      .does('form.submitted', { form: 'demo' })
      .delivered()
      .delivered();
  };
  test('holds by default, and goes on where it stopped when the rep gives the lead back', () => {
    const tale = both('daily').until(monday + 40 * 24 * hour);
    expect(tale.factsOf('TouchHeld')).toEqual([expect.objectContaining({ touch: 'two', because: 'hand-off' })]);
    expect([tale.factsOf('TouchSent').length, tale.factsOf('PlanExhausted').length, tale.wake()]).toEqual([1, 0, undefined]);
    say(tale, 'reject');
    expect(tale.sends().map(({ touch }) => touch)).toEqual(['two']);
    expect(tale.delivered().wake()).toBe(monday + 41 * 24 * hour);
  });
  test('continues by default in an active funnel', () =>
    expect(
      both('active')
        .until(monday + 5 * 24 * hour)
        .factsOf('TouchSent').length,
    ).toBe(3));
  test('does as the rule says', () => {
    expect(
      both('daily', 'continue')
        .until(monday + 5 * 24 * hour)
        .factsOf('TouchSent').length,
    ).toBe(3);
    expect(
      both('active', 'hold')
        .until(monday + 5 * 24 * hour)
        .factsOf('TouchSent').length,
    ).toBe(1);
  });
});

describe('a hand-off is taken back', () => {
  test('when the person complains or must not be contacted', () => {
    expect(offered().does('email.complained').factsOf('HandOffClosed')).toEqual([
      expect.objectContaining({ as: 'withdrawn', because: 'suppressed: complained' }),
    ]);
    expect(asked().command({ word: 'suppress', channel: 'all' }).effects()).toEqual([]);
  });
  test('but not because they read no more mail', () => {
    expect(offered().does('email.unsubscribed').factsOf('HandOffClosed')).toEqual([]);
  });
  test.each([
    ['deal.won', 'won', 'customer'],
    ['deal.lost', 'lost', 'recycled'],
  ])('or closed by %s from the CRM', (event, as, to) => {
    const tale = offered().does(event);
    expect([tale.factsOf('HandOffClosed')[0]?.as, qualifications(tale).at(-1)]).toEqual([as, to]);
  });
});
