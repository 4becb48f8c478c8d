/**
 * One step of a campaign: takes its members down, asks the next of them to enter, and says when to come again. A transaction each, so that a step that
 * is killed or repeated asks nobody twice and passes nobody over. Knows no workflow and no query language.
 */
import { hash64 } from '../../../events/hashes';
import { inCohort } from '../../../workflows/core/lots';
import type { Client, Database } from '../database';
import { writeOutbox } from '../outbox';
import { allSending } from '../sending-holds';
import { addMembers, changeMembers, memberCounts, nextMembers, unanswered } from './members';
import type { Candidate, Change, Selection } from './members';
import { lockCampaign } from './row';
import type { CampaignRow } from './row';
import { standing } from './standing';
import type { Standing, Why } from './standing';

export type StepDeps = {
  readonly db: Database;
  readonly secret: string;
  /** Engine's clock. */
  readonly now: () => number;
  /** Who the query means at a moment of the engine's clock. */
  readonly select: (client: Pick<Client, 'query'>, audience: string, at: number) => Promise<Selection>;
  /** Called after something was written to the outbox. */
  readonly written?: () => void;
};

export type { Standing } from './standing';

/** At most so many are asked and have not answered: what is urgent must not wait behind a campaign. */
const window = 1_000;
const lot = 250;
const minuteMs = 60_000;
/** With a rate, people are asked in lots of about this long. */
const sliceMs = 15_000;
const lookEveryMs = 5 * minuteMs;
/** An answer that does not come is asked for again, so often. */
const patienceSeconds = 900;
const mostAsks = 8;

/** `undefined` for an unknown campaign. */
export async function campaignStep(deps: StepDeps, id: string): Promise<Standing | undefined> {
  const made = await deps.db.transaction(async (client) => {
    const row = await lockCampaign(client, id);
    return row === undefined ? undefined : step(deps, client, row);
  });
  if (made !== undefined && made.asked > 0) deps.written?.();
  return made;
}

async function step(deps: StepDeps, client: Client, row: CampaignRow): Promise<Standing> {
  const now = deps.now();
  const told = async (why: Why, asked = 0): Promise<Standing> => standing(client, row.id, why, asked);
  if (row.state === 'asked') return told({ as: 'asked' });
  if (row.state === 'stopped' || row.state === 'done') return told({ as: row.state, because: row.ended_because ?? '' });
  if (row.state === 'ending') return leave(deps, client, row);
  const held = await heldBy(client, row);
  if (held !== undefined) return told({ as: 'paused', because: held });
  if (row.from_ms !== null && now < row.from_ms) return told({ as: 'early', at: row.from_ms });
  if (row.until_ms !== null && now >= row.until_ms) return over(client, row, 'its time was over');
  await takeDown(deps, client, row, now);
  const asked = await ask(deps, client, row, now);
  const { waiting = 0, asked: open = 0 } = (await memberCounts(client, [row.id])).get(row.id) ?? {};
  if (waiting > 0 || open > 0) return told({ as: 'running', at: waiting > 0 ? asked.comeAt : now + 5_000 }, asked.people);
  if (row.kind === 'triggered') return told({ as: 'looking', at: now + lookEveryMs }, asked.people);
  return over(client, row, 'everybody was asked');
}

async function heldBy(client: Client, { id, round_of }: CampaignRow): Promise<string | undefined> {
  const { rows } = await client.query<{ says: string; scope: string }>(
    'select says, scope from sending_hold where scope = any($1) order by scope',
    [[allSending, id, round_of]],
  );
  const [hold] = rows;
  return hold === undefined ? undefined : hold.scope === allSending ? `all sending is stopped: ${hold.says}` : hold.says;
}

/** Once; a triggered campaign looks for newcomers every five minutes. */
async function takeDown({ select }: StepDeps, client: Client, row: CampaignRow, now: number): Promise<void> {
  const due = row.frozen_ms === null || (row.kind === 'triggered' && now >= (row.looked_ms ?? 0) + lookEveryMs);
  if (!due) return;
  await addMembers(client, row.id, await select(client, row.audience, now));
  await client.query('update campaign set frozen_ms = coalesce(frozen_ms, $2), looked_ms = $2 where id = $1', [row.id, now]);
}

async function ask(
  deps: StepDeps,
  client: Client,
  row: CampaignRow,
  now: number,
): Promise<{ readonly people: number; readonly comeAt: number }> {
  const again = await unanswered(client, row.id, 'asked', patienceSeconds, lot);
  await put(deps, client, row, again);
  const { asked: open = 0 } = (await memberCounts(client, [row.id])).get(row.id) ?? {};
  const room = Math.max(0, Math.min(lot, window - open));
  const { most, nextAt } = allowance(row, now, room);
  const next = await nextMembers(client, row.id, most);
  const people = await put(deps, client, row, next);
  await client.query('update campaign set next_ms = $2 where id = $1', [row.id, nextAt]);
  const comeAt = room === 0 ? now + 2_000 : row.per_minute === null ? now : Math.max(nextAt, now + sliceMs);
  return { people: people + again.length, comeAt };
}

