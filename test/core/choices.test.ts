/** Forks in a phase: which way is taken, when, and what follows; by condition, by waiting and by lot. */
import { choose, clicked, defineSequence, email, engaged, field, silentFor, split } from '../../workflows/core/words';
import type { SaidStep } from '../../workflows/core/words';
import { faultsOf } from '../../workflows/core';
import type { Plan } from '../../workflows/core';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';

const { ada } = people;
const day = 86_400_000;
const mail = (id: string) => email(id, { after: '0 minutes' });
const head = { id: 'plan', version: 1, model: 'b2b-points' } as const;
const sequenceOf = (...touches: SaidStep<string, never>[]) =>
  defineSequence({ ...head, phases: { start: { touches, exhaustedAfter: '60 days' } } });
const noQuiet = { quietHours: { from: 0, to: 0, zone: 'Etc/UTC' }, cap: { touches: 50, per: '1 day' } } as const;
const entered = (plan: Plan) =>
  given(publish({ plans: [plan], settings: noQuiet }), ada.leadId)
    .profile(ada.traits)
    .command({ word: 'enrol', sequence: 'plan', data: { value: 120 } });
const enrolled = (...touches: SaidStep<string, never>[]) => entered(sequenceOf(...touches));
const sent = (tale: ReturnType<typeof given>) => tale.factsOf('TouchSent').map(({ touch }) => touch);
const taken = (tale: ReturnType<typeof given>) => tale.factsOf('BranchTaken').map(({ choice, arm }) => `${choice}: ${arm}`);
const rich = { rich: { when: field('data.value').atLeast(100), touches: [mail('coupon')] } };

describe('a choice', () => {
  test('takes the first arm that holds, then the list goes on behind it', () => {
    const both = { any: { when: field('data.value').known(), touches: [mail('other')] } };
    const tale = enrolled(choose('value', { arms: { ...rich, ...both }, otherwise: [mail('none')] }), mail('end')).until(monday + day);
    expect([taken(tale), sent(tale)]).toEqual([['value: rich'], ['coupon', 'end']]);
  });

  test('takes otherwise where no arm holds', () => {
    const poor = { poor: { when: field('data.value').atMost(10), touches: [mail('small')] } };
    const tale = enrolled(choose('value', { arms: poor, otherwise: [mail('none'), mail('none-2')] }), mail('end')).until(monday + day);
    expect([taken(tale), sent(tale)]).toEqual([['value: otherwise'], ['none', 'none-2', 'end']]);
  });

  test('goes straight on where no arm holds and there is no otherwise', () => {
    const poor = { poor: { when: field('data.value').atMost(10), touches: [mail('small')] } };
    expect(sent(enrolled(choose('value', { arms: poor }), mail('end')).until(monday + day))).toEqual(['end']);
  });

  test('is looked at when its time has come, not before', () => {
    const tale = enrolled(choose('value', { after: '3 days', arms: rich }));
    expect(tale.wake()).toBe(monday + 3 * day);
    expect(tale.until(monday + 3 * day - 1).factsOf('BranchTaken')).toEqual([]);
    expect(taken(tale.until(monday + 3 * day))).toEqual(['value: rich']);
  });

  test('may stand in an arm of another', () => {
    const inner = choose('inner', { arms: { clicked: { when: clicked('coupon'), touches: [mail('a')] } }, otherwise: [mail('b')] });
    const outer = choose('outer', { arms: { rich: { when: field('data.value').known(), touches: [mail('coupon'), inner, mail('c')] } } });
    const plan = defineSequence({ ...head, phases: { start: { touches: [outer, mail('end')], exhaustedAfter: '60 days' } } });
    expect(sent(entered(plan).until(monday + day))).toEqual(['coupon', 'b', 'c', 'end']);
  });

  test('does not move a paused lead, and is made after the resume', () => {
    const tale = enrolled(choose('value', { after: '1 day', arms: rich })).command({ word: 'pause' });
    expect(taken(tale.until(monday + 2 * day))).toEqual([]);
    expect(taken(tale.command({ word: 'resume' }))).toEqual(['value: rich']);
  });
});

