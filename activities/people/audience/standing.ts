/**
 * The standing of everybody's address as the view `email_standing` says it of one person, by joins over all instead of looks at each: a list of people is asked
 * as a whole. Knows no question.
 */
const kinds = `array['erasure', 'complaint', 'bounce', 'operator', 'opt-out']`;
const strictest = `(select key, min(array_position(${kinds}, kind)) as place from suppression where lifted_at is null group by key)`;

/** Makes `e (address, consent, suppressed)` of the lead `l`. */
export const standingJoins = `
  left join identity own on own.lead_id = l.id and own.kind = 'email' and own.sends
  left join (select distinct on (lead_id) lead_id, state from consent where channel = 'email'
              order by lead_id, obtained_ms desc, state desc, id desc) word on word.lead_id = l.id
  left join ${strictest} of_lead on of_lead.key = l.key
  left join ${strictest} of_address on of_address.key = own.key
  left join ${strictest} of_domain on of_domain.key = own.domain_key
  cross join lateral (select own.written as address, coalesce(word.state, 'none') as consent,
                             (${kinds})[least(of_lead.place, of_address.place, of_domain.place)] as suppressed) e`;
