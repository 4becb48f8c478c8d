/** Mistakes in names, times, ways and numbers of a sequence, each with the path and the sentence it is to be met with. */
import type { Plan } from '../../workflows/core';
import type { Step } from '../../workflows/core/plan';
import { all, any, before, choose, clicked, cohort, engaged, field, score, silentFor, since, split } from '../../workflows/core/words';
import { base, mail, of, phase, planWith, span, start, two, way } from './mistake';
import type { Mistake } from './mistake';

export const mistakesOfShape: readonly Mistake[] = [
  // Names and shapes
  ['an id with a capital', planWith({ id: 'Plan' }), 'id', '"Plan" is no name; use small letters, digits and dashes'],
  ['a version that is none', planWith({ version: 0 }), 'version', 'must be a whole number from 1'],
  ['no phase', { ...base, phases: {} }, 'phases', 'has no phase; a sequence needs at least one'],
  [
    'a phase whose name has a blank',
    { ...base, phases: { 'first days': phase([]) } },
    'phases.first days',
    '"first days" is no name; use small letters, digits and dashes',
  ],
  ['two steps of one name', of(mail('welcome'), mail('welcome')), 'phases.start.touches[1].id', `"welcome" is already the id of ${start}`],
  [
    'two rules of one name',
    planWith({ handOff: [0, 1].map(() => ({ name: 'hot', when: score.atLeast(9), sla: { contact: '1 day' as const } })) }),
    'handOff[1].name',
    'there are two rules called "hot"',
  ],
  // Times
  [
    'a span in no unit there is',
    of(mail('welcome', { after: span('3 dayz') })),
    `${start}.after`,
    `"3 dayz" is no span; write for example '3 days' or '15 minutes'`,
  ],
  [
    'a phase that does not say when it has run out',
    { ...base, phases: { start: { touches: [], advance: [] } as unknown as Plan['phases'][string] } },
    'phases.start.exhaustedAfter',
    'is missing; say after how long the phase has run out',
  ],
  [
    'a re-entry after no span',
    planWith({ reenter: span('soon') }),
    'reenter',
    `"soon" is no span; write for example '3 days' or '15 minutes'`,
  ],
  [
    'less time to contact than to accept',
    planWith({ handOff: [{ name: 'hot', when: score.atLeast(9), sla: { accept: '2 days', contact: '1 day' } }] }),
    'handOff[0].sla.accept',
    'is longer than the time to contact',
  ],
  ['times without number', planWith({ goal: engaged('app.login', { times: 0 }) }), 'goal.times', 'must be a whole number from 1 to 20'],
  [
    'within a span, but once',
    planWith({ goal: engaged('app.login', { within: '2 days' }) }),
    'goal.within',
    'only says something with times of 2 or more',
  ],
  // Where it goes
  [
    'an advance to a phase that is not there',
    way(score.atLeast(9), { to: 'close' }),
    'phases.start.advance[0].to',
    'there is no phase "close"',
  ],
  ['an advance that leads nowhere', way(score.atLeast(9)), 'phases.start.advance[0]', 'leads nowhere; give to, start, end or endOther'],
  [
    'an advance that goes on and ends',
    { ...base, phases: { start: phase([], { advance: [{ when: score.atLeast(9), to: 'b', end: 'done' }] }), b: phase([]) } },
    'phases.start.advance[0]',
    'goes on to a phase and also ends; choose one',
  ],
  [
    'a phase that nothing leads to',
    { ...base, phases: { start: phase([]), island: phase([]) } },
    'phases.island',
    'is never reached: no entry, advance or exhausted leads to it',
  ],
  [
    'an entry to a phase that is not there',
    planWith({ entry: [{ to: 'hot' }, { to: 'start' }] }),
    'entry[0].to',
    'there is no phase "hot"',
  ],
  [
    'a sequence that is not there',
    way(score.atLeast(9), { start: 'newslettre' }),
    'phases.start.advance[0].start',
    'there is no sequence "newslettre"',
  ],
  [
    'the end of a sequence that is not there',
    way(score.atLeast(9), { endOther: 'newslettre' }),
    'phases.start.advance[0].endOther',
    'there is no sequence "newslettre"',
  ],
  [
    'a sequence that starts itself without a wait',
    { ...way(score.atLeast(9), { start: 'plan' }), reenter: 'always' },
    'phases.start.advance[0].start',
    "starts this sequence itself; with reenter 'always' it would go round without a wait; give reenter a span",
  ],
  [
    'two phases that lead to each other at once',
    two(clicked('welcome'), score.atLeast(9)),
    'phases.a.advance[0]',
    "goes round without a wait (a -> b -> a): all of it can hold at once; let one condition count from the phase (from: 'phase'), or one phase run out after a span alone",
  ],
  [
    'two phases that lead to each other by a date that may be past',
    {
      ...base,
      on: engaged('trial.started'),
      phases: {
        a: phase([], { exhaustedAt: before('endsAt', '1 day'), exhausted: { to: 'b' } }),
        b: phase([], { exhaustedAt: before('endsAt', '1 day'), exhausted: { to: 'a' } }),
      },
    },
    'phases.a.exhausted',
    "goes round without a wait (a -> b -> a): all of it can hold at once; let one condition count from the phase (from: 'phase'), or one phase run out after a span alone",
  ],
  // What is never taken
  [
    'an arm behind one that holds whenever it does',
    of(
      mail('welcome'),
      choose('c', { arms: { warm: { when: score.atLeast(20), touches: [] }, hot: { when: score.atLeast(60), touches: [] } } }),
    ),
    'phases.start.touches[1].arms[1]',
    '"hot" is never taken: "warm" holds whenever it does, and comes first',
  ],
  [
    'an arm behind the same with more alternatives',
    of(
      mail('welcome'),
      choose('c', {
        arms: {
          any: { when: any(field('plan').is('team'), score.atLeast(9)), touches: [] },
          team: { when: field('plan').is('team'), touches: [] },
        },
      }),
    ),
    'phases.start.touches[1].arms[1]',
    '"team" is never taken: "any" holds whenever it does, and comes first',
  ],
  [
    'an otherwise where the lots leave nobody',
    of({ ...split('lots', { x: { share: 60, touches: [] }, y: { share: 40, touches: [] } }), otherwise: [mail('welcome')] } as Step),
    `${start}.otherwise`,
    'is never taken: the shares leave nobody',
  ],
  [
    'an advance behind one that holds whenever it does',
    {
      ...base,
      phases: {
        start: phase([], {
          advance: [
            { to: 'b', when: score.atLeast(20) },
            { end: 'hot', when: all(score.atLeast(40), silentFor('1 day')) },
          ],
        }),
        b: phase([]),
      },
    },
    'phases.start.advance[1]',
    'is never taken: advance[0] holds whenever it does, and comes first',
  ],
  [
    'a wait for a click in a message that comes later',
    of(mail('welcome', { after: since(clicked('ebook'), '1 day') }), mail('ebook')),
    `${start}.after`,
    'waits for a click in "ebook", which is not sent before it: nothing can end this wait',
  ],
  [
    'a wait for an event nobody sends',
    of(mail('welcome', { after: since({ kind: 'engaged', type: 'moon.landed' }, '1 day') })),
    `${start}.after.of`,
    'nothing can end this wait: no event is called "moon.landed"',
  ],
  [
    'a date that nothing sets',
    { ...of(mail('welcome', { after: undefined as never, at: before('endsOn', '1 day') })), on: engaged('trial.started') },
    `${start}.at`,
    'nothing can end this wait: no event that enrols or updates sets "endsOn"; they set plan, endsAt',
  ],
  // Numbers
  [
    'weights that are not a hundred',
    of(mail('welcome', { variants: { a: 50, b: 40 } })),
    `${start}.variants`,
    'the weights sum to 90, not to 100',
  ],
  [
    'shares of more than a hundred',
    of(split('lots', { x: { share: 70, touches: [] }, y: { share: 40, touches: [] } })),
    `${start}.arms`,
    'the shares sum to 110, more than 100',
  ],
  [
    'everybody as a control group',
    planWith({ holdout: { name: 'quiet', percent: 100 } }),
    'holdout.percent',
    'must be a whole number from 1 to 99',
  ],
  ['a cohort of a half percent', planWith({ who: cohort('early', 0.5) }), 'who.percent', 'must be a whole number from 1 to 99'],
  [
    'a setting outside its own bounds',
    planWith({ settings: { bonus: { kind: 'number', says: 'Percent off', default: 50, max: 30 } } }),
    'settings.bonus.default',
    'must be at most 30',
  ],
];
