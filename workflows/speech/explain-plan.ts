/** A sequence in plain sentences, in the order things happen; what `sequences explain` prints and `diff` compares line by line. */
import type { Arm, Choose, HandOffRule, Phase, Plan, Step, Touch } from '../core/plan';
import { duringOf } from '../core/presets';
import { conditionWord, dateWord, inTheWayWord, poolWord, settingWord, slaWord, timingWord, wayWord } from './plan-words';
import { deedSentence } from './explain-deed';
import { stageWords } from './words';

/** One thing said of a plan. `at` names what it is about, the same over versions: `phases.learn.welcome`, `handOff.scored`, `goal`. */
export type Sentence = { readonly at: string; readonly depth: number; readonly says: string };

export const explainPlan = (plan: Plan): readonly Sentence[] => [
  ...head(plan),
  ...Object.entries(plan.phases).flatMap(([name, phase]) => phaseSentences(name, phase)),
  ...plan.handOff.map((rule) => handOffSentence(rule, plan)),
];

const audiences = { leads: 'leads', customers: 'customers', both: 'leads and customers' } as const;

function head(plan: Plan): readonly Sentence[] {
  const line = (at: string, says: string): Sentence => ({ at, depth: 0, says });
  const again = { never: 'Nobody enters it twice', always: 'People may enter it again at any time' } as const;
  return [
    line(
      'for',
      `For ${audiences[plan.for]}${plan.programme === undefined ? '' : `, ${plan.programme} programme`}, scored by ${plan.model}.`,
    ),
    ...(plan.who === undefined ? [] : [line('who', `Only for people of whom it is true that ${conditionWord(plan.who)}.`)]),
    ...(plan.holdout === undefined
      ? []
      : [
          line(
            'holdout',
            `${plan.holdout.percent} of 100 people by lot ("${plan.holdout.name}") are a control group: they get no marketing message of it.`,
          ),
        ]),
    ...Object.entries(plan.settings ?? {}).map(([name, setting]) =>
      line(`settings.${name}`, `Marketing may set "${name}" for a campaign (${settingWord(setting)}): ${setting.says}.`),
    ),
    ...(plan.priority === undefined
      ? []
      : [line('priority', `Its messages have priority ${plan.priority} where several are due; the greatest goes first.`)]),
    plan.on === undefined
      ? line('on', 'People are put on it by a campaign, another sequence or by hand.')
      : line('on', `Begins by itself when ${conditionWord(plan.on)}.`),
    line(
      'reenter',
      `${plan.reenter === 'never' || plan.reenter === 'always' ? again[plan.reenter] : `People may enter it again ${plan.reenter} after they left`}${plan.key === undefined ? '' : `, counted for each ${plan.key}`}.`,
    ),
    ...(plan.cap?.account === undefined
      ? []
      : [line('cap', `Marketing goes to at most ${plan.cap.account.people} people of one account in ${plan.cap.account.per}.`)]),
    ...(plan.from === undefined ? [] : [line('from', `Nobody enters it before ${plan.from}.`)]),
    ...(plan.until === undefined
      ? []
      : [line('until', `It is over after ${plan.until}: nobody enters it then, and whoever is in it leaves.`)]),
    ...(plan.updates === undefined ? [] : [line('updates', `What it is about is kept up to date by ${plan.updates.join(', ')}.`)]),
    ...(plan.goal === undefined ? [] : [line('goal', `The goal is reached, and the person leaves, when ${conditionWord(plan.goal)}.`)]),
    ...plan.exit.map((exit, at) => line(`exit[${at}]`, `The person leaves at once when ${conditionWord(exit)}.`)),
    ...plan.entry.map(({ to, when }) =>
      line(`entry.${to}`, `Starts in phase ${to}${when === undefined ? ' otherwise' : ` when ${conditionWord(when)}`}.`),
    ),
  ];
}

function phaseSentences(name: string, phase: Phase): readonly Sentence[] {
  const at = `phases.${name}`;
  const { exhausted } = phase;
  const out =
    exhausted?.to === undefined
      ? exhausted?.start === undefined
        ? 'the person leaves'
        : `the person starts ${exhausted.start}`
      : `it goes on to phase ${exhausted.to}`;
  return [
    { at, depth: 0, says: `Phase ${name}${phase.stage === undefined ? '' : ` (${stageWords[phase.stage]})`}:` },
    ...stepSentences(phase.touches, at, 1),
    ...phase.advance.map((rule, index) => ({
      at: `${at}.advance[${index}]`,
      depth: 1,
      says: `When ${conditionWord(rule.when)}: ${wayWord(rule)}.`,
    })),
    {
      at: `${at}.exhausted`,
      depth: 1,
      says: `After ${phase.exhaustedAfter} in the phase${phase.exhaustedAt === undefined ? '' : `, or ${dateWord(phase.exhaustedAt)} if that comes first`}, ${out}.`,
    },
  ];
}