describe('a choice that waits', () => {
  const race = choose('race', {
    within: '3 days',
    arms: {
      reads: { when: engaged('page.viewed'), touches: [mail('reader')] },
      silent: { when: silentFor('2 days'), touches: [mail('hello')] },
    },
    otherwise: [mail('late')],
  });
  const wait = choose('wait', {
    within: '3 days',
    arms: { reads: { when: engaged('page.viewed'), touches: [mail('reader')] } },
    otherwise: [mail('late')],
  });

  test('takes the arm whose event comes first, at once', () => {
    const tale = enrolled(wait).after('1 day').does('page.viewed', { path: '/' });
    expect([taken(tale), tale.sends().map(({ touch }) => touch)]).toEqual([['wait: reads'], ['reader']]);
  });

  test('takes otherwise when the time is up: the wake is that moment', () => {
    const tale = enrolled(wait);
    expect(tale.wake()).toBe(monday + 3 * day);
    expect(taken(tale.until(monday + 3 * day))).toEqual(['wait: otherwise']);
  });

  test('that opens later does not look before something can be decided: no wake passes in vain', () => {
    const late = choose('late', {
      after: '2 days',
      within: '3 days',
      arms: { reads: { when: engaged('page.viewed'), touches: [] }, silent: { when: silentFor('4 days'), touches: [] } },
    });
    expect(enrolled(late).wake()).toBe(monday + 4 * day);
    const tale = enrolled(late).after('1 day').does('page.viewed', { path: '/' });
    expect(tale.wake()).toBe(monday + 2 * day);
    expect(taken(tale.until(monday + 2 * day))).toEqual(['late: reads']);
    const reading = { reads: { when: engaged('page.viewed'), touches: [] } };
    expect(enrolled(choose('late', { after: '2 days', within: '3 days', arms: reading })).wake()).toBe(monday + 5 * day);
  });

  test('counts an event that came before it was reached', () => {
    const tale = enrolled(email('first', { after: '2 days' }), wait)
      .after('1 day')
      .does('page.viewed', { path: '/' })
      .until(monday + 3 * day);
    expect(taken(tale)).toEqual(['wait: reads']);
  });

  test('wakes for an arm that silence alone makes hold', () => {
    const tale = enrolled(race);
    expect(tale.wake()).toBe(monday + 2 * day);
    expect(taken(tale.until(monday + 4 * day))).toEqual(['race: silent']);
  });
});

describe('a split', () => {
  const arms = { plain: { share: 50, touches: [mail('plain')] }, story: { share: 30, touches: [mail('story')] } };
  const armOf = (leadId: string, times = 1) => {
    const published = publish({ plans: [{ ...sequenceOf(split('tone', arms)), reenter: 'always' }], settings: noQuiet });
    const tale = given(published, leadId).profile(ada.traits);
    for (let n = 0; n < times; n += 1) tale.command({ word: 'enrol', sequence: 'plan' }).until(monday + (n + 1) * 61 * day);
    return tale.factsOf('BranchTaken').map(({ arm }) => arm);
  };

  test('divides people by the shares, and leaves the rest in none', () => {
    const counts = { plain: 0, story: 0, otherwise: 0 };
    for (let n = 0; n < 2_000; n += 1) counts[armOf(`lead-${n}`)[0] as keyof typeof counts] += 1;
    expect([Math.round(counts.plain / 100), Math.round(counts.story / 100), Math.round(counts.otherwise / 100)]).toEqual([10, 6, 4]);
  });

  test('is the same for a person on every entry', () => {
    for (const lead of ['lead-1', 'lead-2', 'lead-3', 'lead-4', 'lead-5', 'lead-6']) expect(new Set(armOf(lead, 3)).size).toBe(1);
  });
});

test('faults of choices are found all at once, with their places', () => {
  const touches = [
    { kind: 'choose', id: 'none', arms: [] },
    {
      kind: 'choose',
      id: 'shares',
      within: '3 dais',
      arms: [
        { name: 'a', share: 70, touches: [{ channel: 'email', id: 'x', after: '1 dy', purpose: 'marketing' }] },
        { name: 'a', share: 40, touches: [{ channel: 'email', id: 'none', after: '1 day', purpose: 'marketing' }] },
      ],
    },
    { kind: 'choose', id: 'mixed', arms: [{ name: 'otherwise', touches: [] }] },
  ];
  const plan = { ...sequenceOf(mail('a')), phases: { start: { touches, advance: [], exhaustedAfter: '1 day' } } };
  expect(faultsOf(plan as unknown as Parameters<typeof faultsOf>[0]).map(({ path }) => path)).toEqual([
    'phases.start.touches[1].arms[1].touches[0].id',
    'phases.start.touches[0].arms',
    'phases.start.touches[1].within',
    'phases.start.touches[1].arms[1].name',
    'phases.start.touches[1].within',
    'phases.start.touches[1].arms',
    'phases.start.touches[1].arms[0].touches[0].after',
    'phases.start.touches[2].arms[0].name',
    'phases.start.touches[2].arms[0]',
  ]);
});
