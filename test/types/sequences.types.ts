/** What the compiler must catch in a sequence. Read by `tsc` alone: an expectation that no longer errs is an error. */
import {
  all,
  any,
  choose,
  clicked,
  cohort,
  fit,
  pain,
  defineSequence,
  email,
  engaged,
  field,
  grade,
  not,
  pool,
  qualification,
  score,
  segment,
  silentFor,
  split,
  since,
  stage,
  temperature,
} from '../../workflows/core/words';

const head = { id: 'plan', version: 1, model: 'b2b-points' } as const;
const a = email('a', { after: '1 day' });

/** The example of the design is accepted whole: forward references, nested conditions, every option. */
export const accepted = defineSequence({
  ...head,
  programme: 'active-funnel',
  for: 'leads',
  on: engaged('trial.started'),
  reenter: '180 days',
  goal: engaged('subscription.started'),
  exit: [engaged('email.complained')],
  handOff: [
    { name: 'hand-raiser', when: engaged('form.submitted', { where: { form: 'demo' } }), sla: { contact: '15 minutes' } },
    {
      name: 'scored',
      when: all(score.atLeast(80), grade.atLeast('B')),
      sla: { accept: '4 hours', contact: '24 hours' },
      during: 'continue',
      rearm: { points: 20, after: '14 days' },
    },
  ],
  entry: [{ to: 'close', when: temperature.is('hot') }, { to: 'start' }],
  phases: {
    start: {
      stage: 'consideration',
      touches: [
        email('first-login', { after: '0 minutes', purpose: 'service', unless: clicked('pricing') }),
        email('make-a-project', { after: '1 day', unless: engaged('project.created') }),
        email('invite-team', {
          after: since(engaged('project.created'), '2 days'),
          unless: engaged('teammate.invited', { times: 2, within: '7 days' }),
        }),
      ],
      advance: [{ to: 'close', when: any(score.atLeast(55), clicked('invite-team'), not(silentFor('30 days'))) }],
      exhaustedAfter: '30 days',
    },
    close: {
      stage: 'decision',
      touches: [
        email('pricing', {
          after: '1 day',
          when: any(stage.atLeast('decision'), field('industry').oneOf('software', 'finance')),
          variants: { plain: 50, story: 50 },
          repeatable: '90 days',
        }),
      ],
      exhaustedAfter: '21 days',
      exhausted: { start: 'newsletter' },
    },
  },
});

// prettier-ignore
// @ts-expect-error an advance names a phase the sequence does not have
defineSequence({ ...head, phases: { start: { touches: [a], advance: [{ to: 'close', when: score.atLeast(1) }], exhaustedAfter: '1 day' } } });
// @ts-expect-error exhausted names a phase the sequence does not have
defineSequence({ ...head, phases: { start: { touches: [a], exhaustedAfter: '1 day', exhausted: { to: 'close' } } } });
// @ts-expect-error entry names a phase the sequence does not have
defineSequence({ ...head, entry: [{ to: 'close' }], phases: { start: { touches: [a], exhaustedAfter: '1 day' } } });

// @ts-expect-error an advance waits for a click in a touch the sequence does not have
defineSequence({ ...head, phases: { start: { touches: [a], advance: [{ end: 'done', when: clicked('b') }], exhaustedAfter: '1 day' } } });
// prettier-ignore
// @ts-expect-error so does a part of a condition, however deep
defineSequence({ ...head, phases: { start: { touches: [a], advance: [{ end: 'done', when: all(score.atLeast(1), any(clicked('a'), not(clicked('b')))) }], exhaustedAfter: '1 day' } } });
// prettier-ignore
// @ts-expect-error so does a touch's own condition
defineSequence({ ...head, phases: { start: { touches: [a, email('c', { after: '1 day', unless: clicked('b') })], exhaustedAfter: '1 day' } } });
// prettier-ignore
// @ts-expect-error so does a wait
defineSequence({ ...head, phases: { start: { touches: [a, email('c', { after: since(clicked('b'), '1 day') })], exhaustedAfter: '1 day' } } });
// @ts-expect-error so does the goal
defineSequence({ ...head, goal: clicked('b'), phases: { start: { touches: [a], exhaustedAfter: '1 day' } } });
// @ts-expect-error so does an exit
defineSequence({ ...head, exit: [clicked('b')], phases: { start: { touches: [a], exhaustedAfter: '1 day' } } });
// prettier-ignore
// @ts-expect-error so does a hand-off rule
defineSequence({ ...head, handOff: [{ name: 'x', when: clicked('b'), sla: { contact: '1 day' } }], phases: { start: { touches: [a], exhaustedAfter: '1 day' } } });
// @ts-expect-error where there is no touch, there is nothing to click
defineSequence({ ...head, phases: { start: { touches: [], advance: [{ end: 'done', when: clicked('a') }], exhaustedAfter: '1 day' } } });

