/** What keeps messages from going out: a stop for everybody, or a campaign that is paused. Columns named `_ms` are the engine's clock. */
import type { Migration } from './index';

export const sendingHolds: Migration = {
  name: '011-sending-holds',
  sql: `
create table sending_hold (
  -- '*' for everything, else the name of a campaign.
  scope text primary key,
  -- A code where the engine did it by itself, else 'operator'.
  because text not null,
  says text not null,
  by text not null,
  since_ms bigint not null
);
-- The engine judges a campaign by what it sent after this moment: whoever let it go on has seen what was before.
create table sending_judged (
  scope text primary key,
  from_ms bigint not null
);
create index send_ledger_campaign on send_ledger (campaign, called_ms) where campaign is not null;
`,
};
