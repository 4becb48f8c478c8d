/** Conditions that tell people apart: what was done in a phase, points gained lately, lots, segments and personas. */
import { cohort, defineSequence, email, engaged, not, persona, score, segment, silentFor, since } from '../../workflows/core/words';
import type { Said } from '../../workflows/core/words';
import { faultsOf } from '../../workflows/core';
import type { Condition, Plan, Settings } from '../../workflows/core';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';

const { ada } = people;
const day = 86_400_000;
const head = { id: 'plan', version: 1, model: 'b2b-points' } as const;
const free = { quietHours: { from: 0, to: 0, zone: 'Etc/UTC' }, cap: { touches: 50, per: '1 day' } } as const;
const on = (plan: Plan, settings: Partial<Settings> = {}, leadId: string = ada.leadId) =>
  given(publish({ plans: [plan], settings: { ...free, ...settings } }), leadId)
    .profile(ada.traits)
    .command({ word: 'enrol', sequence: 'plan' });
/** Goes on to `there` when the condition holds. */
const waiting = (when: Said) =>
  defineSequence({
    ...head,
    phases: {
      here: { touches: [], advance: [{ to: 'there', when }], exhaustedAfter: '200 days' },
      there: { touches: [], exhaustedAfter: '90 days' },
    },
  });
const phaseOf = (tale: ReturnType<typeof given>) => tale.state().enrolments['e1']?.phase;

describe('what happened since the phase began', () => {
  const pricing = engaged('page.viewed', { where: { path: '/pricing' }, from: 'phase' });
  const back = (touches: ReturnType<typeof email>[] = []) =>
    defineSequence({
      ...head,
      phases: {
        learn: { touches: [], advance: [{ to: 'buy', when: pricing }], exhaustedAfter: '90 days' },
        buy: { touches, advance: [{ to: 'won', when: pricing }], exhaustedAfter: '10 days', exhausted: { to: 'learn' } },
        won: { touches: [], exhaustedAfter: '90 days' },
      },
    });

  test('does not count what led into it', () => {
    const tale = on(back()).after('1 day').does('page.viewed', { path: '/pricing' });
    expect(phaseOf(tale)).toBe('buy');
    expect(phaseOf(tale.after('1 hour').does('page.viewed', { path: '/pricing' }))).toBe('won');
  });

  test('begins anew when the phase is entered again', () => {
    const tale = on(back())
      .after('1 day')
      .does('page.viewed', { path: '/pricing' })
      .until(monday + 12 * day);
    expect(phaseOf(tale)).toBe('learn');
    expect(phaseOf(tale.after('1 day').does('page.viewed', { path: '/pricing' }))).toBe('buy');
  });

  test('counts no event that happened before it and comes late', () => {
    const tale = on(back()).after('1 day').does('page.viewed', { path: '/pricing' });
    expect(phaseOf(tale.after('1 hour').does('page.viewed', { path: '/pricing' }, { at: monday + 3_600_000 }))).toBe('buy');
  });

  test('counts the enrolling event in the first phase', () => {
    const plan: Plan = { ...waiting(engaged('trial.started', { from: 'phase' })), on: engaged('trial.started') };
    const tale = given(publish({ plans: [plan], settings: free }), ada.leadId).profile(ada.traits);
    expect(phaseOf(tale.after('1 hour').does('trial.started', { plan: 'team' }, { at: monday + 60_000 }))).toBe('there');
  });

  test('a wait counts from its first moment in the phase, also where it must be remembered', () => {
    const seen = since(engaged('app.login', { from: 'phase' }), '1 day');
    const rich = since({ kind: 'all', of: [engaged('app.login', { from: 'phase' }), score.atLeast(1)] } as Condition, '1 day');
    for (const after of [seen, rich]) {
      const tale = on(back([email('a', { after })]))
        .does('app.login')
        .after('1 day')
        .does('page.viewed', { path: '/pricing' })
        .after('1 day');
      expect(tale.sends()).toEqual([]);
      tale.does('app.login').after('12 hours').does('app.login');
      expect([tale.sends(), tale.wake()]).toEqual([[], monday + 3 * day]);
    }
  });
});