// @ts-expect-error nobody publishes an event of that type
engaged('form.submited');
// @ts-expect-error the event has no such field
engaged('form.submitted', { where: { from: 'demo' } });
// @ts-expect-error the event has no fields at all
engaged('project.created', { where: { name: 'x' } });
// @ts-expect-error the field is a number
engaged('webinar.attended', { where: { minutes: { atLeast: '20' } } });
// @ts-expect-error the field is a text, which has no least value
engaged('form.submitted', { where: { form: { atLeast: 3 } } });
// @ts-expect-error the enrolment's field must be one of the event's
engaged('webinar.attended', { same: 'cart' });
// @ts-expect-error a bounce is hard, soft or block
engaged('email.bounced', { where: { kind: 'medium' } });

// @ts-expect-error `unless` is misspelt in a touch
email('b', { after: '1 day', unles: score.atLeast(1) });
// @ts-expect-error `where` is misspelt in a condition
engaged('form.submitted', { wher: { form: 'demo' } });
// @ts-expect-error `reenter` is misspelt in a sequence
defineSequence({ ...head, reentr: 'never', phases: { start: { touches: [a], exhaustedAfter: '1 day' } } });
// @ts-expect-error `advance` is misspelt in a phase
defineSequence({ ...head, phases: { start: { touches: [a], advanc: [], exhaustedAfter: '1 day' } } });
// prettier-ignore
// @ts-expect-error `end` is misspelt in an advance
defineSequence({ ...head, phases: { start: { touches: [a], advance: [{ ends: 'done', when: score.atLeast(1) }], exhaustedAfter: '1 day' } } });
// prettier-ignore
// @ts-expect-error `rearm` is misspelt in a hand-off rule
defineSequence({ ...head, handOff: [{ name: 'x', when: score.atLeast(1), sla: { contact: '1 day' }, re_arm: { points: 1, after: '1 day' } }], phases: { start: { touches: [a], exhaustedAfter: '1 day' } } });
// prettier-ignore
// @ts-expect-error `contact` is misspelt in an sla
defineSequence({ ...head, handOff: [{ name: 'x', when: score.atLeast(1), sla: { contacts: '1 day' } }], phases: { start: { touches: [a], exhaustedAfter: '1 day' } } });

// @ts-expect-error a span has a unit that exists
silentFor('3 dayz');
// @ts-expect-error a span is no bare number
email('b', { after: 3 });
// @ts-expect-error a span begins with a number
since(engaged('app.login'), 'two days');
// @ts-expect-error a phase says when it has run out
defineSequence({ ...head, phases: { start: { touches: [a] } } });
// @ts-expect-error a touch says when it is due
email('b', {});
// prettier-ignore
// @ts-expect-error a hand-off says by when the person is to be contacted
defineSequence({ ...head, handOff: [{ name: 'x', when: score.atLeast(1), sla: {} }], phases: { start: { touches: [a], exhaustedAfter: '1 day' } } });

// @ts-expect-error there is no such stage
stage.atLeast('interest');
// @ts-expect-error there is no such grade
grade.atLeast('E');
// @ts-expect-error there is no such temperature
temperature.is('tepid');
// @ts-expect-error there is no such qualification
qualification.is('prospect');
// @ts-expect-error a condition is data, not a closure
email('b', { after: '1 day', when: () => true });

