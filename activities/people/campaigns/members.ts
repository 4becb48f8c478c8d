/** Whom a campaign takes: the members taken down at one moment, who of them is left out and why, and what became of each. Knows no query language. */
import type { MemberState } from '../../../events/campaign-requests';
import type { FactOf } from '../../../workflows/core/facts';
import type { Decision } from '../../../workflows/core/facts';
import type { Client, Database } from '../database';

type Db = Pick<Database, 'query'> | Pick<Client, 'query'>;

/** A `select` of `lead_id`, its values `$1`, `$2`, ... */
export type Selection = { readonly text: string; readonly values: readonly unknown[] };

/**
 * Why a person is left out before being asked; null = may be asked. Whatever else speaks against it, the lead itself answers. Aliases: `l` the lead,
 * `e` its standing.
 */
const leftOut = `case
  when l.id is null or l.erased_at is not null then 'erased'
  when l.merged_into is not null then 'merged with another lead'
  when e.suppressed is not null then 'must not be contacted (' || e.suppressed || ')'
  when l.held then 'paused by an operator'
end`;

/** Those not yet in it, in an order that has nothing to do with who they are. How many were added. */
export async function addMembers(client: Client, campaign: string, { text, values }: Selection): Promise<number> {
  const own = values.length + 1;
  const { rowCount } = await client.query(
    `insert into campaign_member (campaign, lead_id, position)
     select $${own}, m.lead_id, coalesce((select max(position) from campaign_member where campaign = $${own}), 0) + row_number() over (order by md5($${own} || m.lead_id))
       from (${text}) m where not exists (select from campaign_member o where o.campaign = $${own} and o.lead_id = m.lead_id)
     on conflict do nothing`,
    [...values, campaign],
  );
  return rowCount ?? 0;
}

export type Candidate = { readonly lead_id: string; readonly left_out: string | null };

/** The next to be asked, and why they are not. Locked. */
export async function nextMembers(client: Client, campaign: string, most: number): Promise<readonly Candidate[]> {
  const { rows } = await client.query<Candidate>(
    `select m.lead_id, ${leftOut} as left_out
       from (select lead_id, position from campaign_member where campaign = $1 and state = 'waiting' order by position limit $2 for update) m
       left join lead l on l.id = m.lead_id left join email_standing e on e.lead_id = m.lead_id order by m.position`,
    [campaign, most],
  );
  return rows;
}

/** Everybody a selection holds, as if they were members. */
export async function candidates(db: Db, { text, values }: Selection): Promise<readonly Candidate[]> {
  const { rows } = await db.query<Candidate>(
    `select m.lead_id, ${leftOut} as left_out from (${text}) m
       left join lead l on l.id = m.lead_id left join email_standing e on e.lead_id = m.lead_id order by m.lead_id`,
    [...values],
  );
  return rows;
}

/** Asked for a while ago and not answered, those first who wait longest. Locked. */
export async function unanswered(
  client: Client,
  campaign: string,
  state: 'asked' | 'leaving',
  seconds: number,
  most: number,
): Promise<readonly (Candidate & { readonly asks: number })[]> {
  const { rows } = await client.query<Candidate & { readonly asks: number }>(
    `select m.lead_id, m.asks, ${leftOut} as left_out
       from (select lead_id, asks, asked_at from campaign_member
              where campaign = $1 and state = $2 and asked_at < clock_timestamp() - $3 * interval '1 second' order by asked_at limit $4 for update) m
       left join lead l on l.id = m.lead_id left join email_standing e on e.lead_id = m.lead_id order by m.asked_at`,
    [campaign, state, seconds, most],
  );
  return rows;
}

export type Change = { readonly lead_id: string; readonly state: MemberState; readonly because?: string };

export async function changeMembers(client: Client, campaign: string, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  await client.query(
    `update campaign_member m set state = c.state, because = c.because,
        asks = m.asks + case when c.state in ('asked', 'leaving') then 1 else 0 end,
        asked_at = case when c.state in ('asked', 'leaving') then clock_timestamp() else m.asked_at end
       from jsonb_to_recordset($2::jsonb) as c(lead_id text, state text, because text) where m.campaign = $1 and m.lead_id = c.lead_id`,
    [campaign, JSON.stringify(changes)],
  );
}

export async function memberCounts(
  db: Db,
  campaigns: readonly string[],
): Promise<ReadonlyMap<string, Partial<Record<MemberState, number>>>> {
  const { rows } = await db.query<{ campaign: string; state: MemberState; people: number }>(
    'select campaign, state, count(*)::int as people from campaign_member where campaign = any($1) group by 1, 2',
    [campaigns],
  );
  const counts = new Map<string, Partial<Record<MemberState, number>>>(campaigns.map((id) => [id, {}]));
  for (const { campaign, state, people } of rows) {
    const of = counts.get(campaign);
    if (of !== undefined) of[state] = people;
  }
  return counts;
}

type Answered = { readonly lead_id: string; readonly campaign: string; readonly ok: boolean; readonly says: string; readonly word: string };

/** What leads answered a campaign, from their decisions. Repeats change nothing. */
export async function noteAnswers(client: Client, decisions: readonly Decision[]): Promise<void> {
  const answers = decisions.flatMap(({ lead, facts }) =>
    facts.flatMap((fact): Answered[] => {
      const campaign = fact.type === 'CommandRecorded' ? campaignOf(fact) : undefined;
      if (campaign === undefined || fact.type !== 'CommandRecorded') return [];
      return [{ lead_id: lead, campaign, ok: fact.answer.ok, says: fact.answer.says, word: fact.command.word }];
    }),
  );
  if (answers.length === 0) return;
  await client.query(
    `update campaign_member m
        set state = case when a.word = 'leave' then 'left' when a.ok then 'enrolled' else 'refused' end,
            because = case when a.ok then null else left(a.says, 300) end
       from jsonb_to_recordset($1::jsonb) as a(lead_id text, campaign text, ok boolean, says text, word text)
      where m.campaign = a.campaign and m.lead_id = a.lead_id
        and ((a.word = 'enrol' and m.state in ('waiting', 'asked')) or (a.word = 'leave' and m.state = 'leaving'))`,
    [JSON.stringify(answers)],
  );
}

const campaignOf = ({ command }: FactOf<'CommandRecorded'>): string | undefined =>
  command.word === 'enrol' || command.word === 'leave' ? command.campaign : undefined;
