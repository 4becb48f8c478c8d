/** Pauses a campaign by itself when its messages bounce, annoy or are refused for our sake, or when it floods sales. Looks at a day; knows no workflow. */
import type { SendingHold } from '../../../events/campaign-requests';
import type { Database } from '../database';
import { brakeFigures } from '../brake';
import { holdSending } from '../sending-holds';
import { campaignTerms } from './terms';
import type { CampaignTerms } from './terms';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

type Figures = {
  readonly campaign: string;
  readonly sends: number;
  readonly bounces: number;
  readonly complaints: number;
  readonly faults: number;
};

/** Every campaign that sent something in the last day and is not held; what it was paused for. `now`: engine's clock. Repeats change nothing. */
export async function judgeCampaigns(db: Database, now: number): Promise<readonly SendingHold[]> {
  const terms = await campaignTerms(db);
  const found = [...(await judgedBySends(db, terms, now)), ...(await judgedByHandOffs(db, now))].map(({ scope, because, says }) => ({
    scope,
    because,
    says,
    by: 'ripen',
    sinceAt: now,
  }));
  const paused: SendingHold[] = [];
  for (const hold of found) if (await holdSending(db, hold)) paused.push(hold);
  return paused;
}

type Verdict = Pick<SendingHold, 'scope' | 'because' | 'says'>;

async function judgedBySends(db: Database, { pause }: CampaignTerms, now: number): Promise<readonly Verdict[]> {
  const later = (kind: string): string =>
    `exists (select from suppression x join identity i on i.key = x.key where i.lead_id = s.lead_id and x.kind = '${kind}' and x.at_ms >= s.called_ms)`;
  const { rows } = await db.query<Figures>(
    `select s.campaign, count(*) filter (where s.state in ('sent', 'uncertain', 'refused'))::int as sends,
        count(*) filter (where (s.state = 'refused' and s.permanent) or (s.state in ('sent', 'uncertain') and ${later('bounce')}))::int as bounces,
        count(*) filter (where s.state in ('sent', 'uncertain') and ${later('complaint')})::int as complaints,
        count(*) filter (where s.state = 'unavailable' and s.because = 'sender-at-fault')::int as faults
       from send_ledger s left join sending_judged j on j.scope = s.campaign
      where s.campaign is not null and s.kind = 'lead' and s.called_ms > greatest($1::bigint, coalesce(j.from_ms, 0))
        and not exists (select from sending_hold h where h.scope = s.campaign)
      group by s.campaign`,
    [now - dayMs],
  );
  return rows.flatMap((figures) => verdictOf(figures, pause) ?? []);
}

function verdictOf({ campaign: scope, sends, bounces, complaints, faults }: Figures, limits: CampaignTerms['pause']): Verdict | undefined {
  const of = (number: number): string => `${number} of ${sends} messages of a day (${percent(number, sends)} %)`;
  if (faults >= limits.senderFaults)
    return {
      scope,
      because: 'sender-at-fault',
      says: `the mail server refused ${faults} messages of a day for our sake, not the recipient's`,
    };
  if (sends < limits.atLeast) return undefined;
  if (complaints > 1 && (100 * complaints) / sends > limits.complaints)
    return { scope, because: 'complaints', says: `${of(complaints)} were called spam; the limit is ${limits.complaints} %` };
  if (bounces > 1 && (100 * bounces) / sends > limits.bounces)
    return { scope, because: 'bounces', says: `${of(bounces)} bounced; the limit is ${limits.bounces} %` };
  return undefined;
}

const percent = (number: number, of: number): string => ((100 * number) / Math.max(1, of)).toFixed(1);

/** The campaign alone brings more in an hour than sales gets from everywhere without being asked. */
async function judgedByHandOffs(db: Database, now: number): Promise<readonly Verdict[]> {
  const { mayBe } = await brakeFigures(db, now);
  const { rows } = await db.query<{ campaign: string; hand_offs: number }>(
    `select m.campaign, count(*)::int as hand_offs from hand_off_gate g join campaign_member m on m.lead_id = g.lead_id and m.state = 'enrolled'
       left join sending_judged j on j.scope = m.campaign
      where g.at_ms > greatest($1::bigint, coalesce(j.from_ms, 0)) and not exists (select from sending_hold h where h.scope = m.campaign)
      group by 1 having count(*) >= $2`,
    [now - hourMs, mayBe],
  );
  return rows.map(({ campaign: scope, hand_offs: number }) => ({
    scope,
    because: 'hand-offs',
    says: `it brought ${number} hand-offs in an hour; sales gets up to ${mayBe} without being asked`,
  }));
}
