/** Tables of delivery: the send ledger and the published versions. */
import type { Migration } from './index';

export const delivery: Migration = {
  name: '002-delivery',
  sql: `
    create table send_ledger (
      lead_id text not null,
      effect text not null,
      -- 'rep': a mail to a rep about the lead; the checks that protect leads do not apply.
      kind text not null check (kind in ('lead', 'rep')),
      content text not null,
      channel text not null default 'email',
      purpose text not null default 'service' check (purpose in ('marketing', 'service')),
      campaign text,
      -- Epoch ms on the engine's clock.
      not_after bigint,
      state text not null default 'reserved'
        check (state in ('reserved', 'calling', 'sent', 'refused', 'unavailable', 'uncertain', 'withheld', 'withdrawn')),
      because text,
      permanent boolean,
      -- id@version#digest of what was rendered.
      sent_content text,
      -- This database's clock; only while calling.
      lease_until timestamptz,
      reserved_at timestamptz not null default clock_timestamp(),
      changed_at timestamptz not null default clock_timestamp(),
      primary key (lead_id, effect)
    );
    create index send_ledger_open on send_ledger (changed_at) where state in ('calling', 'uncertain');

    create table published (
      -- Readers follow it; publishers are serialised, so a later number is never seen before an earlier one.
      seq bigint generated always as identity primary key,
      kind text not null check (kind in ('plan', 'model', 'settings', 'content')),
      id text not null,
      version integer not null check (version > 0),
      digest text not null,
      -- json, not jsonb: the order of phases has a meaning.
      body json not null,
      published_by text not null,
      published_at timestamptz not null default now(),
      unique (kind, id, version)
    );
  `,
};
