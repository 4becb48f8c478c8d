/** Who may do what at the command line: credentials by name, each with its role. */
import type { Migration } from './index';

export const access: Migration = {
  name: '016-access',
  sql: `
create table credential (
  id bigint generated always as identity primary key,
  name text not null,
  role text not null check (role in ('marketer', 'rep', 'manager', 'operator')),
  -- SHA-256 of the token, which is random and kept nowhere.
  token text not null unique,
  given_by text not null,
  given_at timestamptz not null default now(),
  -- To the hour.
  used_at timestamptz,
  ended_by text,
  ended_at timestamptz
);
create unique index credential_name on credential (name) where ended_at is null;
`,
};
