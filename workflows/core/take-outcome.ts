/** How an effect ended, told by the activity or the ledger, and what the lead makes of it. An outcome of nothing open changes nothing. */
import { conclude } from './deciding';
import type { Deciding } from './deciding';
import type { AssignRep, DeedEffect, NotifyRep, SendTouch, StepEffect } from './effects';
import { passing } from './evolve-touch';
import type { WithheldBecause } from './facts';
import type { Input, Outcome } from './inputs';
import { notify } from './notify';
import { suppress } from './take-engaged';
import { dayMs, msOf } from './time';
import { touchKeyOf } from './touch-key';
import { given } from './without';

const hourMs = 3_600_000;

export function takeOutcome(deciding: Deciding, { id, outcome }: Extract<Input, { kind: 'outcome' }>): void {
  const effect = deciding.state.effects[id];
  if (effect === undefined) return late(deciding, id, outcome);
  switch (effect.type) {
    case 'SendTouch':
      return sendEnded(deciding, effect, outcome);
    case 'AssignRep':
      return assignEnded(deciding, effect, outcome);
    case 'NotifyRep':
      return notifyEnded(deciding, effect, outcome);
    case 'RunCustom':
    case 'TellLeads':
    case 'GiveTask':
      return deedEnded(deciding, effect, outcome);
  }
}

/** A late result settles an uncertain send: the provider's word is better than ours. */
function late(deciding: Deciding, effect: string, outcome: Outcome): void {
  if (!deciding.state.uncertain.includes(effect) || outcome.as === 'uncertain') return;
  conclude(deciding, { type: 'UncertainSettled', effect, sent: outcome.as === 'sent', by: 'provider' });
  if (outcome.as === 'refused' && outcome.permanent) suppress(deciding, 'email', 'bounced');
}

function sendEnded(deciding: Deciding, send: SendTouch, outcome: Outcome): void {
  const touch = { effect: send.id, enrolment: send.enrolment, touch: send.touch };
  const campaign = given('campaign', send.campaign);
  switch (outcome.as) {
    case 'sent':
      return conclude(deciding, { type: 'TouchSent', ...touch, content: outcome.content, purpose: send.purpose, ...campaign });
    case 'uncertain':
      return conclude(deciding, { type: 'TouchUncertain', ...touch, content: send.content, because: outcome.because });
    case 'refused':
      conclude(deciding, { type: 'TouchRefused', ...touch, content: send.content, because: outcome.because, permanent: outcome.permanent });
      return outcome.permanent ? suppress(deciding, send.channel, 'bounced') : undefined;
    case 'unavailable':
      return unavailable(deciding, send, outcome.because);
    case 'withheld':
      // The send was in time and allowed when it was decided; what stopped it passes, so the touch is planned anew.
      if (passing.has(outcome.because)) return unavailable(deciding, send, outcome.because);
      return conclude(deciding, {
        type: 'TouchWithheld',
        ...touch,
        content: send.content,
        because: withheldBecause(outcome.because),
        ...campaign,
      });
    default:
      throw new TypeError(`a send cannot end as ${outcome.as}`);
  }
}

function deedEnded(deciding: Deciding, deed: DeedEffect, outcome: Outcome): void {
  const step = { effect: deed.id, enrolment: deed.enrolment, touch: deed.touch };
  const { type } = deed;
  if (type === 'RunCustom' && outcome.as === 'returned')
    return conclude(deciding, { type: 'EffectReturned', ...step, name: deed.name, ...given('into', deed.into), data: outcome.data });
  if (type === 'TellLeads' && outcome.as === 'told')
    return conclude(deciding, { type: 'LeadsTold', ...step, whom: deed.whom, event: deed.event, reached: outcome.reached });
  if (type === 'GiveTask' && outcome.as === 'assigned')
    return conclude(deciding, { type: 'TaskGiven', ...step, rep: outcome.rep, says: deed.says });
  if (outcome.as === 'unavailable') return unavailable(deciding, deed, outcome.because);
  if (outcome.as !== 'withheld') throw new TypeError(`${type} cannot end as ${outcome.as}`);
  const because = withheldBecause(outcome.because);
  conclude(deciding, { type: 'TouchWithheld', ...step, content: deed.touch, because, ...given('campaign', deed.campaign) });
}

