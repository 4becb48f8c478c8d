/** The gate every hand-off passes once before a rep is asked. Columns named `_ms` are the engine's clock. */
import type { Migration } from './index';

export const handOffBrake: Migration = {
  name: '008-hand-off-brake',
  sql: `
create table hand_off_gate (
  lead_id text not null,
  number integer not null,
  rule text not null,
  state text not null check (state in ('passed', 'held', 'released', 'dropped')),
  -- When it came to the gate.
  at_ms bigint not null,
  answered_by text,
  primary key (lead_id, number)
);
create index hand_off_gate_at on hand_off_gate (at_ms);
create index hand_off_gate_held on hand_off_gate (at_ms) where state = 'held';
`,
};
