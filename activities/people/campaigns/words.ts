/** What people say about a campaign: start it, approve, pause, resume, stop. In force when the transaction ends. Knows no workflow. */
import type { CampaignPlan, CampaignVerbs, SendingHold } from '../../../events/campaign-requests';
import { inCohort } from '../../../workflows/core/lots';
import type { Client } from '../database';
import { freeSending, holdSending } from '../sending-holds';
import { candidates, memberCounts } from './members';
import { insertCampaign, lockCampaign, planOf } from './row';
import type { CampaignRow } from './row';
import type { StepDeps } from './step';
import { campaignTerms } from './terms';

export type Refused = { readonly refused: string };
type WordDeps = Pick<StepDeps, 'db' | 'now' | 'select'>;
type Ask<V extends keyof CampaignVerbs> = CampaignVerbs[V]['ask'];
type Reply<V extends keyof CampaignVerbs> = CampaignVerbs[V]['reply'];

/** Who would be taken as things are. */
export async function draftCampaign(
  { db, now, select }: WordDeps,
  { plan, sample }: Ask<'campaignDraft'>,
): Promise<Reply<'campaignDraft'>> {
  const { approveAbove } = await campaignTerms(db);
  const people = await candidates(db, await select(db, plan.audience, now()));
  const leftOut: Record<string, number> = {};
  const asked: string[] = [];
  let heldOut = 0;
  for (const { lead_id: leadId, left_out: because } of people) {
    if (because !== null) leftOut[because] = (leftOut[because] ?? 0) + 1;
    else if (inCohort(leadId, { name: plan.id, percent: plan.holdout ?? 0 })) heldOut += 1;
    else asked.push(leadId);
  }
  const every = Math.max(1, asked.length / Math.max(1, sample));
  const spread = Array.from({ length: Math.min(sample, asked.length) }, (_, at) => asked[Math.floor(at * every)] ?? '');
  return { matched: people.length, leftOut, heldOut, asked: asked.length, sample: spread, approveAbove };
}

export async function startCampaign(
  { db, now, select }: WordDeps,
  { plan, by, because }: Ask<'campaignStart'>,
): Promise<Reply<'campaignStart'> | Refused> {
  const matched = (await candidates(db, await select(db, plan.audience, now()))).length;
  const { approveAbove } = await campaignTerms(db);
  return db.transaction(async (client) => {
    const known = await lockCampaign(client, plan.id);
    if (known !== undefined)
      return same(planOf(known), plan)
        ? { as: 'unchanged' as const, matched }
        : { refused: `There is a campaign "${plan.id}" already, and it is another one; choose a name of its own.` };
    const { rows } = await client.query(`select from published where kind = 'plan' and id = $1`, [plan.sequence.split('@', 1)[0]]);
    if (rows.length === 0) return { refused: `There is no sequence "${plan.sequence}"; \`ripen sequences publish\` first.` };
    const state = matched > approveAbove ? 'asked' : 'running';
    await insertCampaign(client, plan, { state, by, because, at: now() });
    return { as: state === 'asked' ? 'asked' : ('begun' as const), matched };
  });
}

/** Key order does not matter. */
const same = (one: CampaignPlan, other: CampaignPlan): boolean => {
  const flat = ({ settings = {}, ...rest }: CampaignPlan): string =>
    JSON.stringify([...Object.entries(rest), ...Object.entries(settings).map(([key, value]) => [`settings.${key}`, value])].sort());
  return flat(one) === flat(other);
};

export async function sayToCampaign(
  { db, now }: Pick<WordDeps, 'db' | 'now'>,
  { id, word, by, because, letFinish }: Ask<'campaignWord'>,
): Promise<Reply<'campaignWord'> | undefined> {
  return db.transaction(async (client) => {
    const row = await lockCampaign(client, id);
    const hold = { because: 'operator', says: because, by, sinceAt: now() };
    if (row === undefined) return (await isLabel(client, id)) ? sayToLabel(client, id, word, hold) : undefined;
    if (row.state === 'stopped' || (row.state === 'ending' && word !== 'stop')) return { ok: false, says: `Campaign ${id} is stopped.` };
    switch (word) {
      case 'approve':
        return approve(client, row, by);
      case 'pause':
        return pause(client, id, await withRounds(client, row), hold);
      case 'resume':
        return resume(client, id, await withRounds(client, row), now());
      case 'stop':
        return stop(client, row, { by, because, letFinish: letFinish === true, at: now() });
    }
  });
}

