/** Who turned out to be somebody else: the lead's id leads to the one they were merged into. */
import type { Migration } from './index';

export const merges: Migration = {
  name: '009-merge',
  sql: `
    alter table lead add column merged_into text references lead;
    create index lead_merged on lead (merged_into) where merged_into is not null;
  `,
};
