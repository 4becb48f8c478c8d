/** What a person may be sent, over all enrolments. */
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';
import { changed, confirming, daily } from './plans';

const { ada, ben, eve } = people;
const hour = 3_600_000;
const day = 24 * hour;
const others = ['second', 'third', 'fourth'].map((id) =>
  changed(daily, {
    id,
    phases: {
      start: {
        touches: [{ channel: 'email', id: `${id}-mail`, after: '0 minutes', purpose: 'marketing' }],
        advance: [],
        exhaustedAfter: '30 days',
      },
    },
  }),
);
const published = publish({ plans: [daily, confirming, ...others] });
const known = (person: { readonly leadId: string; readonly traits: Readonly<Record<string, string>> } = ada, at = monday) =>
  given(published, person.leadId, at).profile(person.traits);
const names = (tale: ReturnType<typeof given>) => tale.sends().map(({ touch }) => touch);
const held = (tale: ReturnType<typeof given>) => tale.factsOf('TouchHeld').map(({ touch, because, until }) => [touch, because, until]);
const withheld = (tale: ReturnType<typeof given>) => tale.factsOf('TouchWithheld').map(({ touch, because }) => [touch, because]);

describe('quiet hours', () => {
  const night = Date.UTC(2026, 0, 5, 23, 30);
  test('hold marketing until the morning of the lead, not ours', () => {
    expect(held(known(ada, night).command({ word: 'enrol', sequence: 'daily' }))).toEqual([
      ['one', 'quiet-hours', Date.UTC(2026, 0, 6, 8)],
    ]);
    expect(names(known(ben, night).command({ word: 'enrol', sequence: 'daily' }))).toEqual(['one']);
    const zoned = given(published, 'x', Date.UTC(2026, 0, 5, 16))
      .profile({ zone: 'Asia/Kolkata' })
      .command({ word: 'enrol', sequence: 'daily' });
    expect(held(zoned)).toEqual([['one', 'quiet-hours', Date.UTC(2026, 0, 6, 2, 30)]]);
  });
  test('are exact over a change of the clocks', () => {
    const tale = given(published, 'x', Date.UTC(2026, 2, 28, 23))
      .profile({ zone: 'Europe/Berlin' })
      .command({ word: 'enrol', sequence: 'daily' });
    expect(held(tale)).toEqual([['one', 'quiet-hours', Date.UTC(2026, 2, 29, 6)]]);
  });
  test('go by the house where nobody knows the zone of the lead', () => {
    expect(
      held(given(published, eve.leadId, night).profile({ zone: 'Mars/Olympus' }).command({ word: 'enrol', sequence: 'daily' })),
    ).toEqual([['one', 'quiet-hours', Date.UTC(2026, 0, 6, 8)]]);
  });
  test('let service pass', () => expect(names(known(ada, night).command({ word: 'enrol', sequence: 'confirming' }))).toEqual(['confirm']));
  test('end the time in which a send may begin', () => {
    const tale = known().command({ word: 'enrol', sequence: 'daily' }).command({ word: 'enrol', sequence: 'confirming' });
    expect(tale.sends().map(({ touch, notAfter }) => [touch, notAfter])).toEqual([
      ['one', Date.UTC(2026, 0, 5, 21)],
      ['confirm', monday + day],
    ]);
  });
  test('that a cap runs into are nothing new: it is held once', () => {
    const narrow = publish({ plans: [daily, ...others], settings: { cap: { touches: 1, per: '12 hours' } } });
    const tale = given(narrow, ada.leadId, Date.UTC(2026, 0, 5, 11))
      .profile(ada.traits)
      .command({ word: 'enrol', sequence: 'daily' });
    tale.delivered().command({ word: 'enrol', sequence: 'second' }).after('12 hours').after('1 hour');
    expect(held(tale)).toEqual([['second-mail', 'cap', Date.UTC(2026, 0, 6, 8)]]);
  });
  test('wake the lead at their end, and it goes', () => {
    const tale = known(ada, night).command({ word: 'enrol', sequence: 'daily' });
    expect(tale.wake()).toBe(Date.UTC(2026, 0, 6, 8));
    expect(names(tale.until(Date.UTC(2026, 0, 6, 8), { hold: true }))).toEqual(['one']);
  });
});