/** What a pause or a restart held up is not caught up with: the rate holds. */
function allowance({ per_minute, next_ms }: CampaignRow, now: number, room: number): { readonly most: number; readonly nextAt: number } {
  if (per_minute === null) return { most: room, nextAt: now };
  const gap = minuteMs / per_minute;
  const from = Math.max(next_ms, now - sliceMs);
  const most = Math.max(0, Math.min(room, Math.floor((now - from) / gap) + (from <= now ? 1 : 0)));
  return { most, nextAt: from + most * gap };
}

/** Asks them to enter, or says why not. How many were asked. */
async function put(
  deps: StepDeps,
  client: Client,
  row: CampaignRow,
  people: readonly (Candidate & { readonly asks?: number })[],
): Promise<number> {
  const changes = people.map((one): Change => {
    if (one.left_out !== null) return { lead_id: one.lead_id, state: 'left-out', because: one.left_out };
    if (inCohort(one.lead_id, { name: row.round_of ?? row.id, percent: row.holdout })) return { lead_id: one.lead_id, state: 'held-out' };
    if ((one.asks ?? 0) >= mostAsks) return { lead_id: one.lead_id, state: 'left-out', because: 'the lead gave no answer' };
    return { lead_id: one.lead_id, state: 'asked' };
  });
  const asked = changes.filter(({ state }) => state === 'asked');
  const asksOf = new Map(people.map(({ lead_id, asks = 0 }) => [lead_id, asks]));
  await writeOutbox(
    client,
    asked.map(({ lead_id: leadId }) => {
      const commandId = hash64(deps.secret, 'campaign', row.id, leadId);
      const settings = Object.keys(row.settings).length === 0 ? {} : { settings: row.settings };
      const data = { leadId, sequence: row.sequence, campaign: row.id, ...settings, by: row.by, because: `campaign ${row.id}`, commandId };
      return { type: 'enrolment.asked' as const, data, id: `campaign:${commandId}:${asksOf.get(leadId) ?? 0}` };
    }),
  );
  await changeMembers(client, row.id, changes);
  return asked.length;
}

async function over(client: Client, row: CampaignRow, because: string): Promise<Standing> {
  await client.query(`update campaign_member set state = 'left-out', because = $2 where campaign = $1 and state = 'waiting'`, [
    row.id,
    because,
  ]);
  await client.query(`update campaign set state = 'done', ended_because = $2 where id = $1`, [row.id, because]);
  return standing(client, row.id, { as: 'done', because }, 0);
}

/** A campaign that was stopped takes those out whom it brought in. */
async function leave(deps: StepDeps, client: Client, row: CampaignRow): Promise<Standing> {
  const why = row.ended_because ?? '';
  await client.query(
    `update campaign_member set state = 'left-out', because = 'the campaign was stopped' where campaign = $1 and state = 'waiting'`,
    [row.id],
  );
  const again = await unanswered(client, row.id, 'leaving', patienceSeconds, lot);
  const { rows: first } = await client.query<{ lead_id: string }>(
    `select lead_id from campaign_member where campaign = $1 and (state = 'enrolled' or (state = 'asked' and asked_at < clock_timestamp() - interval '1 minute'))
      order by position limit $2 for update`,
    [row.id, lot],
  );
  const tired = again.filter(({ asks }) => asks >= 2 * mostAsks);
  const leaving = [...again.filter((one) => !tired.includes(one)), ...first.map((one) => ({ ...one, asks: 0 }))];
  await writeOutbox(
    client,
    leaving.map(({ lead_id: leadId, asks }) => {
      const commandId = hash64(deps.secret, 'campaign-left', row.id, leadId);
      const data = {
        leadId,
        campaign: row.id,
        by: row.ended_by ?? row.by,
        because: why === '' ? `campaign ${row.id} was stopped` : why,
        commandId,
      };
      return { type: 'campaign.left' as const, data, id: `campaign-left:${commandId}:${asks}` };
    }),
  );
  await changeMembers(client, row.id, [
    ...leaving.map(({ lead_id }): Change => ({ lead_id, state: 'leaving' })),
    ...tired.map(({ lead_id }): Change => ({ lead_id, state: 'left', because: 'the lead gave no answer' })),
  ]);
  const { enrolled = 0, asked = 0, leaving: open = 0 } = (await memberCounts(client, [row.id])).get(row.id) ?? {};
  if (enrolled + asked + open > 0) return standing(client, row.id, { as: 'ending', at: deps.now() + 2_000 }, leaving.length);
  await client.query(`update campaign set state = 'stopped' where id = $1`, [row.id]);
  return standing(client, row.id, { as: 'stopped', because: why }, 0);
}
