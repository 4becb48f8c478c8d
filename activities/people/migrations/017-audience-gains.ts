/** What audiences ask of points and lots: points by the day from which they were gained, and the lot a person falls into. */
import type { Migration } from './index';

export const audienceGains: Migration = {
  name: '017-audience-gains',
  sql: `
-- [[UTC day, thousandths gained from it on], ...], ascending; the reading of everybody is repeated once.
alter table lead_summary add column gains jsonb not null default '[]';
update lead_summary set read_by = '';

-- As lotOf of the core: FNV-1a with the final mixing of MurmurHash3, 0 to 99. Both texts are ASCII.
create function lot_of(lead_id text, name text) returns integer language plpgsql immutable parallel safe as $$
declare
  h bigint := 2166136261;
  said bytea := convert_to(lead_id || '/' || name, 'UTF8');
begin
  for place in 0 .. length(said) - 1 loop
    h := ((h # get_byte(said, place)) * 16777619) & 4294967295;
  end loop;
  h := h # (h >> 16);
  h := ((((h * 34283) & 65535) << 16) + h * 51819) & 4294967295;
  h := h # (h >> 13);
  h := ((((h * 49842) & 65535) << 16) + h * 44597) & 4294967295;
  h := h # (h >> 16);
  return h % 100;
end $$;
`,
};
