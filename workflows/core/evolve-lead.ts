/** Folding of what concerns the person: engagement, profile, commands, pause, suppression, rest, erasure. */
import { learned } from './bant';
import { draftOf } from './draft';
import type { Draft } from './draft';
import { heard } from './evolve-points';
import type { FactOf } from './facts';
import { initial } from './initial';
import { hurts } from './pain';
import { pushed } from './ring';
import { holdsNurture, thawed } from './thaw';
import { withEntry, without } from './without';

/** A repeated command gets its first answer while it is among so many. */
const answersKept = 8;

/** Done to a person or told of them, not done by them. */
const passive: ReadonlySet<string> = new Set([
  'email.delivered',
  'email.bounced',
  'email.complained',
  'email.unsubscribed',
  'deal.lost',
  'deal.opened',
  'webinar.rescheduled',
  'contract.set',
  'order.delivered',
  'referral.invited',
  'referral.won',
  'account.engaged',
  'rep.noted',
  'person.enriched',
  'engagement.retracted',
]);

/** Only what a human did moves a lead. */
export const isEngagement = (actor: string, type: string): boolean => actor === 'human' && !passive.has(type);

export function engaged(draft: Draft, fact: FactOf<'EngagementRecorded'>): void {
  draft.ring = pushed(draft.ring, fact.id, fact.occurredAt);
  if (fact.data !== undefined && fact.actor !== 'machine') {
    draft.bant = learned(draft.bant, fact.event, fact.data, fact.occurredAt);
    draft.pain = hurts(draft.pain, fact.event, fact.data, fact.occurredAt);
  }
  if (!isEngagement(fact.actor, fact.event)) return;
  heard(draft);
  if (draft.deeds !== undefined) draft.deeds = withEntry(draft.deeds, fact.event, (draft.deeds[fact.event] ?? 0) + 1);
  // A clock ahead of ours must not make the lead look busy for ever.
  const engagedAt = Math.min(fact.occurredAt, fact.recordedAt);
  draft.disarmed = reengaged(draft.disarmed, engagedAt);
  if (draft.lastEngagedAt !== undefined && engagedAt <= draft.lastEngagedAt) return;
  draft.lastEngagedAt = engagedAt;
  draft.resting = undefined;
}

function reengaged(disarmed: Draft['disarmed'], engagedAt: number): Draft['disarmed'] {
  for (const rule in disarmed) {
    const entry = disarmed[rule];
    if (entry === undefined || entry.engaged || engagedAt <= entry.at) continue;
    return Object.fromEntries(Object.entries(disarmed).map(([id, one]) => [id, engagedAt > one.at ? { ...one, engaged: true } : one]));
  }
  return disarmed;
}

export function profiled(draft: Draft, { version, traits, consent }: FactOf<'ProfileLearned'>): void {
  draft.profileVersion = version;
  draft.traits = traits;
  draft.consent = consent;
}

export function staged(draft: Draft, { from, to }: FactOf<'StageChanged'>): void {
  draft.stage = to;
  if (from === undefined && draft.began === undefined) draft.began = to;
}

/** Whoever is further than marketing's word needs no sign of it. */
export function qualified(draft: Draft, { to }: FactOf<'QualificationChanged'>): void {
  draft.qualification = to;
  if (to !== 'lead' && to !== 'recycled') draft.signs = undefined;
}

export function signAwaited(draft: Draft, { sign, dueAt }: FactOf<'SignAwaited'>): void {
  const others = without(draft.signs ?? {}, sign);
  const signs = dueAt === undefined ? others : { ...others, [sign]: dueAt };
  draft.signs = Object.keys(signs).length === 0 ? undefined : signs;
}

export function commanded(draft: Draft, { id, answer, recordedAt }: FactOf<'CommandRecorded'>): void {
  draft.ring = pushed(draft.ring, id, recordedAt);
  draft.answers = [...draft.answers.slice(1 - answersKept), [id, answer]];
}

export function refused(draft: Draft, { id, recordedAt }: FactOf<'InputRefused'>): void {
  draft.ring = pushed(draft.ring, id, recordedAt);
}

export function paused(draft: Draft, { by, because, recordedAt }: FactOf<'LeadPaused'>): void {
  draft.paused = { by, because, at: recordedAt };
}

export function unpaused(draft: Draft, { recordedAt }: FactOf<'LeadUnpaused'>): void {
  const held = holdsNurture(draft) ? draft.handOff?.requestedAt : undefined;
  draft.enrolments = thawed(draft.enrolments, draft.paused?.at ?? recordedAt, recordedAt, held);
  draft.paused = undefined;
}

export function suppressed(draft: Draft, { channel, because }: FactOf<'Suppressed'>): void {
  draft.suppressed = { ...draft.suppressed, [channel]: because };
}

export function unsuppressed(draft: Draft, { channel }: FactOf<'Unsuppressed'>): void {
  draft.suppressed = without(draft.suppressed, channel);
}

export function rested(draft: Draft): void {
  draft.resting = true;
}

export function restated(draft: Draft, { state }: FactOf<'LeadRestated'>): void {
  Object.assign(draft, draftOf(state));
}

/** Nothing of the person is left but that they were erased, and the answer to whoever asked for it. */
export function erased(draft: Draft): void {
  const answers = draft.answers.slice(-1);
  Object.assign(draft, draftOf(initial(draft.leadId)));
  draft.answers = answers;
  draft.erased = true;
}
