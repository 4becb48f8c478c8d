/** Where every lead stands by its facts: folds decisions as they are read and names the effects still open. Knows no stream. */
import type { StoredDecision } from '../../activities/ports';
import { fold, initial, outstanding, upcast, type LeadState } from '../../workflows/core';

export type Standing = {
  add(stored: StoredDecision): void;
  readonly decisions: readonly StoredDecision[];
  /** Effects decided and not ended, as `<lead>/<effect>`. */
  open(): readonly string[];
  /** Leads on a sequence, whose next touch may fall due at any moment. */
  enrolled(): readonly string[];
};

export function standing(): Standing {
  const decisions: StoredDecision[] = [];
  const states = new Map<string, LeadState>();
  return {
    decisions,
    add(stored) {
      const { lead, facts } = stored.decision;
      decisions.push(stored);
      states.set(lead, fold(states.get(lead) ?? initial(lead), facts.map(upcast)));
    },
    enrolled: () => [...states].flatMap(([lead, { enrolments }]) => (Object.keys(enrolments).length === 0 ? [] : [lead])),
    open: () => [...states].flatMap(([lead, state]) => outstanding(state).map(({ id }) => `${lead}/${id}`)),
  };
}