describe('points gained lately', () => {
  const forms = (tale: ReturnType<typeof given>, times: number) => {
    for (let n = 0; n < times; n += 1) tale.does('form.submitted', { form: 'talk' });
    return tale;
  };

  test('are those of the days asked for: older ones do not count', () => {
    const plan = waiting(score.gained(40, '3 days'));
    const late = forms(forms(on(plan), 1).after('3 days'), 1);
    expect(phaseOf(late)).toBe('here');
    expect(phaseOf(forms(forms(on(plan), 1).after('2 days'), 1))).toBe('there');
  });

  test('keep to the caps of their rules', () => {
    const plan = waiting(score.gained(16, '2 days'));
    const tale = on(plan);
    for (let n = 0; n < 9; n += 1) tale.does('page.viewed', { path: '/blog' });
    expect(phaseOf(tale)).toBe('here');
    expect(phaseOf(tale.after('1 day').does('page.viewed', { path: '/blog' }))).toBe('there');
  });

  test('are not those everybody begins with', () => {
    const plan = waiting(score.gained(15, '1 day'));
    const tale = given(publish({ plans: [plan], settings: free }), ada.leadId);
    tale.profile({ ...ada.traits, source: 'referral' }).command({ word: 'enrol', sequence: 'plan' });
    expect([tale.state().scores['b2b-points']?.total, phaseOf(tale)]).toEqual([15_000, 'here']);
  });
});

describe('a cohort', () => {
  const takes = (percent: number) =>
    Array.from({ length: 500 }, (_, n) => `lead-${n}`).filter(
      (lead) => phaseOf(on(waiting(cohort('early-birds', percent)), {}, lead)) === 'there',
    );

  test('is about so many of a hundred, and a greater one keeps whom the smaller had', () => {
    const [ten, forty] = [takes(10), takes(40)];
    expect(ten.length).toBeGreaterThan(30);
    expect(ten.length).toBeLessThan(75);
    expect(forty.length).toBeGreaterThan(165);
    expect(forty.length).toBeLessThan(235);
    expect(ten.filter((lead) => !forty.includes(lead))).toEqual([]);
  });

  test('is the same in every sequence', () => {
    const other: Plan = { ...waiting(not(cohort('early-birds', 40))), id: 'other' };
    for (const leadId of ['lead-1', 'lead-2', 'lead-3', 'lead-4', 'lead-5']) {
      const tale = given(publish({ plans: [waiting(cohort('early-birds', 40)), other], settings: free }), leadId).profile(ada.traits);
      tale.command({ word: 'enrol', sequence: 'plan' }).command({ word: 'enrol', sequence: 'other' });
      expect(new Set(Object.values(tale.state().enrolments).map(({ phase }) => phase)).size).toBe(2);
    }
  });
});

describe('a segment or persona of the settings', () => {
  const segments = {
    software: { says: 'Software firms', when: { kind: 'field', field: 'industry', test: 'software' } },
    quiet: { says: 'The silent', when: { kind: 'silentFor', span: '5 days' } },
    known: { says: 'The known', when: { kind: 'score', atLeast: 20 } },
  } as const;
  const settings = {
    segments,
    personas: { boss: { says: 'Decides', when: { kind: 'field', field: 'seniority', test: 'c-level' } } },
  } as const;

  test('holds where its condition does', () => {
    expect(phaseOf(on(waiting(segment('software')), settings))).toBe('there');
    expect(phaseOf(on(waiting(not(persona('boss'))), settings))).toBe('there');
    expect(phaseOf(on(waiting(segment('known')), settings))).toBe('here');
  });

  test('has nobody in it where the settings do not know the name', () => {
    expect(phaseOf(on(waiting(segment('hardware')), settings))).toBe('here');
    expect(phaseOf(on(waiting(segment('boss')), settings))).toBe('here');
  });

  test('wakes the lead where silence is part of it', () => {
    const tale = on(waiting(segment('quiet')), settings).does('app.login');
    expect(tale.wake()).toBe(monday + 5 * day);
    expect(phaseOf(tale.until(monday + 5 * day))).toBe('there');
  });

  test('reads the score that decides for the workspace, not that of the sequence', () => {
    const plan: Plan = { ...waiting(segment('known')), model: 'elsewhere' };
    expect(phaseOf(on(plan, settings).does('form.submitted', { form: 'talk' }))).toBe('there');
  });
});

test('faults of such conditions are named with their places', () => {
  const of = [cohort('Early Birds', 100), score.gained(0, '2 dais' as '2 days'), silentFor('1 day')];
  const plan: Plan = { ...waiting(score.atLeast(1)), exit: [{ kind: 'all', of }] };
  expect(faultsOf(plan)).toEqual([
    { path: 'exit[0].of[0].name', says: '"Early Birds" is no name; use small letters, digits and dashes' },
    { path: 'exit[0].of[0].percent', says: 'must be a whole number from 1 to 99' },
    { path: 'exit[0].of[1].points', says: 'must be at least 1' },
    { path: 'exit[0].of[1].within', says: `"2 dais" is no span; write for example '3 days' or '15 minutes'` },
  ]);
});
