/** What effects of steps ended with, so that one that is tried again answers the same. Codes only. */
import type { Migration } from './index';

export const effectResults: Migration = {
  name: '005-effect-results',
  sql: `
    create table effect_result (
      lead_id text not null,
      -- The same over all tries of a step: <enrolment>.<phase>.<step>.
      key text not null,
      result jsonb not null,
      kept_at timestamptz not null default clock_timestamp(),
      primary key (lead_id, key)
    );
  `,
};
