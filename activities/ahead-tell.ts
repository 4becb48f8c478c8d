/** Has workflows look at their logs where others decided for them: after a while, at the end, and where the router forgets a lead. Decides nothing. */
import type { LeadDoor, Log } from '../events/ports';
import type { Known } from './ahead-lead';

/** What is kept of a lead between its events. */
export type Lead = {
  known: Known | undefined;
  /** When a signal was last accepted for it, real clock: a run lived then. */
  aliveAt: number;
};

export type TellOptions = { readonly forMs: number; readonly sweepMs: number };
export type Teller = {
  /** This lead is about to be forgotten. */
  forgotten(leadId: string, lead: Lead): void;
  /** Tells everyone who is behind; resolves when done or after so long. */
  stop(withinMs: number): Promise<void>;
};

const atOnce = 8;

export function startTelling(
  leads: ReadonlyMap<string, Lead>,
  { door, log, now }: { readonly door: LeadDoor; readonly log: Log; readonly now: () => number },
  { forMs, sweepMs }: TellOptions,
): Teller {
  /** Behind and no longer among the leads. */
  const orphans = new Set<string>();
  let telling: Promise<void> | undefined;
  let untilAt = Infinity;

  const tell = async (leadId: string): Promise<void> => {
    const lead = leads.get(leadId);
    const before = lead?.known;
    const sentAt = now();
    const delivered = await door
      .deliver(leadId, [])
      .catch((error: unknown) => ({ as: 'failed' as const, says: error instanceof Error ? error.message : String(error) }));
    if (delivered.as !== 'delivered') return log.warn({ leadId, says: delivered.says }, 'a lead could not be told to look at its log');
    orphans.delete(leadId);
    if (lead === undefined) return;
    lead.aliveAt = Math.max(lead.aliveAt, sentAt);
    if (before !== undefined && lead.known !== undefined) lead.known = told(lead.known, before, sentAt);
  };
  const tellAll = async (leadIds: readonly string[]): Promise<void> => {
    const waiting = leadIds.values();
    const work = async (): Promise<void> => {
      for (const leadId of waiting) if (now() < untilAt) await tell(leadId);
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  };
  const behind = (longerThanMs: number): readonly string[] => [
    ...orphans,
    ...[...leads].flatMap(([leadId, { known }]) =>
      known?.aheadSince !== undefined && now() - known.aheadSince >= longerThanMs ? [leadId] : [],
    ),
  ];
  const timer = setInterval(() => {
    telling ??= tellAll(behind(forMs)).finally(() => (telling = undefined));
  }, sweepMs).unref();

  return {
    forgotten(leadId, { known }) {
      if (known?.aheadSince !== undefined) orphans.add(leadId);
    },
    async stop(withinMs) {
      clearInterval(timer);
      untilAt = now() + withinMs;
      await telling;
      await tellAll(behind(0));
      const left = behind(0).length;
      if (left > 0)
        log.warn({ leads: left }, 'workflows that are behind their logs look at them with their next event or at their next wake');
    },
  };
}

/** The workflow knows at least what was in the log when it was told, unless it has decided since: then the log says what it knows. */
function told(known: Known, before: Known, at: number): Known {
  if (known.workflow !== before.workflow) return known;
  const ahead = known.ahead - before.ahead;
  return { ...known, workflow: before.state, ahead, aheadSince: ahead > 0 ? at : undefined };
}
