/** Folding of what concerns the person: engagement, profile, commands, pause, suppression, rest, erasure. */
import type { FactOf } from './facts';
import { initial } from './initial';
import { pushed } from './ring';
import type { LeadState } from './state';
import { without } from './without';

/** A repeated command gets its first answer while it is among so many. */
const answersKept = 8;

/** Done to a person or told of them, not done by them. */
const passive: ReadonlySet<string> = new Set(['email.delivered', 'email.bounced', 'email.complained', 'email.unsubscribed', 'deal.lost']);

/** Only what a human did moves a lead. */
export const isEngagement = (actor: string, type: string): boolean => actor === 'human' && !passive.has(type);

export function engaged(state: LeadState, fact: FactOf<'EngagementRecorded'>): LeadState {
  const ring = pushed(state.ring, fact.id, fact.occurredAt);
  if (!isEngagement(fact.actor, fact.event)) return { ...state, at: fact.recordedAt, ring };
  // A clock ahead of ours must not make the lead look busy for ever.
  const engagedAt = Math.min(fact.occurredAt, fact.recordedAt);
  const newer = state.lastEngagedAt === undefined || engagedAt > state.lastEngagedAt;
  const next = {
    ...state,
    at: fact.recordedAt,
    ring,
    lastEngagedAt: newer ? engagedAt : state.lastEngagedAt,
    disarmed: reengaged(state.disarmed, engagedAt),
  };
  return newer && state.resting === true ? without(next, 'resting') : next;
}

function reengaged(disarmed: LeadState['disarmed'], engagedAt: number): LeadState['disarmed'] {
  for (const rule in disarmed) {
    const entry = disarmed[rule];
    if (entry === undefined || entry.engaged || engagedAt <= entry.at) continue;
    return Object.fromEntries(Object.entries(disarmed).map(([id, one]) => [id, engagedAt > one.at ? { ...one, engaged: true } : one]));
  }
  return disarmed;
}

export const profiled = (state: LeadState, fact: FactOf<'ProfileLearned'>): LeadState => ({
  ...state,
  at: fact.recordedAt,
  profileVersion: fact.version,
  traits: fact.traits,
  consent: fact.consent,
});

export const commanded = (state: LeadState, fact: FactOf<'CommandRecorded'>): LeadState => ({
  ...state,
  at: fact.recordedAt,
  ring: pushed(state.ring, fact.id, fact.recordedAt),
  answers: [...state.answers.slice(1 - answersKept), [fact.id, fact.answer]],
});

export const refused = (state: LeadState, fact: FactOf<'InputRefused'>): LeadState => ({
  ...state,
  at: fact.recordedAt,
  ring: pushed(state.ring, fact.id, fact.recordedAt),
});

export const paused = (state: LeadState, { by, because, recordedAt }: FactOf<'LeadPaused'>): LeadState => ({
  ...state,
  at: recordedAt,
  paused: { by, because, at: recordedAt },
});

/** The time of a pause does not count towards the end of a phase: nothing planned is lost to it. */
export function unpaused(state: LeadState, { recordedAt }: FactOf<'LeadUnpaused'>): LeadState {
  const pausedAt = state.paused?.at ?? recordedAt;
  const enrolments = Object.entries(state.enrolments).map(([id, one]) => [
    id,
    { ...one, phaseAt: one.phaseAt + recordedAt - Math.max(pausedAt, one.phaseAt) },
  ]);
  return { ...without(state, 'paused'), at: recordedAt, enrolments: Object.fromEntries(enrolments) };
}

export const suppressed = (state: LeadState, fact: FactOf<'Suppressed'>): LeadState => ({
  ...state,
  at: fact.recordedAt,
  suppressed: { ...state.suppressed, [fact.channel]: fact.because },
});

export const unsuppressed = (state: LeadState, fact: FactOf<'Unsuppressed'>): LeadState => ({
  ...state,
  at: fact.recordedAt,
  suppressed: without(state.suppressed, fact.channel),
});

export const rested = (state: LeadState, { recordedAt }: FactOf<'LeadRested'>): LeadState => ({ ...state, at: recordedAt, resting: true });

export const restated = (_state: LeadState, fact: FactOf<'LeadRestated'>): LeadState => ({
  ...fact.state,
  at: Math.max(fact.state.at, fact.recordedAt),
});

/** What the merged lead brought comes as `LeadRestated`; this says from where. */
export const absorbed = (state: LeadState, { recordedAt }: FactOf<'LeadAbsorbed'>): LeadState => ({ ...state, at: recordedAt });

/** Nothing of the person is left but that they were erased. */
export const erased = (state: LeadState, { recordedAt }: FactOf<'LeadErased'>): LeadState => ({
  ...initial(state.leadId),
  at: recordedAt,
  erased: true,
});
