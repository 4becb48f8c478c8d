/** Changing a sequence while people are in it: who is moved, where they stand then, and what of their past counts. */
import { choose, clicked, defineSequence, email, engaged, field, score } from '../../workflows/core/words';
import { decide, HistoryNeeded } from '../../workflows/core';
import type { Plan } from '../../workflows/core';
import { commandInput, given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';

const { ada } = people;
const day = 86_400_000;
const noQuiet = { quietHours: { from: 0, to: 0, zone: 'Etc/UTC' }, cap: { touches: 50, per: '1 day' } } as const;
const head = { id: 'plan', model: 'b2b-points', goal: engaged('subscription.started') } as const;
const [a, b, c, d] = (['a', 'b', 'c', 'd'] as const).map((id) => email(id, { after: '2 days' }));
const first = defineSequence({
  ...head,
  version: 1,
  phases: {
    learn: {
      stage: 'awareness',
      touches: [a!, b!, c!],
      advance: [{ to: 'close', when: engaged('form.submitted') }],
      exhaustedAfter: '60 days',
    },
    close: { stage: 'decision', touches: [d!], exhaustedAfter: '60 days' },
  },
});
const second = (
  change: Partial<Plan> & { readonly learn?: Plan['phases'][string]['touches']; readonly advance?: Plan['phases'][string]['advance'] } = {},
): Plan => {
  const { learn, advance, ...rest } = change;
  const before = first.phases['learn']!;
  return {
    ...first,
    version: 2,
    phases: { ...first.phases, learn: { ...before, touches: learn ?? before.touches, advance: advance ?? before.advance } },
    ...rest,
  };
};
const entered = (...plans: Plan[]) =>
  given(publish({ plans: [first, ...plans], settings: noQuiet }), ada.leadId)
    .profile(ada.traits)
    .command({ word: 'enrol', sequence: 'plan@1' });
const upgrade = { word: 'upgrade', enrolment: 'plan', to: 'plan@2', when: 'now' } as const;
const next = { ...upgrade, when: 'next-phase' } as const;
const answers = (tale: ReturnType<typeof given>) => tale.factsOf('CommandRecorded').map(({ answer }) => answer);
const sent = (tale: ReturnType<typeof given>) => tale.factsOf('TouchSent').map(({ touch }) => touch);
const at = (tale: ReturnType<typeof given>) => tale.state().enrolments['e1'];

describe('without a word, a lead', () => {
  test('stays on the version it began with', () => {
    const tale = entered(second({ learn: [] })).until(monday + 10 * day);
    expect([sent(tale), at(tale)?.sequence.split('#')[0]]).toEqual([['a', 'b', 'c'], 'plan@1']);
  });
});

describe('moved at once, a lead', () => {
  test('goes on with the step it stood at, and its clock runs on', () => {
    const tale = entered(second({ learn: [a!, email('b', { after: '5 days' }), c!] })).until(monday + 3 * day);
    tale.command(upgrade);
    expect(answers(tale).at(-1)).toEqual({ ok: true, says: 'e1 goes on with plan@2, phase learn.' });
    expect(tale.wake()).toBe(monday + 7 * day);
    expect(sent(tale.until(monday + 20 * day))).toEqual(['a', 'b', 'c']);
  });

  test('passes over a step that is gone, and is not sent again what it had', () => {
    const tale = entered(second({ learn: [c!, a!, d!] }))
      .until(monday + 3 * day)
      .command(upgrade)
      .until(monday + 20 * day);
    expect(sent(tale)).toEqual(['a', 'c', 'd']);
    expect(tale.factsOf('TouchWithheld').map(({ touch, because }) => [touch, because])).toEqual([['a', 'repeated']]);
  });

  test('goes on with what replaces the step', () => {
    const plan = second({ learn: [a!, email('b-new', { after: '2 days' }), c!], replaces: { steps: { b: 'b-new' } } });
    expect(
      sent(
        entered(plan)
          .until(monday + 3 * day)
          .command(upgrade)
          .until(monday + 20 * day),
      ),
    ).toEqual(['a', 'b-new', 'c']);
  });

  test('stands behind the last step where nothing that was ahead is there any more', () => {
    const tale = entered(second({ learn: [a!] }))
      .until(monday + 3 * day)
      .command(upgrade);
    expect(sent(tale.until(monday + 20 * day))).toEqual(['a']);
    expect(tale.wake()).toBe(monday + 60 * day);
  });

  test('stands in the arm its step is in now, and goes on behind the choice', () => {
    const rich = { rich: { when: field('data.value').known(), touches: [b!] } };
    const tale = entered(second({ learn: [a!, choose('value', { arms: rich }), c!] }))
      .until(monday + 3 * day)
      .command(upgrade);
    expect(sent(tale.until(monday + 20 * day))).toEqual(['a', 'b', 'c']);
  });

  test('is asked by the new conditions what it did before', () => {
    const advance = [{ to: 'close', when: engaged('page.viewed', { where: { path: '/pricing' } }) }];
    const tale = entered(second({ advance })).after('1 day').does('page.viewed', { path: '/pricing' }).after('1 hour').command(upgrade);
    expect(at(tale)?.phase).toBe('close');
    expect(tale.factsOf('PhaseEntered').map(({ because }) => because)).toEqual(['page.viewed']);
  });

  test('keeps the clicks in a step that is called otherwise now', () => {
    const plan = second({
      learn: [email('a-new', { after: '2 days' }), c!],
      advance: [{ to: 'close', when: clicked('a-new') }],
      replaces: { steps: { a: 'a-new' } },
    });
    const tale = entered(plan)
      .until(monday + 3 * day)
      .does('email.clicked', { link: 'x' }, { effect: 'e1.learn.a.1' })
      .command(upgrade);
    expect(at(tale)?.phase).toBe('close');
  });

  test('does not count what a machine did', () => {
    const advance = [{ to: 'close', when: engaged('page.viewed') }];
    const tale = entered(second({ advance })).does('page.viewed', { path: '/' }, { actor: 'machine' }).command(upgrade);
    expect(at(tale)?.phase).toBe('learn');
  });

  test('does not start another sequence a second time', () => {
    const stay = { start: 'other', stay: true, when: score.atLeast(1) } as const;
    const other = defineSequence({
      id: 'other',
      version: 1,
      model: 'b2b-points',
      reenter: 'always',
      phases: { only: { touches: [], exhaustedAfter: '1 day' } },
    });
    const one = { ...first, phases: { ...first.phases, learn: { ...first.phases['learn']!, advance: [stay] } } };
    const two = second({ advance: [{ to: 'close', when: engaged('demo.held') }, stay] });
    const tale = given(publish({ plans: [one, two, other], settings: noQuiet }), ada.leadId)
      .profile(ada.traits)
      .command({ word: 'enrol', sequence: 'plan@1' })
      .does('form.submitted', { form: 'demo' })
      .until(monday + 3 * day)
      .command(upgrade)
      .until(monday + 6 * day);
    expect(tale.factsOf('Enrolled').map(({ sequence }) => sequence.split('#')[0])).toEqual(['plan@1', 'other@1']);
  });

  test('that a message is on its way to still closes it where it stands', () => {
    const tale = entered(second({ learn: [a!, c!] }))
      .until(monday + 2 * day, { hold: true })
      .command(upgrade)
      .until(monday + 20 * day);
    expect(sent(tale)).toEqual(['a', 'c']);
  });
});

describe('moved with its next phase, a lead', () => {
  test('goes on as it was until it enters one, and then with the new version', () => {
    const plan = second({
      learn: [],
      phases: { ...first.phases, close: { ...first.phases['close']!, touches: [email('e', { after: '1 day' })] } },
    });
    const tale = entered(plan)
      .until(monday + 3 * day)
      .command(next)
      .until(monday + 5 * day)
      .does('form.submitted', { form: 'demo' });
    tale.until(monday + 10 * day);
    expect([sent(tale), at(tale)?.sequence.split('#')[0]]).toEqual([['a', 'b', 'e'], 'plan@2']);
  });

  test('enters the phase by its new name', () => {
    const plan: Plan = {
      ...second(),
      phases: { learn: first.phases['learn']!, finish: first.phases['close']! },
      replaces: { phases: { close: 'finish' } },
    };
    const tale = entered(plan).command(next).does('form.submitted', { form: 'demo' });
    expect(at(tale)?.phase).toBe('finish');
  });

  test('stays where the new version has no such phase', () => {
    const plan: Plan = { ...second(), phases: { learn: first.phases['learn']! } };
    const tale = entered(plan).command(next).does('form.submitted', { form: 'demo' });
    expect([at(tale)?.phase, at(tale)?.sequence.split('#')[0]]).toEqual(['close', 'plan@1']);
  });
});

test.each([
  [{ ...upgrade, to: 'nowhere' }, 'There is no sequence "nowhere".'],
  [{ ...upgrade, to: 'plan@1' }, 'e1 is on plan@1 already.'],
  [{ ...upgrade, enrolment: 'e9' }, 'The lead is not in "e9".'],
])('%j is refused: %s', (command, says) => {
  expect(answers(entered(second()).command(command)).at(-1)).toEqual({ ok: false, says });
});

test('a version without the phase, and without one in its place, refuses to take the lead at once', () => {
  const plan: Plan = { ...second(), phases: { close: first.phases['close']! } };
  expect(answers(entered(plan).command(upgrade)).at(-1)?.says).toMatch(/^plan@2 has no phase "learn" and does not say what replaces it/);
});

test('a decision that needs the recorded events says so where they are not given', () => {
  const published = publish({ plans: [first, second()], settings: noQuiet });
  const tale = given(published, ada.leadId).profile(ada.traits).command({ word: 'enrol', sequence: 'plan@1' });
  expect(() => decide(published, tale.state(), [commandInput(upgrade)], monday)).toThrow(HistoryNeeded);
});
