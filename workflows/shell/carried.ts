/** What a run of the lead's workflow hands to the next one. Knows no rules. */
import type { Input, Position } from '../core';
import type { Decided, OpaqueState } from './decided';
import type { HeldState } from './hold';
import type { Shown } from './shown';

/** What travels over continue-as-new: plain JSON, absolute deadlines. */
export type Carried = {
  readonly state: OpaqueState;
  readonly position: Position;
  readonly inbox: readonly Input[];
  readonly last: Pick<Decided, 'effects' | 'wakeAt' | 'visible' | 'details' | 'resting' | 'erased'>;
  readonly shown: Shown;
  readonly problem?: string;
  readonly problems: number;
  readonly hold?: HeldState;
  /** Asked to read the log and not yet done. */
  readonly look?: true;
};

/** Without what only the moment of deciding needs. */
export const lean = ({ effects, wakeAt, visible, details, resting, erased }: Carried['last']): Carried['last'] => ({
  effects,
  wakeAt,
  visible,
  details,
  resting,
  erased,
});
