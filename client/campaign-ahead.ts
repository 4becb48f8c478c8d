/** A campaign before it begins: who would be taken and who not, and what its people would be sent, run ahead over some of them. Changes nothing. */
import type { CampaignPlan } from '../events/campaign-requests';
import type { Reply } from '../events/requests';
import { fold, initial } from '../workflows/core';
import type { Published } from '../workflows/core';
import { addAhead, nothingAhead } from '../workflows/foresight/campaign';
import type { CampaignAhead } from '../workflows/foresight/campaign';
import { heldWord, withheldWord } from '../workflows/speech/words';
import { inParallel } from './in-parallel';
import type { Context, Outcome } from './ports';
import { blocks, count, section, table, wrapped } from './print';

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** People run ahead; the numbers of all are those of them, scaled. */
const sampled = 400;
const atOnce = 8;

export async function campaignAhead(context: Context, plan: CampaignPlan, published: Published, days: number): Promise<Outcome> {
  const draft = await context.people('campaignDraft', { plan, sample: sampled });
  const from = Math.max(context.toEngine(context.now()), plan.from ?? 0);
  const ahead = nothingAhead();
  const gap = plan.perMinute === undefined ? 0 : minuteMs / plan.perMinute;
  const every = draft.asked / Math.max(1, draft.sample.length);
  const progress = context.progress('Looking ahead', draft.sample.length);
  let done = 0;
  await inParallel(draft.sample, atOnce, async (leadId) => {
    const before = await context.facts(leadId);
    const at = from + Math.floor(done * every * gap);
    progress.at((done += 1));
    const { settings, sequence } = plan;
    const enrol = { word: 'enrol' as const, sequence, ...(settings === undefined ? {} : { settings }) };
    addAhead(ahead, {
      published,
      campaign: plan.id,
      enrol,
      state: fold(initial(leadId), before),
      before,
      at,
      from,
      until: from + days * dayMs,
    });
  });
  progress.end();
  return told(plan, draft, ahead, { from, days, scale: every });
}

type Frame = { readonly from: number; readonly days: number; readonly scale: number };

function told(plan: CampaignPlan, draft: Reply<'campaignDraft'>, ahead: CampaignAhead, { from, days, scale }: Frame): Outcome {
  const scaled = (number: number): number => Math.round(number * scale);
  const scaledAll = (counts: Readonly<Record<string, number>>): Record<string, number> =>
    Object.fromEntries(
      Object.entries(counts)
        .map(([key, number]) => [key, scaled(number)] as const)
        .sort(([, a], [, b]) => b - a),
    );
  const byDay = Array.from({ length: days }, (_, day) => ({
    day: new Date(from + day * dayMs).toISOString().slice(0, 10),
    mails: scaled(ahead.days[day]?.mails ?? 0),
    handOffs: scaled(ahead.days[day]?.handOffs ?? 0),
  }));
  const mails = byDay.reduce((sum, day) => sum + day.mails, 0);
  const [held, withheld, refused] = [scaledAll(ahead.held), scaledAll(ahead.withheld), scaledAll(ahead.refused)];
  const approval = draft.matched > draft.approveAbove;
  return {
    says: blocks(
      `A dry run: nothing begins. ${count(draft.matched, 'person', 'people')} are in the audience, ${draft.asked} would be asked to enter ${plan.sequence}.`,
      approval ? `More than ${draft.approveAbove}: somebody else has to approve it (\`ripen campaign approve ${plan.id}\`).` : undefined,
      reasons('Left out before', { ...draft.leftOut, ...(draft.heldOut === 0 ? {} : { 'held out, to compare with': draft.heldOut }) }),
      reasons('Would not enter', refused),
      section(
        `About ${count(mails, 'message')} in ${count(days, 'day')}, if nobody does anything${scale > 1 ? ` (${draft.sample.length} people run ahead, scaled)` : ''}`,
        table(
          ['day', { title: 'messages', align: 'right' }, { title: 'hand-offs', align: 'right' }],
          byDay.filter((day) => day.mails > 0 || day.handOffs > 0).map((day) => [day.day, day.mails, day.handOffs]),
        ),
      ),
      reasons('Must wait because', named(held, heldWord)),
      reasons('Not sent because', named(withheld, withheldWord)),
      ahead.skipped === 0 ? undefined : `${count(ahead.skipped, 'person', 'people')} could not be run ahead; see \`ripen stuck\`.`,
    ),
    json: {
      ok: true,
      dryRun: true,
      campaign: plan.id,
      matched: draft.matched,
      asked: draft.asked,
      heldOut: draft.heldOut,
      leftOut: draft.leftOut,
      approval,
      ranAhead: draft.sample.length,
      entered: scaled(ahead.entered),
      refused,
      days: byDay,
      held,
      withheld,
    },
  };
}

const named = (counts: Readonly<Record<string, number>>, word: (code: string) => string): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).map(([code, number]) => [word(code), number]));

function reasons(title: string, counts: Readonly<Record<string, number>>): string | undefined {
  const rows = Object.entries(counts).filter(([, number]) => number > 0);
  return rows.length === 0 ? undefined : section(title, wrapped(rows.map(([why, number]) => `${number}: ${why}`).join('\n'), '  '));
}