const stepSentences = (steps: readonly Step[], at: string, depth: number): readonly Sentence[] =>
  steps.flatMap((step) => {
    if (step.kind === 'choose') return choiceSentences(step, at, depth);
    return [step.kind === undefined ? touchSentence(step, at, depth) : deedSentence(step, at, depth)];
  });

const senderWords = { owner: "the person's sales rep", referrer: 'who referred the person' } as const;

function touchSentence(touch: Touch, at: string, depth: number): Sentence {
  const { id, content, variants, when, unless, purpose, repeatable, ifCapped, ifQuiet, priority, from, attach, outOfStage } = touch;
  const arms = Object.entries(variants ?? {}).map(([variant, weight]) => `${variant} ${weight}%`);
  const says = [
    `${touch.channel === 'email' ? 'Mail' : 'Message'} "${id}"${content === undefined || content === id ? '' : ` (content ${content})`} ${timingWord(touch)}`,
    ...(touch.pool === undefined ? [] : [poolWord(touch.pool)]),
    ...(when === undefined ? [] : [`only when ${conditionWord(when)}`]),
    ...(unless === undefined ? [] : [`unless ${conditionWord(unless)}`]),
    ...(purpose === 'service' ? ['as a service message'] : []),
    ...(from === undefined || from === 'brand' ? [] : [`in the name of ${senderWords[from]}`]),
    ...(attach === undefined ? [] : ['with a calendar entry']),
    ...(arms.length === 0 ? [] : [`in variants ${arms.join(', ')}`]),
    ...(ifCapped === undefined ? [] : [`where the cap is reached ${inTheWayWord(ifCapped)}`]),
    ...(ifQuiet === undefined ? [] : [`in the person's night ${inTheWayWord(ifQuiet)}`]),
    ...(priority === undefined ? [] : [`with priority ${priority}`]),
    ...(outOfStage === undefined ? [] : [`although it is for a later stage (${outOfStage})`]),
    ...(repeatable === undefined ? [] : [`again ${repeatable === 'per enrolment' ? 'in every enrolment' : `after ${repeatable}`}`]),
  ].join(', ');
  return { at: `${at}.${id}`, depth, says: `${says}.` };
}

function choiceSentences(choice: Choose, at: string, depth: number): readonly Sentence[] {
  const here = `${at}.${choice.id}`;
  const wait = choice.within === undefined ? '' : `, waiting up to ${choice.within} for one of them`;
  const armSays = ({ name, when, share }: Arm): string =>
    when === undefined ? `Way "${name}", for ${share ?? 100} of 100 people by lot:` : `Way "${name}", when ${conditionWord(when)}:`;
  const otherwise = choice.otherwise ?? [];
  return [
    { at: here, depth, says: `Choice "${choice.id}" ${timingWord(choice)}${wait}:` },
    ...choice.arms.flatMap((arm) => [
      { at: `${here}.${arm.name}`, depth: depth + 1, says: armSays(arm) },
      ...stepSentences(arm.touches, here, depth + 2),
    ]),
    ...(otherwise.length === 0 ? [] : [{ at: `${here}.otherwise`, depth: depth + 1, says: 'Otherwise:' }]),
    ...stepSentences(otherwise, here, depth + 2),
  ];
}

function handOffSentence({ name, when, sla, during, rearm }: HandOffRule, plan: Plan): Sentence {
  const meanwhile = (during ?? duringOf(plan.programme)) === 'hold' ? 'wait' : 'go on';
  const again =
    rearm === undefined ? '' : ` If it is rejected or lost, it is offered again after ${rearm.points} more points and ${rearm.after}.`;
  return {
    at: `handOff.${name}`,
    depth: 0,
    says: `To sales ("${name}") when ${conditionWord(when)}: ${slaWord(sla)}; marketing messages ${meanwhile} meanwhile.${again}`,
  };
}
