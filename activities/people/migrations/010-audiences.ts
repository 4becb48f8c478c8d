/**
 * What audiences are asked by: the summary says how a person reads today, and a table what they did on which day. Both are filled from FACTS, which the
 * projector reads once more from the first message. Columns named `_ms` are the engine's clock.
 */
import type { Migration } from './index';

export const audiences: Migration = {
  name: '010-audiences',
  sql: `
alter table lead_summary
  -- By the model that decides, on the day that read_by names.
  add column score_today integer not null default 0,
  add column grade text not null default 'D',
  add column temperature text not null default 'cold',
  -- 1 to 10 where it is known, and 0 to 10 to the nearest persona.
  add column pain numeric,
  add column fit numeric not null default 0,
  -- The last thing they did themselves, and the first fact of them.
  add column engaged_ms bigint,
  add column known_ms bigint,
  -- What score, grade and temperature are read from.
  add column person jsonb not null default '{}',
  -- UTC day and model of the reading.
  add column read_by text not null default '';
create index lead_summary_read_by on lead_summary (read_by);
create index lead_summary_score on lead_summary (score_today);

-- What people did, summed up per UTC day; content where it was done in a message, else ''.
create table lead_deed (
  lead_id text not null,
  event text not null,
  content text not null,
  day integer not null,
  times integer not null,
  last_ms bigint not null,
  -- Of the events, so that one can be taken back.
  ids text[] not null,
  primary key (lead_id, event, content, day)
);
create index lead_deed_event on lead_deed (event, content, last_ms);
create index send_ledger_content on send_ledger (lead_id, content) where kind = 'lead' and state in ('sent', 'uncertain');

create table audience (
  name text primary key,
  query text not null,
  says text,
  saved_by text not null,
  saved_at timestamptz not null default now()
);

delete from lead_summary;
update projection_checkpoint set seq = 0, as_of_ms = 0 where name = 'lead_summary';
`,
};
