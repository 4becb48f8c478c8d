/** A sequence as people see it: in sentences, as a picture, and what an edit changes. */
import { choose, clicked, defineSequence, email, engaged, field, score, since, split } from '../../workflows/core/words';
import type { SaidStep } from '../../workflows/core/words';
import { drawPlan } from '../../workflows/speech/draw-plan';
import { explainPlan } from '../../workflows/speech/explain-plan';
import { changesOf } from '../../workflows/speech/plan-changes';

const head = { id: 'plan', version: 1, model: 'b2b-points' } as const;
const planOf = (...touches: SaidStep<string, never>[]) =>
  defineSequence({ ...head, phases: { start: { stage: 'awareness', touches, exhaustedAfter: '20 days' } } });
const saysOf = (plan: Parameters<typeof explainPlan>[0]) => explainPlan(plan).map(({ depth, says }) => `${'  '.repeat(depth)}${says}`);

const rich = defineSequence({
  ...head,
  programme: 'active-funnel',
  on: engaged('cart.updated', { where: { value: { atLeast: 100 } } }),
  key: 'cart',
  reenter: '7 days',
  goal: engaged('order.placed'),
  exit: [engaged('email.complained')],
  handOff: [{ name: 'big', when: score.atLeast(80), sla: { accept: '1 hour', contact: '1 day' }, rearm: { points: 20, after: '14 days' } }],
  phases: {
    left: {
      touches: [
        email('still-there', { after: '0 minutes', purpose: 'service', variants: { plain: 50, story: 50 } }),
        choose('worth', {
          within: '2 days',
          arms: { dear: { when: field('data.value').atLeast(500), touches: [email('call-us', { after: '1 hour' })] } },
          otherwise: [email('help', { after: since(engaged('page.viewed', { times: 2 }), '1 day'), unless: clicked('still-there') })],
        }),
        split('tone', {
          warm: { share: 40, touches: [email('bye', { after: '3 days', content: 'goodbye', repeatable: 'per enrolment' })] },
        }),
      ],
      advance: [{ start: 'newsletter', stay: true, when: score.atLeast(20) }],
      exhaustedAfter: '10 days',
    },
  },
});

test('a sequence is explained in sentences, in the order things happen', () => {
  expect(saysOf(rich)).toEqual([
    'For leads, active-funnel programme, scored by b2b-points.',
    'Begins by itself when "cart.updated" has happened where value is at least 100.',
    'People may enter it again 7 days after they left, counted for each cart.',
    'The goal is reached, and the person leaves, when "order.placed" has happened.',
    'The person leaves at once when "email.complained" has happened.',
    'Phase left:',
    '  Mail "still-there" at once, as a service message, in variants plain 50%, story 50%.',
    '  Choice "worth" at once, waiting up to 2 days for one of them:',
    '    Way "dear", when the enrolment\'s value is at least 500:',
    '      Mail "call-us" 1 hour after the step before.',
    '    Otherwise:',
    '      Mail "help" 1 day after the moment when "page.viewed" has happened 2 times, unless the person has clicked in "still-there".',
    '  Choice "tone" at once:',
    '    Way "warm", for 40 of 100 people by lot:',
    '      Mail "bye" (content goodbye) 3 days after the step before, again in every enrolment.',
    '  When the score is 20 or more: starts newsletter and stays here too.',
    '  After 10 days in the phase, the person leaves.',
    'To sales ("big") when the score is 80 or more: a rep accepts within 1 hour and makes contact within 1 day; marketing messages go on meanwhile. If it is rejected or lost, it is offered again after 20 more points and 14 days.',
  ]);
});

test('a picture forks at choices and joins behind them', () => {
  const lines = drawPlan(rich)
    .split('\n')
    .map((line) => line.trim());
  expect(lines).toEqual(
    expect.arrayContaining([
      'step_still_there --> choice_worth',
      'choice_worth -->|"dear: data.value ≥ 500"| step_call_us',
      'choice_worth -->|"otherwise"| step_help',
      'step_call_us --> choice_tone',
      'step_help --> choice_tone',
      'choice_tone -->|"warm: 40%"| step_bye',
      'phase_left -->|"score 20+"| sequence_newsletter[["newsletter"]]',
      'any -->|"score 80+"| handoff_big',
    ]),
  );
});

test('text that Mermaid would read as its own is made harmless', () => {
  const odd = { ...rich, phases: { left: { ...rich.phases['left']!, advance: [{ when: field('a"b#c').known(), end: 'x' }] } } };
  expect(drawPlan(odd)).toContain('phase_left -->|"a#quot;b#35;c known"| over');
});

describe('what an edit changes', () => {
  const [a, b, c] = [email('a', { after: '1 day' }), email('b', { after: '2 days' }), email('c', { after: '3 days' })];

  test('is nothing between equal plans', () => expect(changesOf(planOf(a, b), planOf(a, b))).toEqual([]));

  test('is said step by step: gone, changed, new', () => {
    expect(changesOf(planOf(a, b), planOf(email('b', { after: '5 days' }), c))).toEqual([
      { as: 'removed', at: 'phases.start.a', says: 'Mail "a" 1 day after the step before.' },
      {
        as: 'changed',
        at: 'phases.start.b',
        before: 'Mail "b" 2 days after the step before.',
        after: 'Mail "b" 5 days after the step before.',
      },
      { as: 'added', at: 'phases.start.c', says: 'Mail "c" 3 days after the step before.' },
    ]);
  });

  test('names the one step that moved, not those it passed', () =>
    expect(changesOf(planOf(a, b, c), planOf(b, c, a)).map(({ as, at }) => `${as} ${at}`)).toEqual(['moved phases.start.a']));
});
