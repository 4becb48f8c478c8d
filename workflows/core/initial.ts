/** A lead nobody has heard of yet. */
import { emptyMemory } from './content-memory';
import { emptyRing } from './ring';
import type { LeadState } from './state';

export const initial = (leadId: string): LeadState => ({
  v: 1,
  leadId,
  at: 0,
  ring: emptyRing,
  answers: [],
  qualification: 'suspect',
  traits: {},
  consent: {},
  profileVersion: 0,
  suppressed: {},
  deeds: {},
  sentAt: [],
  had: emptyMemory,
  scores: {},
  enrolments: {},
  past: {},
  enrolmentCount: 0,
  handOffCount: 0,
  disarmed: {},
  effects: {},
  uncertain: [],
});
