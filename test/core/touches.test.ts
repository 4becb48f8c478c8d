/** When a touch is due, whether it goes, and what its end means for the next. */
import { all, clicked, defineSequence, email, engaged, field, not, score, silentFor, since } from '../../workflows/core/words';
import type { SaidTouch } from '../../workflows/core/words';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';
import { changed, daily } from './plans';

const { ada, chloe } = people;
const day = 86_400_000;
const sequenceOf = (...touches: SaidTouch<string, never>[]) =>
  defineSequence({ id: 'plan', version: 1, model: 'b2b-points', phases: { start: { touches, exhaustedAfter: '60 days' } } });
const enrolled = (...touches: SaidTouch<string, never>[]) =>
  given(publish({ plans: [sequenceOf(...touches)], settings: { quietHours: { from: 0, to: 0, zone: 'Etc/UTC' } } }), ada.leadId)
    .profile(ada.traits)
    .command({ word: 'enrol', sequence: 'plan' });
const names = (tale: ReturnType<typeof given>) => tale.sends().map(({ touch }) => touch);

describe('a touch is due', () => {
  test('at once where it is the first and after is nothing', () =>
    expect(names(enrolled(email('a', { after: '0 minutes' })))).toEqual(['a']));

  test('so long after the touch before it closed, however it closed', () => {
    const tale = enrolled(email('a', { after: '0 minutes' }), email('b', { after: '2 days' }));
    tale.after('1 day').outcome('e1.start.a.1', { as: 'refused', because: 'mailbox full', permanent: false });
    expect(tale.wake()).toBe(monday + 3 * day);
    expect(names(tale.after('2 days'))).toEqual(['b']);
  });

  test('not before it: the wake is the moment', () => {
    const tale = enrolled(email('a', { after: '3 days' }));
    expect([names(tale), tale.wake()]).toEqual([[], monday + 3 * day]);
    expect(names(tale.until(monday + 3 * day, { hold: true }))).toEqual(['a']);
  });

  test('since an event, and an event before the step that waits counts', () => {
    const tale = enrolled(email('a', { after: '5 days' }), email('b', { after: since(engaged('project.created'), '2 days') }));
    tale.does('project.created').until(monday + 5 * day);
    expect(tale.factsOf('TouchSent').map(({ touch }) => touch)).toEqual(['a', 'b']);
  });

  test('since an event: waits for it without a wake of its own', () => {
    const tale = enrolled(email('b', { after: since(engaged('project.created'), '2 days') }));
    expect(tale.wake()).toBe(monday + 60 * day);
    expect(tale.after('1 day').does('project.created').wake()).toBe(monday + 3 * day);
  });

  test('since silence', () => {
    const tale = enrolled(email('b', { after: since(silentFor('3 days'), '1 day') }))
      .after('1 day')
      .does('app.login');
    expect(tale.wake()).toBe(monday + 5 * day);
    expect(names(tale.until(monday + 5 * day, { hold: true }))).toEqual(['b']);
  });

  test('since the first moment a score was reached, though it is gone by then', () => {
    const tale = enrolled(email('b', { after: since(score.atLeast(20), '40 days') }))
      .after('1 day')
      .does('form.submitted');
    expect(tale.wake()).toBe(monday + 41 * day);
    expect(names(tale.until(monday + 41 * day, { hold: true }))).toEqual(['b']);
    expect(tale.state().scores['b2b-points']?.total).toBe(10_000);
  });
});

describe('a touch goes only', () => {
  const withheld = (tale: ReturnType<typeof given>) => tale.factsOf('TouchWithheld').map(({ touch, because }) => [touch, because]);

  test('when its condition holds at the moment it is due', () => {
    expect(withheld(enrolled(email('a', { after: '0 minutes', when: field('industry').is('retail') })))).toEqual([['a', 'condition']]);
    expect(names(enrolled(email('a', { after: '0 minutes', when: field('industry').is('software') })))).toEqual(['a']);
  });

  test('unless the other holds', () => {
    const tale = enrolled(email('a', { after: '1 day', unless: engaged('project.created') }))
      .does('project.created')
      .after('1 day');
    expect(withheld(tale)).toEqual([['a', 'condition']]);
  });

  test('unless it was done so often within so long', () => {
    const touch = () => email('a', { after: '20 days', unless: engaged('teammate.invited', { times: 2, within: '7 days' }) });
    const twiceSlowly = enrolled(touch())
      .does('teammate.invited')
      .after('8 days')
      .does('teammate.invited')
      .until(monday + 20 * day, { hold: true });
    const twiceQuickly = enrolled(touch())
      .does('teammate.invited')
      .after('6 days')
      .does('teammate.invited')
      .until(monday + 20 * day, { hold: true });
    expect([names(twiceSlowly), withheld(twiceQuickly)]).toEqual([['a'], [['a', 'condition']]]);
  });

  test('the next is planned from a withheld one as from a sent one', () => {
    const tale = enrolled(email('a', { after: '0 minutes', when: score.atLeast(90) }), email('b', { after: '1 day' }));
    expect(names(tale.after('1 day'))).toEqual(['b']);
  });

  test('with a click in an earlier mail, by a human, in the mail of this enrolment', () => {
    const plan = defineSequence({
      id: 'plan',
      version: 1,
      model: 'b2b-points',
      phases: {
        start: {
          touches: [email('a', { after: '0 minutes' }), email('b', { after: '1 day', when: all(clicked('a'), not(clicked('b'))) })],
          exhaustedAfter: '60 days',
        },
      },
    });
    const after = (actor: 'human' | 'machine', effect: string) =>
      given(publish({ plans: [plan] }), ada.leadId)
        .profile(ada.traits)
        .command({ word: 'enrol', sequence: 'plan' })
        .delivered()
        .does('email.clicked', { link: 'x' }, { actor, effect })
        .after('1 day');
    expect(names(after('human', 'e1.start.a.1'))).toEqual(['b']);
    expect(names(after('machine', 'e1.start.a.1'))).toEqual([]);
    expect(names(after('human', 'e7.start.a.1'))).toEqual([]);
  });
});