/** Of a recurring campaign its rounds, too. */
async function withRounds(client: Client, { id }: CampaignRow): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>('select id from campaign where id = $1 or round_of = $1', [id]);
  return rows.map((row) => row.id);
}

/** An import or a single enrolment may give people a campaign's name, too; its messages are judged and held like those of any other. */
async function isLabel(client: Client, id: string): Promise<boolean> {
  const { rows } = await client.query(
    'select from send_ledger where campaign = $1 union all select from sending_hold where scope = $1 limit 1',
    [id],
  );
  return rows.length > 0;
}

function sayToLabel(
  client: Client,
  id: string,
  word: Ask<'campaignWord'>['word'],
  hold: Omit<SendingHold, 'scope'>,
): Promise<Reply<'campaignWord'>> {
  if (word === 'pause') return pause(client, id, [id], hold);
  if (word === 'resume') return resume(client, id, [id], hold.sinceAt);
  return Promise.resolve({ ok: false, says: `"${id}" is a name that enrolments were given; it can be paused and resumed.` });
}

async function pause(
  client: Client,
  id: string,
  scopes: readonly string[],
  hold: Omit<SendingHold, 'scope'>,
): Promise<Reply<'campaignWord'>> {
  let held = false;
  for (const scope of scopes) held = (await holdSending(client, { scope, ...hold })) || held;
  return held
    ? { ok: true, says: `Campaign ${id} is paused: nobody more is enrolled, and none of its messages begins.` }
    : { ok: false, says: `Campaign ${id} is paused already.` };
}

async function resume(client: Client, id: string, scopes: readonly string[], at: number): Promise<Reply<'campaignWord'>> {
  let freed = false;
  for (const scope of scopes) freed = (await freeSending(client, scope, at)) || freed;
  return freed
    ? { ok: true, says: `Campaign ${id} goes on; messages that waited go within the hour.` }
    : { ok: false, says: `Campaign ${id} is not paused.` };
}

async function approve(client: Client, { id, state, by: asker }: CampaignRow, by: string): Promise<Reply<'campaignWord'>> {
  if (state !== 'asked') return { ok: false, says: `Campaign ${id} waits for nobody's approval.` };
  if (by === asker) return { ok: false, says: `${by} asked for campaign ${id}; somebody else has to approve it.` };
  await client.query(`update campaign set state = 'running', approved_by = $2 where id = $1`, [id, by]);
  return { ok: true, says: `Campaign ${id} is approved and begins.` };
}

type Stopping = { readonly by: string; readonly because: string; readonly letFinish: boolean; readonly at: number };

/** Rounds of a recurring campaign stop with it. */
async function stop(client: Client, row: CampaignRow, { by, because, letFinish, at }: Stopping): Promise<Reply<'campaignWord'>> {
  const { rows } = await client.query<{ id: string }>(
    `update campaign set state = case when $4 or state = 'asked' then 'stopped' else 'ending' end, ended_by = $2, ended_because = $3
      where (id = $1 or round_of = $1) and state <> 'stopped' and ($4 is false or state <> 'done') returning id`,
    [row.id, by, because, letFinish],
  );
  for (const { id } of rows) await freeSending(client, id, at);
  if (letFinish)
    await client.query(
      `update campaign_member set state = 'left-out', because = 'the campaign was stopped' where campaign = any($1) and state = 'waiting'`,
      [rows.map(({ id }) => id)],
    );
  const counts = await memberCounts(
    client,
    rows.map(({ id }) => id),
  );
  const enrolled = [...counts.values()].reduce((sum, { enrolled: inside = 0 }) => sum + inside, 0);
  return {
    ok: true,
    says: letFinish
      ? `Campaign ${row.id} takes nobody more; ${enrolled} who are in go on.`
      : `Campaign ${row.id} is stopped; ${enrolled} who are in leave its sequence.`,
  };
}
