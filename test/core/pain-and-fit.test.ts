/** Pain and fit: the newest word on how much it hurts, with whose it is, and how close somebody is to the nearest persona. */
import { closenessOf, personAt } from '../../workflows/core';
import type { Persona } from '../../workflows/core/workspace-settings';
import { all, defineSequence, email, fit, pain } from '../../workflows/core/words';
import type { Said } from '../../workflows/core/words';
import { conditionWord } from '../../workflows/speech/plan-words';
import { shortCondition } from '../../workflows/speech/short-words';
import { conditionSchema } from '../../workflows/settings/condition-schema';
import { settingsSchema } from '../../workflows/settings/schema';
import { given, monday } from '../support/given';
import { people } from '../support/people';
import { field, publish, settings } from '../support/published';

const { ada } = people;
const day = 86_400_000;
const personas: Readonly<Record<string, Persona>> = {
  lead: {
    says: 'Leads a team',
    when: field('seniority', 'manager'),
    like: [
      { weight: 4, when: field('seniority', 'manager') },
      { weight: 3, when: field('size', '11-50') },
      { weight: 3, when: field('industry', 'software') },
    ],
  },
  buyer: { says: 'Signs', when: { kind: 'all', of: [field('seniority', 'owner'), field('size', '51-200'), field('country', 'DE')] } },
};
const plan = (when: Said) =>
  defineSequence({
    id: 'plan',
    version: 1,
    model: 'b2b-points',
    handOff: [{ name: 'hurting', when, sla: { contact: '4 hours' } }],
    phases: { here: { touches: [email('a', { after: '0 minutes', when: fit.atLeast(7) })], exhaustedAfter: '90 days' } },
  });
const free = { quietHours: { from: 0, to: 0, zone: 'Etc/UTC' }, cap: { touches: 50, per: '1 day' }, personas } as const;
const tale = (when: Said = pain.atLeast(7)) => given(publish({ plans: [plan(when)], settings: free }), ada.leadId);

describe('pain', () => {
  test('is the newest word on it, whose it is and when it was said, in whatever order the words arrive', () => {
    const one = tale().does('form.submitted', { form: 'demo', pain: 4 });
    expect(one.state().pain).toEqual({ is: 4, by: 'form', at: monday });
    one.after('2 days').does('rep.noted', { pain: 9 }, { actor: 'unknown' });
    expect(one.state().pain).toEqual({ is: 9, by: 'rep', at: monday + 2 * day });
    one.does('survey.answered', { survey: 'late', pain: 2 }, { at: monday + day });
    expect(one.state().pain).toMatchObject({ is: 9, by: 'rep' });
  });

  test('is nothing a machine says, and no number beyond 1 to 10', () => {
    const one = tale().does('form.submitted', { form: 'demo', pain: 9 }, { actor: 'machine' });
    for (const pain of [0, 11, '9', Number.NaN]) one.does('form.submitted', { form: 'demo', pain });
    expect(one.state().pain).toBeUndefined();
  });

  test('is not to be read from an event that says nothing of it', () => {
    expect(tale().does('page.viewed', { path: '/', pain: 9 }).state().pain).toBeUndefined();
  });
});

describe('fit', () => {
  const fitOf = (traits: Readonly<Record<string, string>>) => {
    const one = tale().profile(traits);
    return closenessOf(personAt(publish({ plans: [], settings: free }), one.state(), one.now()));
  };
  test('is ten times the share of the weight that holds, of the nearest persona', () => {
    expect(fitOf({ seniority: 'manager', size: '11-50', industry: 'retail' })).toEqual({ fit: 7, persona: 'lead' });
    expect(fitOf({ seniority: 'manager', size: '11-50', industry: 'software' })).toEqual({ fit: 10, persona: 'lead' });
    expect(fitOf({ seniority: 'student' })).toEqual({ fit: 0, persona: undefined });
  });
  test('without weights counts the parts of the condition alike', () =>
    expect(fitOf({ seniority: 'owner', size: '51-200', country: 'FR' })).toEqual({ fit: 6.7, persona: 'buyer' }));
  test('is nothing where the workspace has no persona', () => {
    const one = tale();
    expect(closenessOf(personAt(publish({ plans: [] }), one.state(), one.now()))).toEqual({ fit: 0, persona: undefined });
  });
});

test('a quadrant hands off: pain alone does not, fit alone does not, both do, and the hand-off says why', () => {
  const one = tale(all(pain.atLeast(7), fit.atLeast(7)))
    .profile({ seniority: 'manager', zone: 'Europe/London' })
    .command({ word: 'enrol', sequence: 'plan' })
    .does('form.submitted', { form: 'demo', pain: 8 });
  expect(one.state().handOff).toBeUndefined();
  one.after('1 day').profile({ seniority: 'manager', size: '11-50', zone: 'Europe/London' });
  expect(one.state().handOff).toMatchObject({ rule: expect.stringContaining('hurting') });
  expect(one.factsOf('HandOffRequested').at(-1)?.why).toContain('pain 8 reached 7 and fit 7 to persona lead reached 7');
});

test('a persona that asks for silence makes fit a moment the lead wakes for', () => {
  const quiet: Readonly<Record<string, Persona>> = { quiet: { says: 'Silent', when: { kind: 'silentFor', span: '30 days' } } };
  const one = given(publish({ plans: [plan(fit.atLeast(7))], settings: { ...free, personas: quiet } }), ada.leadId)
    .profile(ada.traits)
    .command({ word: 'enrol', sequence: 'plan' })
    .does('app.login');
  one.until(monday + 31 * day);
  expect(one.history().some(({ type }) => type === 'HandOffRequested')).toBe(true);
});

test('pain and fit are said in words, and numbers beyond the scale are faults', () => {
  expect([conditionWord(pain.atLeast(7)), shortCondition(fit.atLeast(6.5))]).toEqual(['the pain is 7 or more of 10', 'fit 6.5+']);
  expect(() => plan(all(pain.atLeast(0), fit.atLeast(11)))).toThrow(/of\[0\].atLeast: must be 1 to 10[^]*of\[1\].atLeast: must be 0 to 10/);
});

test('segments ask for pain and fit; a persona cannot ask for fit, which is closeness to itself', () => {
  expect(conditionSchema.parse({ all: [{ pain: 7 }, { fit: 7 }] })).toEqual({
    kind: 'all',
    of: [
      { kind: 'pain', atLeast: 7 },
      { kind: 'fit', atLeast: 7 },
    ],
  });
  const round = settingsSchema.safeParse({ ...settings, personas: { self: { says: 'x', when: { all: [{ fit: 7 }] } } } });
  expect(round.error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
    ['personas.self.when', expect.stringContaining('asks for fit')],
  ]);
});