describe('the content memory', () => {
  test('keeps the same content from going twice, by whichever sequence', () => {
    const other = changed(daily, { id: 'other' });
    const tale = given(publish({ plans: [daily, other] }), ada.leadId)
      .profile(ada.traits)
      .command({ word: 'enrol', sequence: 'daily' })
      .delivered()
      .command({ word: 'enrol', sequence: 'other' });
    expect(tale.factsOf('TouchWithheld')).toEqual([expect.objectContaining({ enrolment: 'e2', touch: 'one', because: 'repeated' })]);
  });

  test('counts an uncertain send as sent', () => {
    const tale = given(publish({ plans: [daily, changed(daily, { id: 'other' })] }), ada.leadId)
      .profile(ada.traits)
      .command({ word: 'enrol', sequence: 'daily' });
    tale.outcome('e1.start.one.1', { as: 'uncertain', because: 'connection lost' }).command({ word: 'enrol', sequence: 'other' });
    expect(tale.factsOf('TouchWithheld').map(({ because }) => because)).toEqual(['repeated']);
    expect(tale.state().uncertain).toEqual(['e1.start.one.1']);
  });

  test('lets repeatable content go once per enrolment, or again after a span', () => {
    const monthly = sequenceOf(
      email('a', { after: '0 minutes', content: 'tip', repeatable: '30 days' }),
      email('b', { after: '10 days', content: 'tip', repeatable: '30 days' }),
      email('c', { after: '25 days', content: 'tip', repeatable: '30 days' }),
    );
    const tale = given(publish({ plans: [monthly] }), ada.leadId)
      .profile(ada.traits)
      .command({ word: 'enrol', sequence: 'plan' })
      .until(monday + 50 * day);
    expect(tale.factsOf('TouchSent').map(({ touch }) => touch)).toEqual(['a', 'c']);
    const cart = changed(
      sequenceOf(
        email('still-there', { after: '0 minutes', repeatable: 'per enrolment' }),
        email('again', { after: '1 day', content: 'still-there', repeatable: 'per enrolment' }),
      ),
      { reenter: 'always' },
    );
    const twice = given(publish({ plans: [cart] }), ada.leadId)
      .profile(ada.traits)
      .command({ word: 'enrol', sequence: 'plan' })
      .until(monday + 2 * day);
    twice.command({ word: 'end', enrolment: 'e1' }).command({ word: 'enrol', sequence: 'plan' }).delivered();
    expect(twice.factsOf('TouchSent').map(({ enrolment, touch }) => [enrolment, touch])).toEqual([
      ['e1', 'still-there'],
      ['e2', 'still-there'],
    ]);
  });
});

describe('variants', () => {
  const split = sequenceOf(email('a', { after: '0 minutes', variants: { plain: 50, story: 50 } }));
  const armOf = (leadId: string) =>
    given(publish({ plans: [split] }), leadId)
      .profile(ada.traits)
      .command({ word: 'enrol', sequence: 'plan' })
      .sends()[0];

  test('are the same for a lead for ever, and named in the content', () => {
    expect(armOf(chloe.leadId)).toEqual(armOf(chloe.leadId));
    expect(armOf(chloe.leadId)?.content).toBe(`a.${armOf(chloe.leadId)?.variant ?? ''}`);
  });
  test('share people out by their weights', () => {
    const plain = Array.from({ length: 400 }, (_, n) => armOf(`lead-${n}`)?.variant).filter((arm) => arm === 'plain').length;
    expect(plain).toBeGreaterThan(160);
    expect(plain).toBeLessThan(240);
  });
});