describe('the cap', () => {
  test('counts over all enrolments, uncertain sends too, and frees the next when the oldest is old enough', () => {
    const tale = known().command({ word: 'enrol', sequence: 'daily' }).delivered().command({ word: 'enrol', sequence: 'second' });
    tale
      .outcome('e2.start.second-mail.1', { as: 'uncertain', because: 'lease ended' })
      .command({ word: 'enrol', sequence: 'third' })
      .delivered()
      .command({ word: 'enrol', sequence: 'fourth' });
    expect(held(tale)).toEqual([['fourth-mail', 'cap', monday + 7 * day]]);
    expect(names(tale.until(monday + 7 * day - 1, { hold: true }))).toEqual([]);
    expect(names(tale.until(monday + 7 * day, { hold: true }))).toContain('fourth-mail');
  });
  test('does not count service', () => {
    const tale = known().command({ word: 'enrol', sequence: 'confirming' }).delivered();
    expect(tale.state().sentAt).toEqual([]);
  });
  test('and quiet hours together hold until both allow it', () => {
    const evening = Date.UTC(2026, 0, 5, 20, 30);
    const narrow = publish({ plans: [daily, ...others], settings: { cap: { touches: 1, per: '1 hour' } } });
    const tale = given(narrow, ada.leadId, evening)
      .profile(ada.traits)
      .command({ word: 'enrol', sequence: 'daily' })
      .delivered()
      .command({ word: 'enrol', sequence: 'second' });
    expect(held(tale)).toEqual([['second-mail', 'cap', Date.UTC(2026, 0, 6, 8)]]);
  });
});

describe('competing touches', () => {
  test('go one at a time: service first, then who was due first, then who was enrolled first', () => {
    const due = (id: string, after: '1 day' | '2 days', purpose: 'marketing' | 'service') =>
      changed(daily, {
        id,
        phases: { start: { touches: [{ channel: 'email', id: `${id}-mail`, after, purpose }], advance: [], exhaustedAfter: '30 days' } },
      });
    const all = publish({
      plans: [
        due('late', '2 days', 'marketing'),
        due('early', '1 day', 'marketing'),
        due('twin', '1 day', 'marketing'),
        due('notice', '2 days', 'service'),
      ],
    });
    const tale = given(all, ada.leadId).profile(ada.traits);
    for (const sequence of ['late', 'early', 'twin', 'notice']) tale.command({ word: 'enrol', sequence });
    tale.after('2 days');
    const decided = () => tale.factsOf('EffectDecided').flatMap(({ effect }) => (effect.type === 'SendTouch' ? [effect.touch] : []));
    expect(decided()).toEqual(['notice-mail', 'early-mail']);
    expect(tale.factsOf('TouchHeld').map(({ touch, because }) => [touch, because])).toEqual([
      ['twin-mail', 'priority'],
      ['late-mail', 'priority'],
    ]);
    tale.delivered().delivered();
    expect(decided()).toEqual(['notice-mail', 'early-mail', 'twin-mail', 'late-mail']);
  });
});

describe('consent', () => {
  test('is needed for marketing and not for service', () => {
    const tale = given(published, ada.leadId)
      .profile(ada.traits, { email: 'none' })
      .command({ word: 'enrol', sequence: 'daily' })
      .command({ word: 'enrol', sequence: 'confirming' });
    expect([withheld(tale), names(tale)]).toEqual([[['one', 'consent']], ['confirm']]);
  });
  test('withdrawn in a newer profile stops what comes', () => {
    const tale = known()
      .command({ word: 'enrol', sequence: 'daily' })
      .delivered()
      .profile(ada.traits, { email: 'withdrawn' })
      .after('1 day');
    expect(withheld(tale)).toEqual([['two', 'consent']]);
  });
  test('is waited for, up to a day, where the enrolment was ahead of the profile', () => {
    const tale = given(published, ada.leadId).command({ word: 'enrol', sequence: 'daily' });
    expect(held(tale)).toEqual([['one', 'profile', monday + day]]);
    expect(names(tale.profile(ada.traits))).toEqual(['one']);
    const silent = given(published, ada.leadId).command({ word: 'enrol', sequence: 'daily' }).after('1 day');
    expect(withheld(silent)).toEqual([['one', 'consent']]);
  });
});