function unavailable(deciding: Deciding, send: StepEffect, because: string): void {
  const { state, now } = deciding;
  const { retryAfter, attempts } = deciding.published.settings.unavailable;
  const enrolment = state.enrolments[send.enrolment];
  const touch = { effect: send.id, enrolment: send.enrolment, touch: send.touch };
  const withheld = (why: WithheldBecause): void =>
    conclude(deciding, {
      type: 'TouchWithheld',
      ...touch,
      content: send.type === 'SendTouch' ? send.content : send.touch,
      because: why,
      ...given('campaign', send.campaign),
    });
  if (enrolment === undefined || touchKeyOf(send.enrolment, enrolment, send.touch) !== send.touchKey) return withheld('moved');
  const interrupted = passing.has(because);
  if (!interrupted && (enrolment.failures ?? 0) + 1 >= attempts) return withheld('unavailable');
  // A hold that the lead has not heard of yet ends with the pause command on its way: do not ask the ledger every moment.
  if (because === 'account-cap') return conclude(deciding, { type: 'TouchUnavailable', ...touch, because, retryAt: now + dayMs });
  // A task is asked again as a hand-off is: a weekend without reps loses neither. Neither does a stop of all sending.
  if (hourly.has(because)) return conclude(deciding, { type: 'TouchUnavailable', ...touch, because, retryAt: now + hourMs });
  const again = because === 'expired' || (because === 'paused' && state.paused !== undefined) ? now : now + msOf(retryAfter);
  conclude(deciding, { type: 'TouchUnavailable', ...touch, because, retryAt: again });
}

const hourly: ReadonlySet<string> = new Set(['no-reps', 'sending-stopped', 'campaign-paused']);

const reasons = new Set<string>([
  'condition',
  'repeated',
  'cap',
  'quiet-hours',
  'suppressed',
  'consent',
  'paused',
  'hand-off',
  'customer',
  'no-address',
  'content-missing',
  'template-field-missing',
  'expired',
  'stopped',
  'unavailable',
  'moved',
  'past',
  'holdout',
  'effect-unknown',
  'effect-broken',
] satisfies WithheldBecause[]);
/** An older core beside a newer activity may not know a reason; the touch was not sent all the same. */
const withheldBecause = (code: string): WithheldBecause => (reasons.has(code) ? (code as WithheldBecause) : 'unavailable');

function assignEnded(deciding: Deciding, assign: AssignRep, outcome: Outcome): void {
  const { state, now } = deciding;
  const { handOff } = state;
  if (handOff === undefined) return;
  if (outcome.as === 'assigned') {
    // Everyone gets it once with a time to accept; whoever gets it in a second round keeps it.
    const timed = handOff.again !== true && !handOff.before.includes(outcome.rep);
    const acceptBy = timed && handOff.acceptFor !== undefined ? now + handOff.acceptFor : undefined;
    conclude(deciding, { type: 'HandOffOffered', handOff: assign.handOff, rep: outcome.rep, ...given('acceptBy', acceptBy) });
    return notify(deciding, 'offer');
  }
  const because = outcome.as === 'unavailable' || outcome.as === 'withheld' ? outcome.because : outcome.as;
  // An operator's answer looks again at once; meanwhile asking often would only fill the history.
  if (because === 'hand-off-brake')
    return conclude(deciding, { type: 'HandOffUnassigned', handOff: assign.handOff, because, retryAt: now + dayMs });
  // When everyone else had it, the turn begins again at once; when nobody is there, hourly.
  conclude(deciding, { type: 'HandOffUnassigned', handOff: assign.handOff, because, retryAt: assign.not.length > 0 ? now : now + hourMs });
}

function notifyEnded(deciding: Deciding, note: NotifyRep, outcome: Outcome): void {
  const { state, now } = deciding;
  const { handOff, what } = note;
  if (outcome.as === 'notified' || outcome.as === 'sent' || outcome.as === 'uncertain')
    return conclude(deciding, { type: 'RepNotified', handOff, effect: note.id, what });
  const because = 'because' in outcome ? outcome.because : outcome.as;
  const current = state.handOff?.number === handOff && (state.handOff.rep === note.rep || what === 'breach');
  const retry = outcome.as === 'unavailable' && current && what === 'offer' && state.handOff?.acceptedAt === undefined;
  const retryAt = retry ? now + msOf(deciding.published.settings.unavailable.retryAfter) : undefined;
  conclude(deciding, {
    type: 'RepNotNotified',
    handOff,
    effect: note.id,
    what,
    because,
    ...given('retryAt', retryAt),
    ...given('clock', note.clock),
  });
}
