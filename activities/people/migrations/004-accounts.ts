/** Accounts: who of one was active when, what its members were told, and what a cap per account counts. */
import type { Migration } from './index';

export const accounts: Migration = {
  name: '004-accounts',
  sql: `
    -- When each member was last active; epoch ms on the engine's clock.
    create table account_engagement (
      account text not null,
      lead_id text not null references lead,
      at_ms bigint not null,
      primary key (account, lead_id)
    );
    -- The last moment the members were told how many of them are active, so that reading the log again tells nobody twice.
    create table account_told (account text primary key, people integer not null, at_ms bigint not null);
    create index lead_account on lead ((traits->>'account')) where erased_at is null;

    -- At most so many people of an account in such a span, engine's clock; counted where the call is taken.
    alter table send_ledger add column account_people integer, add column account_ms bigint, add column called_ms bigint;
  `,
};
