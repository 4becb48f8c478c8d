/** What was concluded on the account of an event that is taken back: an open hand-off and an MQL are judged again as of their own moment, without it. */
import type { Qualification } from '../../events/stripped';
import { holds } from './conditions';
import { begin, conclude, viewsOf } from './deciding';
import type { Deciding } from './deciding';
import { fold } from './evolve';
import type { Fact, FactOf } from './facts';
import { frozen } from './frozen';
import { armedView } from './hand-off-rules';
import { closeHandOff } from './hand-off-words';
import { initial } from './initial';
import { meets } from './field-test';
import { signsOf } from './lifecycle';
import { takenBack } from './recorded';
import { notify } from './notify';
import { takeBack } from './take-back';
import { qualifiedBy } from './score';
import type { Disarmed, LeadState } from './state';
import { msOf } from './time';
import { given } from './without';

/** `facts`: all of the lead's, the retraction included. `why`: in words, for reps and the history. */
export function reconsider(deciding: Deciding, facts: readonly Fact[], told: FactOf<'EngagementRecorded'>, why: string): void {
  const at = facts.findIndex((fact) => fact.type === 'EngagementRecorded' && fact.id === told.id);
  reconsiderHandOff(deciding, facts, at, why);
  reconsiderMql(deciding, facts, at, why);
  forgetSign(deciding, told);
}

/** The lead before the fact at `index`, at its moment, had nothing of what is taken back been. */
function without(deciding: Deciding, facts: readonly Fact[], index: number): Deciding {
  const before = facts.slice(0, index);
  const state = fold(initial(deciding.state.leadId), before);
  const then = begin(frozen(deciding.published, state), state, 0, facts[index]?.recordedAt ?? state.at, () => before);
  const gone = takenBack(facts);
  const already = takenBack(before);
  for (const fact of before)
    if (fact.type === 'EngagementRecorded' && gone.has(fact.id) && !already.has(fact.id))
      takeBack(then, [...before, ...then.facts], fact, { event: fact.id, by: '', because: '' });
  return then;
}

function reconsiderHandOff(deciding: Deciding, facts: readonly Fact[], eventAt: number, why: string): void {
  const { handOff } = deciding.state;
  if (handOff === undefined) return;
  const asked = facts.findLastIndex((fact) => fact.type === 'HandOffRequested' && fact.handOff === handOff.number);
  // What came after it was asked for did not bring it about.
  if (asked < eventAt) return;
  const then = without(deciding, facts, asked);
  const disarmed = disarmedNow(then.state.disarmed[handOff.rule], deciding.state);
  if (isAskedFor(then) || isAskedFor(notHandedOff(deciding, handOff.rule, disarmed))) return;
  if (handOff.acceptedAt === undefined) return withdraw(deciding, facts, disarmed, why);
  if (facts.some((fact) => fact.type === 'HandOffDoubted' && fact.handOff === handOff.number)) return;
  conclude(deciding, { type: 'HandOffDoubted', handOff: handOff.number, because: why });
  notify(deciding, 'doubt', undefined, undefined, why);
}

/** By whichever rule: a rep who may call for another reason is not called off. */
const isAskedFor = (deciding: Deciding): boolean =>
  viewsOf(deciding).some((view) =>
    view.plan.handOff.some((rule) => {
      const armed = armedView(rule, view);
      return armed !== undefined && holds(rule.when, armed);
    }),
  );

/** As the rule was when it fired, and what the person did since. */
const disarmedNow = (before: Disarmed | undefined, { lastEngagedAt = 0 }: LeadState): Disarmed | undefined =>
  before === undefined ? undefined : { ...before, engaged: before.engaged || lastEngagedAt > before.at };

function notHandedOff(deciding: Deciding, rule: string, disarmed: Disarmed | undefined): Deciding {
  const { state } = deciding;
  return {
    ...deciding,
    open: undefined,
    state: { ...state, handOff: undefined, disarmed: { ...state.disarmed, ...(disarmed === undefined ? {} : { [rule]: disarmed }) } },
  };
}

/** As if it had not been asked for: the rule is as before, and so is what the person was called. */
function withdraw(deciding: Deciding, facts: readonly Fact[], disarmed: Disarmed | undefined, why: string): void {
  const number = deciding.state.handOff?.number;
  notify(deciding, 'withdrawn', undefined, undefined, why);
  closeHandOff(deciding, 'withdrawn', why, given('disarmed', disarmed));
  const became = facts.findLast((fact) => fact.type === 'QualificationChanged' && fact.to === 'sql');
  if (
    became?.type !== 'QualificationChanged' ||
    !became.because.startsWith(`hand-off ${number} `) ||
    deciding.state.qualification !== 'sql'
  )
    return;
  const to = withoutIt(became.from, deciding.state);
  conclude(deciding, { type: 'QualificationChanged', from: 'sql', to, because: `hand-off ${number} withdrawn: ${why}` });
}

/** Whoever became an MQL by it, and would not have without, is what they were before; a score that is still high enough makes them one again. */
function reconsiderMql(deciding: Deciding, facts: readonly Fact[], eventAt: number, why: string): void {
  if (deciding.state.qualification !== 'mql') return;
  const index = facts.findLastIndex((fact) => fact.type === 'QualificationChanged' && fact.to === 'mql');
  const became = facts[index];
  if (became?.type !== 'QualificationChanged' || index < eventAt) return;
  if (bySign(deciding, facts, index) || byScore(deciding, without(deciding, facts, index).state)) return;
  conclude(deciding, { type: 'QualificationChanged', from: 'mql', to: withoutIt(became.from, deciding.state), because: why });
}

/** Who did it before anybody knew their name is known by now. */
const withoutIt = (before: Qualification, { profileVersion, enrolmentCount }: LeadState): Qualification =>
  before === 'suspect' && (profileVersion > 0 || enrolmentCount > 0) ? 'lead' : before;

function byScore({ published }: Deciding, then: LeadState): boolean {
  const named = published.currentModel(published.settings.model);
  return named !== undefined && qualifiedBy(named.model, then.scores[named.model.id]) !== undefined;
}

/** Of the same decision, and still counting. What was awaited came by itself. */
function bySign({ published }: Deciding, facts: readonly Fact[], index: number): boolean {
  const gone = takenBack(facts);
  const { recordedAt } = facts[index] ?? { recordedAt: 0 };
  return facts.slice(0, index).some((fact) => {
    if (fact.recordedAt !== recordedAt) return false;
    if (fact.type === 'SignAwaited') return fact.dueAt === undefined;
    if (fact.type !== 'EngagementRecorded' || gone.has(fact.id) || fact.actor !== 'human') return false;
    return signsOf(published.settings.lifecycle, fact.event).some(
      ([to, { where = {}, after }]) =>
        to === 'mql' && after === undefined && Object.entries(where).every(([field, test]) => meets(fact.data?.[field], test)),
    );
  });
}

/** A sign that waits because of this very event is awaited no more. */
function forgetSign(deciding: Deciding, { event, occurredAt }: FactOf<'EngagementRecorded'>): void {
  for (const [, { id, after }] of signsOf(deciding.published.settings.lifecycle, event))
    if (after !== undefined && deciding.state.signs?.[id] === occurredAt + msOf(after))
      conclude(deciding, { type: 'SignAwaited', sign: id });
}
