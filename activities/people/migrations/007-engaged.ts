/** The summary says when somebody was last active, so the projector reads FACTS once more from the first message. */
import type { Migration } from './index';

export const engaged: Migration = {
  name: '007-engaged',
  sql: `
    delete from lead_summary;
    update projection_checkpoint set seq = 0, as_of_ms = 0 where name = 'lead_summary';
  `,
};
