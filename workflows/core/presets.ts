/** What a programme says for a sequence that does not say it itself; what is written wins. Knows no lead. */
import type { Condition } from './condition';
import { placedAs } from './place';
import type { InTheWay, Plan, Step } from './plan';

export type Programme = NonNullable<Plan['programme']>;

/** `during` is read when a hand-off is asked for; everything else is filled in where the sequence is defined. */
export type Preset = {
  readonly says: string;
  readonly for: Plan['for'];
  readonly reenter: Plan['reenter'];
  readonly exit: readonly Condition[];
  readonly during: 'hold' | 'continue';
  readonly ifCapped?: InTheWay;
  readonly priority?: number;
};

const complained: Condition = { kind: 'engaged', type: 'email.complained' };
const unsubscribed: Condition = { kind: 'engaged', type: 'email.unsubscribed' };

// A programme fills in `ifCapped` and `priority` only where no published plan of it was made without them.
export const presets: Readonly<Record<Programme, Preset>> = {
  engagement: {
    says: 'keeps in touch; gives way to whatever is more urgent',
    for: 'both',
    reenter: '30 days',
    exit: [complained, unsubscribed],
    during: 'hold',
    ifCapped: 'skip',
    priority: -10,
  },
  educational: {
    says: 'teaches until somebody turns to buying',
    for: 'leads',
    reenter: '180 days',
    exit: [complained, unsubscribed],
    during: 'hold',
  },
  'active-funnel': {
    says: 'accompanies who is deciding, beside sales; service mail goes on after an opt-out',
    for: 'leads',
    reenter: '90 days',
    exit: [complained],
    during: 'continue',
  },
};

/** Without a programme. */
const plain: Omit<Preset, 'says'> = { for: 'leads', reenter: 'never', exit: [], during: 'hold' };
export const presetOf = (programme: Plan['programme']): Omit<Preset, 'says'> => (programme === undefined ? plain : presets[programme]);

/** What marketing messages do while a hand-off is open, where its rule does not say. */
export const duringOf = (programme: Plan['programme']): 'hold' | 'continue' => presetOf(programme).during;

/** The steps with what the cap does to marketing messages that do not say it. */
export function withIfCapped(steps: readonly Step[], ifCapped: InTheWay | undefined): readonly Step[] {
  if (ifCapped === undefined) return steps;
  return steps.map((step) => {
    if (step.kind === 'choose')
      return placedAs(
        {
          ...step,
          arms: step.arms.map((arm) => ({ ...arm, touches: withIfCapped(arm.touches, ifCapped) })),
          ...(step.otherwise === undefined ? {} : { otherwise: withIfCapped(step.otherwise, ifCapped) }),
        },
        step,
      );
    return step.kind === undefined && step.purpose === 'marketing' && step.ifCapped === undefined
      ? placedAs({ ...step, ifCapped }, step)
      : step;
  });
}