const way = choose('way', {
  within: '3 days',
  arms: { hot: { when: clicked('a'), touches: [email('b', { after: '1 day' })] } },
  otherwise: [email('c', { after: '1 day' })],
});
/** Steps inside a choice may be named from outside, and the other way round. */
export const chosen = defineSequence({
  ...head,
  phases: {
    start: { touches: [a, way], advance: [{ to: 'end', when: clicked('b') }], exhaustedAfter: '1 day' },
    end: { touches: [email('d', { after: '1 day', unless: clicked('c') })], exhaustedAfter: '1 day' },
  },
});
// @ts-expect-error an arm's condition names a touch the sequence does not have
defineSequence({ ...head, phases: { start: { touches: [way], exhaustedAfter: '1 day' } } });
const gone = split('s', { p: { share: 100, touches: [email('e', { after: '1 day', when: clicked('gone') })] } });
// @ts-expect-error a touch inside an arm names one the sequence does not have
defineSequence({ ...head, phases: { start: { touches: [gone], exhaustedAfter: '1 day' } } });
// @ts-expect-error a misspelt option of a choice
choose('way', { wthin: '3 days', arms: { hot: { when: clicked('a'), touches: [a] } } });
// @ts-expect-error a misspelt option of an arm
choose('way', { arms: { hot: { when: clicked('a'), touches: [a], unles: clicked('a') } } });
// @ts-expect-error an arm without its condition
choose('way', { arms: { hot: { touches: [a] } } });
// @ts-expect-error a split's arm without its share
split('way', { hot: { touches: [a] } });

// @ts-expect-error an event is counted from the phase, or from the enrolment
engaged('form.submitted', { from: 'step' });
// @ts-expect-error points are gained within a span
score.gained(20, '14 dayz');
// @ts-expect-error points are gained within a span, which must be said
score.gained(20);
// @ts-expect-error a cohort is so many in a hundred
cohort('early-birds', '20');
// @ts-expect-error a segment has a name, not a condition
segment(score.atLeast(1));
email('invite', { after: '1 day', from: 'owner', attach: 'calendar-invite' });
// @ts-expect-error nobody is called so
email('invite', { after: '1 day', from: 'boss' });
// @ts-expect-error nothing else can be attached
email('invite', { after: '1 day', attach: 'pdf' });

// @ts-expect-error what the cap is in the way of waits, is left out or is replaced
email('a', { after: '1 day', ifCapped: 'drop' });
// @ts-expect-error what replaces it is named
email('a', { after: '1 day', ifQuiet: { replaced: 'b' } });
// @ts-expect-error a priority is a number
email('a', { after: '1 day', priority: 'high' });
// @ts-expect-error a control group has a share
defineSequence({ ...head, holdout: { name: 'x' }, phases: { start: { touches: [a], exhaustedAfter: '1 day' } } });
// @ts-expect-error who may enter names a touch the sequence does not have
defineSequence({ ...head, who: clicked('b'), phases: { start: { touches: [a], exhaustedAfter: '1 day' } } });
/** Steps name a pool as they name a touch. */
export const pooled = defineSequence({
  ...head,
  phases: {
    start: {
      touches: [pool('news', { after: '1 day', from: { topic: 'own', stage: 'own' }, every: 'preferred', on: 'Tuesday 10:00' })],
      advance: [{ to: 'end', when: clicked('news') }],
      exhaustedAfter: '300 days',
    },
    end: { touches: [a], exhaustedAfter: '1 day' },
  },
});
// @ts-expect-error a misspelt option of a pool
pool('news', { after: '1 day', from: {}, evry: '1 week' });
// @ts-expect-error a pool without its cadence
pool('news', { after: '1 day', from: {} });
// @ts-expect-error a stage that there is not
pool('news', { after: '1 day', from: { stage: 'awarenes' }, every: '1 week' });

// @ts-expect-error pain is a number from 1 to 10, not a word
export const painInWords = pain.atLeast('urgent');
// @ts-expect-error the persona is the nearest one; fit names none
export const fitOfPersona = fit.atLeast('team-lead', 7);
export const quadrant = all(pain.atLeast(7), fit.atLeast(7));
