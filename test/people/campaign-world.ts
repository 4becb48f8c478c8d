/** Campaigns over a people store of the test's own: their steps, the leads' answers, time moved by hand. */
import type { CampaignPlan, CampaignVerbs } from '../../events/campaign-requests';
import { artefactOf } from '../../events/digest';
import { audienceSelection } from '../../activities/people/audience';
import { noteAnswers } from '../../activities/people/campaigns/members';
import { campaignStep } from '../../activities/people/campaigns/step';
import type { StepDeps } from '../../activities/people/campaigns/step';
import type { Standing } from '../../activities/people/campaigns/standing';
import { sayToCampaign, startCampaign } from '../../activities/people/campaigns/words';
import { publishArtefacts } from '../../activities/people/published';
import { daily } from '../core/plans';
import { freshStore, rowsOf, secret } from './store';
import type { Store } from './store';

export const minute = 60_000;
export const day = 1_440 * minute;

export const plan = (changes: Partial<CampaignPlan> = {}): CampaignPlan => ({
  id: 'spring',
  kind: 'once',
  sequence: 'daily',
  audience: 'industry = software',
  ...changes,
});

type Reply<V extends keyof CampaignVerbs> = CampaignVerbs[V]['reply'];
export type CampaignWorld = {
  readonly db: Store['db'];
  /** Engine's clock. */
  now: number;
  readonly deps: () => StepDeps;
  /** People in software: `lead-<more>1` and on. */
  readonly people: (number: number, more?: string) => Promise<void>;
  readonly start: (changes?: Partial<CampaignPlan>, by?: string) => Promise<Reply<'campaignStart'> | { readonly refused: string }>;
  readonly step: (id?: string) => Promise<Standing>;
  readonly say: (word: 'pause' | 'resume' | 'stop' | 'approve', by?: string, letFinish?: boolean) => Promise<Reply<'campaignWord'>>;
  /** What went into the outbox. */
  readonly asked: (type?: string) => Promise<readonly { readonly lead: string }[]>;
  /** Every lead that was asked answers. */
  readonly answer: (word: 'enrol' | 'leave', ok?: boolean) => Promise<void>;
};

export async function campaignWorld(): Promise<CampaignWorld> {
  const { db } = await freshStore();
  await publishArtefacts(db, [artefactOf('plan', daily)], 'test');
  const world: CampaignWorld = {
    db,
    now: Date.UTC(2026, 2, 2, 10),
    deps: () => ({ db, secret, now: () => world.now, select: audienceSelection }),
    async people(number, more = '') {
      await db.query(
        `insert into lead (id, key, traits) select 'lead-${more}' || n, 'key-${more}' || n, '{"industry":"software"}' from generate_series(1, $1) n`,
        [number],
      );
    },
    start: (changes = {}, by = 'mara') => startCampaign(world.deps(), { plan: plan(changes), by, because: 'spring' }),
    async step(id = 'spring') {
      const made = await campaignStep(world.deps(), id);
      if (made === undefined) throw new Error(`there is no campaign ${id}`);
      return made;
    },
    async say(word, by = 'olga', letFinish = false) {
      const said = await sayToCampaign(world.deps(), { id: 'spring', word, by, because: 'a test', letFinish });
      if (said === undefined) throw new Error('there is no campaign');
      return said;
    },
    asked: (type = 'enrolment.asked') => rowsOf(db, `select data->>'leadId' as lead from outbox where type = $1 order by seq`, [type]),
    async answer(word, ok = true) {
      const rows = await rowsOf<{ lead_id: string }>(db, 'select lead_id from campaign_member where state = $1', [
        word === 'enrol' ? 'asked' : 'leaving',
      ]);
      const command =
        word === 'enrol' ? ({ word, sequence: 'daily', campaign: 'spring' } as const) : ({ word, campaign: 'spring' } as const);
      const stamp = { v: 1, occurredAt: world.now, recordedAt: world.now } as const;
      const says = { by: 'mara', because: '', answer: { ok, says: 'Not for this person.' } };
      const decisions = rows.map(({ lead_id: lead }) => ({
        ...{ v: 1 as const, lead, n: 1, prev: '', run: 'r', at: world.now, consumed: [] },
        facts: [{ ...stamp, type: 'CommandRecorded' as const, id: 'c', command, ...says }],
      }));
      await db.transaction((client) => noteAnswers(client, decisions));
    },
  };
  return world;
}
