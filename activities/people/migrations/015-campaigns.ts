/** Campaigns and whom they take. Columns named `_ms` are the engine's clock. */
import type { Migration } from './index';

export const campaigns: Migration = {
  name: '015-campaigns',
  sql: `
create table campaign (
  id text primary key,
  -- The recurring campaign that this is one round of.
  round_of text references campaign,
  kind text not null check (kind in ('once', 'recurring', 'triggered')),
  sequence text not null,
  settings jsonb not null default '{}',
  -- Who is taken: a query as it was when the campaign was asked for.
  audience text not null,
  per_minute double precision check (per_minute > 0),
  -- Percent of the audience that gets nothing, to compare with.
  holdout integer not null default 0 check (holdout between 0 and 90),
  from_ms bigint,
  until_ms bigint,
  -- When a recurring one begins its rounds: a cron line.
  cron text,
  -- asked: waits for a second person; ending: those it had enrolled are taken out.
  state text not null check (state in ('asked', 'running', 'ending', 'stopped', 'done')),
  by text not null,
  because text not null,
  asked_ms bigint not null,
  approved_by text,
  ended_by text,
  ended_because text,
  -- Members are taken down once; a triggered one looks for more.
  frozen_ms bigint,
  looked_ms bigint,
  -- The next enrolment may be asked for from then on: keeps the rate over restarts.
  next_ms bigint not null default 0
);

create table campaign_member (
  campaign text not null references campaign,
  lead_id text not null,
  -- The order of enrolment, without regard to who was known first.
  position bigint not null,
  -- asked: the lead has been asked to enter and has not answered.
  state text not null default 'waiting' check (state in ('waiting', 'asked', 'enrolled', 'refused', 'left-out', 'held-out', 'leaving', 'left')),
  because text,
  asks integer not null default 0,
  -- This database's clock.
  asked_at timestamptz,
  primary key (campaign, lead_id)
);
create index campaign_member_open on campaign_member (campaign, state, position);
create index campaign_member_lead on campaign_member (lead_id);
`,
};
