/** A state under construction: its own fields may be set, what they hold is never changed in place. One copy serves a whole fold. */
import type { LeadState } from './state';

export type Draft = { -readonly [K in keyof LeadState]: LeadState[K] };

/** Every field by name: objects of one shape are what makes folding fast (a spread of so many fields costs a microsecond). */
export const draftOf = (state: LeadState): Draft => ({
  v: state.v,
  leadId: state.leadId,
  at: state.at,
  ring: state.ring,
  answers: state.answers,
  stage: state.stage,
  began: state.began,
  qualification: state.qualification,
  signs: state.signs,
  bant: state.bant,
  pain: state.pain,
  traits: state.traits,
  consent: state.consent,
  profileVersion: state.profileVersion,
  paused: state.paused,
  suppressed: state.suppressed,
  lastEngagedAt: state.lastEngagedAt,
  deeds: state.deeds,
  knownAt: state.knownAt,
  silences: state.silences,
  sentAt: state.sentAt,
  had: state.had,
  scores: state.scores,
  enrolments: state.enrolments,
  past: state.past,
  enrolmentCount: state.enrolmentCount,
  handOff: state.handOff,
  handOffCount: state.handOffCount,
  disarmed: state.disarmed,
  effects: state.effects,
  uncertain: state.uncertain,
  unsure: state.unsure,
  arms: state.arms,
  resting: state.resting,
  erased: state.erased,
});
