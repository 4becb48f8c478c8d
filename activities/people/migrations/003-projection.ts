/** Tables the projector fills from FACTS; they can be dropped and rebuilt at any time. Columns named `_ms` are the engine's clock. */
import type { Migration } from './index';

export const projection: Migration = {
  name: '003-projection',
  sql: `
create table lead_summary (
  lead_id text primary key,
  stage text,
  qualification text not null,
  -- 1..100, 0 for nothing seen.
  score integer not null,
  -- Ids of the sequences the lead is in, separated by a space.
  sequence text not null,
  problem text,
  last_fact_ms bigint not null,
  -- Stream sequence of the last decision that is in the row.
  seq bigint not null,
  -- What the next decision is folded into.
  folded jsonb not null
);
create index lead_summary_stage on lead_summary (stage, qualification);
create index lead_summary_problem on lead_summary (problem) where problem is not null;

create table projection_checkpoint (
  name text primary key,
  -- Last stream sequence whose effect is in the tables: written in the same transaction as they are.
  seq bigint not null,
  as_of_ms bigint not null
);
insert into projection_checkpoint (name, seq, as_of_ms) values ('lead_summary', 0, 0);
`,
};
