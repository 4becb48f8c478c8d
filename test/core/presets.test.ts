/** What a programme fills in, and what a marketer may change for one campaign. */
import { choose, defineSequence, email, engaged, field, score } from '../../workflows/core/words';
import { faultsOf } from '../../workflows/core';
import type { Command, Plan } from '../../workflows/core';
import type { PlanSettings } from '../../workflows/core/plan-settings';
import { presets } from '../../workflows/core/presets';
import { given } from '../support/given';
import { people } from '../support/people';
import { publish } from '../support/published';

const { ada } = people;
const head = { id: 'plan', version: 1, model: 'b2b-points' } as const;
const mail = (id: string) => email(id, { after: '0 minutes' });
const phases = { start: { touches: [mail('a')], exhaustedAfter: '9 days' } } as const;

describe('a programme', () => {
  test.each(Object.entries(presets))('%s says what the sequence does not', (programme, preset) => {
    const plan = defineSequence({ ...head, programme: programme as keyof typeof presets, phases });
    expect({ for: plan.for, reenter: plan.reenter, exit: plan.exit }).toEqual({
      for: preset.for,
      reenter: preset.reenter,
      exit: preset.exit,
    });
  });

  test('gives way to what is written', () => {
    const plan = defineSequence({ ...head, programme: 'engagement', for: 'customers', reenter: 'never', exit: [], priority: 3, phases });
    expect([plan.for, plan.reenter, plan.exit, plan.priority]).toEqual(['customers', 'never', [], 3]);
  });

  test('leaves out capped marketing, in choices too, where it only keeps in touch', () => {
    const touches = [
      mail('a'),
      email('b', { after: '1 day', purpose: 'service' }),
      email('c', { after: '1 day', ifCapped: 'hold' }),
      choose('d', { arms: { x: { when: score.atLeast(9), touches: [mail('e')] } }, otherwise: [mail('f')] }),
    ];
    const plan = defineSequence({ ...head, programme: 'engagement', phases: { start: { touches, exhaustedAfter: '9 days' } } });
    const said = JSON.stringify(plan.phases).match(/"ifCapped":"\w+"/g);
    expect(said).toEqual(['"ifCapped":"skip"', '"ifCapped":"hold"', '"ifCapped":"skip"', '"ifCapped":"skip"']);
    expect([plan.priority, JSON.stringify(defineSequence({ ...head, programme: 'educational', phases })).includes('ifCapped')]).toEqual([
      -10,
      false,
    ]);
  });

  test('says what marketing does while a rep has the person', () => {
    const asked = (programme: keyof typeof presets) => {
      const handOff = [{ name: 'asks', when: engaged('form.submitted'), sla: { contact: '1 day' } }] as const;
      const plan = defineSequence({ ...head, programme, handOff, phases });
      const tale = given(publish({ plans: [plan] }), ada.leadId)
        .profile(ada.traits)
        .command({ word: 'enrol', sequence: 'plan' });
      return tale.does('form.submitted', { form: 'demo' }).factsOf('HandOffRequested')[0]?.during;
    };
    expect([asked('engagement'), asked('educational'), asked('active-funnel')]).toEqual(['hold', 'hold', 'continue']);
  });
});

describe('the settings of a sequence', () => {
  const settings: PlanSettings = {
    bonus: { kind: 'number', says: 'Percent off', default: 10, min: 5, max: 30 },
    tone: { kind: 'choice', says: 'How it is said', default: 'plain', options: ['plain', 'warm'] },
    gift: { kind: 'flag', says: 'A book for free', default: false },
    code: { kind: 'text', says: 'Code at the till', default: 'SPRING' },
    pause: { kind: 'span', says: 'Between mails', default: '3 days', min: '1 day' },
  };
  const plan = defineSequence({
    ...head,
    settings,
    reenter: 'always',
    phases: {
      start: {
        touches: [
          choose('way', {
            arms: { warm: { when: field('settings.tone').is('warm'), touches: [mail('warm')] } },
            otherwise: [mail('plain')],
          }),
        ],
        advance: [{ start: 'next', when: engaged('form.submitted') }],
        exhaustedAfter: '9 days',
      },
    },
  });
  const next = defineSequence({ ...head, id: 'next', phases });
  const enrolled = (set?: Extract<Command, { word: 'enrol' }>['settings'], one: Plan = plan) =>
    given(publish({ plans: [one, next] }), ada.leadId)
      .profile(ada.traits)
      .command({ word: 'enrol', sequence: 'plan', data: { team: 'blue' }, ...(set === undefined ? {} : { settings: set }) });
  const answer = (set: Readonly<Record<string, string | number | boolean>>) => enrolled(set).factsOf('CommandRecorded')[0]?.answer.says;

  test('are kept with the enrolment, as the plan says where marketing does not', () => {
    expect(enrolled({ bonus: 20 }).state().enrolments['e1']?.data).toEqual({
      team: 'blue',
      'settings.bonus': 20,
      'settings.tone': 'plain',
      'settings.gift': false,
      'settings.code': 'SPRING',
      'settings.pause': '3 days',
    });
  });

  test('are read by conditions and reach the message', () => {
    expect(
      [enrolled(), enrolled({ tone: 'warm' })].map((tale) => tale.sends().map(({ content, data }) => [content, data['settings.tone']])),
    ).toEqual([[['plain', 'plain']], [['warm', 'warm']]]);
  });

  test.each([
    [{ bonus: 50 }, '"bonus" must be at most 30'],
    [{ bonus: 'much' }, '"bonus" must be a number'],
    [{ tone: 'cold' }, '"tone" must be one of plain, warm'],
    [{ gift: 'yes' }, '"gift" must be true or false'],
    [{ code: 'x'.repeat(65) }, '"code" must be a text of at most 64 characters'],
    [{ pause: '1 hour' }, '"pause" must be at least 1 day'],
    [{ pause: 'soon' }, `"pause" must be a span such as '3 days'`],
    [{ bonuss: 5 }, 'there is no setting "bonuss"; there is bonus, tone, gift, code, pause'],
  ] as const)('refuse %j', (set, says) => {
    expect(answer(set)).toBe(`Settings of plan: ${says}.`);
    expect(enrolled(set).state().enrolments).toEqual({});
  });

  test('do not follow the person into another sequence', () => {
    const tale = enrolled().does('form.submitted', { form: 'x' });
    expect(Object.values(tale.state().enrolments).map(({ sequence, data }) => [sequence.split('@')[0], data])).toEqual([
      ['next', { team: 'blue' }],
    ]);
  });

  test('of a plan have faults with their places', () => {
    const wrong: PlanSettings = {
      'Bad name': { kind: 'flag', says: 'x', default: true },
      bonus: { kind: 'number', says: ' ', default: 50, max: 30 },
      tone: { kind: 'choice', says: 'x', default: 'plain', options: ['plain'] },
    };
    expect(faultsOf({ ...plan, settings: wrong })).toEqual([
      { path: 'settings.Bad name', says: '"Bad name" is no name for a setting; use letters and digits, a small letter first' },
      { path: 'settings.bonus.says', says: 'is empty; say what a marketer changes with it' },
      { path: 'settings.bonus.default', says: 'must be at most 30' },
      { path: 'settings.tone.options', says: 'leave nothing to choose' },
    ]);
  });
});
