/** What may stop a send at the last moment, in SQL: read of the person and of what is held in the same statement that takes the call. Knows no row of the ledger but `s`. */

/** Always one row, also for an unknown lead: the person's standing by the newest evidence. */
export const standingOf = (leadId: string): string => `
  select e.* from (select ${leadId}::text as id) wanted left join email_standing e on e.lead_id = wanted.id`;

/** Why the ledger row `s` must not be called for the person `p` at the engine's moment `now`; null = nothing objects. The first that applies. */
export const objectionAt = (now: string): string => `case
  when s.kind = 'rep' then null
  when p.address is null then 'no-address'
  when p.erased or (p.suppressed is not null and (s.purpose = 'marketing' or p.suppressed <> 'opt-out')) then 'suppressed'
  when s.purpose = 'marketing' and p.consent <> 'granted' then 'consent'
  when p.held then 'paused'
  when exists (select from sending_hold h where h.scope = '*') then 'sending-stopped'
  when exists (select from sending_hold h where h.scope = s.campaign) then 'campaign-paused'
  when s.not_after < ${now}::bigint then 'expired'
  when s.account_people is not null and s.account_people <= (
    select count(distinct o.lead_id) from lead me
      join lead colleague on colleague.traits->>'account' = me.traits->>'account' and colleague.id <> me.id
      join send_ledger o on o.lead_id = colleague.id and o.purpose = 'marketing' and o.kind = 'lead' and o.state in ('calling', 'sent', 'uncertain')
     where me.id = s.lead_id and o.called_ms > ${now}::bigint - s.account_ms) then 'account-cap'
end`;
