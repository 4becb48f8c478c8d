/** Tables of imports: what was imported on which terms, what people were before, who sold lists, and which column is which. */
import type { Migration } from './index';

export const imports: Migration = {
  name: '006-imports',
  sql: `
    -- One file on its terms; its pieces are the batches <id>/<n>.
    create table import (
      id text primary key,
      file text,
      list text not null,
      source text not null,
      vendor text,
      by text not null,
      sequence text, campaign text,
      -- What the list cost, in hundredths of the currency.
      cost_cents bigint, currency text,
      -- Of a list that may be bought whole later.
      sample boolean not null default false,
      began_at timestamptz not null default now(),
      undone_at timestamptz, undone_by text, undone_because text
    );

    alter table import_row add column import text generated always as (regexp_replace(batch, '/\\d+$', '')) stored;
    create index import_row_import on import_row (import);
    create index import_row_lead on import_row ((outcome->>'leadId'));
    -- The import that gave somebody, known before, this address or number.
    alter table identity add column import text;

    -- Profiles as they were before an import changed them, so that it can be taken back.
    create table import_before (
      import text not null,
      lead_id text not null references lead,
      profile jsonb not null,
      primary key (import, lead_id)
    );
    create index import_before_lead on import_before (lead_id);

    create table vendor (
      id text primary key,
      name text not null,
      -- Sold to us alone, or to others too.
      exclusive boolean,
      -- Who speaks for them, and how the addresses were got.
      reference text, evidence text,
      by text not null,
      added_at timestamptz not null default now()
    );

    -- --map of a source, kept for its next list.
    create table source_mapping (source text primary key, map jsonb not null, by text not null, saved_at timestamptz not null default now());

    -- Two who look alike and are not one, as a person said; the lesser id first.
    create table not_duplicate (
      one text not null, other text not null, by text not null, at timestamptz not null default now(), primary key (one, other)
    );
  `,
};
