/** Tables of the people store: who leads are, what they agreed to, who must not be contacted, who sells to them. Moments named `_ms` are the engine's clock. */

export const people = {
  name: '001-people',
  sql: `
create table installation (
  one boolean primary key default true check (one),
  -- Keyed hash of a constant: tells whether RIPEN_SECRET is the one the suppression keys were made with.
  secret_check text not null
);

create table lead (
  id text primary key check (id ~ '^[A-Za-z0-9_-]{1,64}$'),
  -- Suppression key of the lead itself, for people without an address.
  key text not null,
  source text,
  created_at timestamptz not null default now(),
  erased_at timestamptz,
  held boolean not null default false,
  -- Grows by one with every change of traits or consent that the lead's workflow is told.
  profile_version integer not null default 0,
  traits jsonb not null default '{}',
  consent jsonb not null default '{}'
);

create table profile (
  lead_id text primary key references lead,
  first_name text, last_name text, name text, company text, title text, industry text, employees text, website text,
  phone text, street text, city text, region text, postal_code text, country text,
  zone text, zone_guessed boolean not null default false, language text,
  interest text, purchase text, source text,
  customer boolean not null default false,
  extra jsonb not null default '{}',
  -- The import that wrote it last, and the row of it that made or changed the person.
  import text, import_row integer,
  updated_at timestamptz not null default now()
);

create table identity (
  kind text not null check (kind in ('email', 'phone', 'external', 'anonymous')),
  -- Normal form: what makes two spellings one person.
  value text not null,
  -- Inserted before its lead, because whoever gets the identity makes the lead.
  lead_id text not null references lead deferrable initially deferred,
  -- As mail and calls go out.
  written text not null,
  -- Suppression keys of the identity and of its domain.
  key text not null,
  domain_key text,
  -- The one of its kind that is written to.
  sends boolean not null default true,
  created_at timestamptz not null default now(),
  primary key (kind, value)
);
create unique index identity_sends on identity (lead_id, kind) where sends and kind in ('email', 'phone');
create index identity_lead on identity (lead_id);
create index identity_key on identity (key);
create index identity_domain on identity (domain_key) where domain_key is not null;

-- Identities of erased people as keyed hashes: their events are refused, not taken for a stranger's.
create table erased_identity (key text primary key, erased_at timestamptz not null default now());

-- Evidence; the newest row of a channel says what holds.
create table consent (
  id bigint generated always as identity primary key,
  lead_id text not null references lead,
  channel text not null,
  state text not null check (state in ('granted', 'withdrawn')),
  text text,
  obtained_ms bigint not null,
  source text not null,
  evidence text not null,
  by text not null,
  recorded_at timestamptz not null default now(),
  unique (lead_id, channel, state, source, evidence)
);

-- Survives erasure: keys are keyed hashes of an address, phone number, domain or lead.
create table suppression (
  id bigint generated always as identity primary key,
  key text not null,
  channel text not null check (channel in ('email', 'all')),
  -- opt-out stops marketing, everything else stops service too.
  kind text not null check (kind in ('opt-out', 'bounce', 'complaint', 'operator', 'erasure')),
  because text not null,
  at_ms bigint not null,
  by text not null,
  recorded_at timestamptz not null default now(),
  lifted_at timestamptz, lifted_by text, lifted_because text
);
create unique index suppression_open on suppression (key, channel, kind) where lifted_at is null;

create table rep (
  id text primary key,
  name text not null,
  email text not null,
  active boolean not null default true,
  -- Who has the lowest is next.
  turn bigint not null default 0,
  last_assigned_at timestamptz,
  added_by text not null,
  created_at timestamptz not null default now()
);
create unique index rep_email on rep (lower(email));
create sequence rep_turn;

create table hand_off (
  lead_id text not null,
  number integer not null,
  rule text,
  rep_id text not null,
  status text not null check (status in ('offered', 'accepted', 'contacted', 'rejected', 'won', 'lost', 'withdrawn')),
  status_ms bigint not null,
  accept_by_ms bigint,
  contact_by_ms bigint,
  history jsonb not null default '[]',
  primary key (lead_id, number)
);
create index hand_off_rep on hand_off (rep_id, status);

create table import_batch (batch text primary key, list text not null, source text not null, by text not null, imported_at timestamptz not null default now());
create table import_row (batch text not null references import_batch, row integer not null, outcome jsonb not null, primary key (batch, row));
create table list_member (list text not null, lead_id text not null references lead, added_at timestamptz not null default now(), primary key (list, lead_id));

-- Written with the change it tells of, deleted when the stream has it.
create table outbox (
  seq bigint generated always as identity primary key,
  id text not null unique,
  type text not null,
  data jsonb not null,
  created_at timestamptz not null default now()
);

create table anonymous (id text primary key, lead_id text references lead, claimed_at timestamptz);
-- What visitors did before they said who they are. Credited rows stay, so that a redelivered event is not credited again.
create table anonymous_event (
  anonymous_id text not null references anonymous on delete cascade,
  event_id text not null,
  input jsonb not null,
  kept_at timestamptz not null default now(),
  primary key (anonymous_id, event_id)
);

-- May this person be mailed? One row a lead; 'suppressed' names the strictest reason.
create view email_standing as
select l.id as lead_id, l.held, l.erased_at is not null as erased, i.written as address,
  coalesce((select c.state from consent c where c.lead_id = l.id and c.channel = 'email'
            order by c.obtained_ms desc, c.state desc, c.id desc limit 1), 'none') as consent,
  (select s.kind from suppression s
    where s.lifted_at is null and s.key in (l.key, i.key, i.domain_key)
    order by array_position(array['erasure', 'complaint', 'bounce', 'operator', 'opt-out'], s.kind) limit 1) as suppressed
from lead l left join identity i on i.lead_id = l.id and i.kind = 'email' and i.sends;
`,
} as const;
