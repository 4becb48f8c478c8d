/** A new version of the coded profile: traits, consent, and what follows for grade and qualification. */
import { record } from './deciding';
import type { Deciding } from './deciding';
import { replanning } from './enrolment-data';
import type { Input } from './inputs';
import { placeAll } from './matrix';
import { qualify } from './qualification';
import { scoreProfile } from './rule-points';

export function takeProfiled(deciding: Deciding, { version, occurredAt, traits, consent }: Extract<Input, { kind: 'profiled' }>): void {
  if (version <= deciding.state.profileVersion) return;
  replanning(deciding, 'the profile changed', () =>
    record(deciding, { v: 1, type: 'ProfileLearned', occurredAt, recordedAt: deciding.now, version, traits, consent }),
  );
  qualify(deciding, 'lead', 'known by name');
  if (traits.customer === true) qualify(deciding, 'customer', 'a customer in the profile');
  scoreProfile(deciding);
  placeAll(deciding);
}
