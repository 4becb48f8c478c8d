/** What of a lead's decision concerns the whole account: that somebody was active, that a deal began or ended. Knows no store. */
import type { Decision } from '../../workflows/core/facts';

/** People are active together when they were within so long of each other: 14 days. */
export const accountWindowMs = 14 * 86_400_000;

/** Events of one member that the others are told of. */
const noticed: ReadonlySet<string> = new Set(['deal.opened', 'deal.won', 'deal.lost']);

export type AccountDeed = {
  readonly leadId: string;
  /** Engine's clock, epoch ms. */
  readonly at: number;
  /** Absent: the person was active. */
  readonly event?: string;
  /** Of the engagement event. */
  readonly id: string;
};

export const accountDeeds = ({ lead, facts }: Decision): readonly AccountDeed[] =>
  facts.flatMap((fact): readonly AccountDeed[] => {
    // What the members are told is no deed of theirs.
    if (fact.type !== 'EngagementRecorded' || fact.event.startsWith('account.')) return [];
    const { id, occurredAt: at } = fact;
    if (noticed.has(fact.event)) return [{ leadId: lead, at, event: fact.event, id }];
    return fact.actor === 'human' ? [{ leadId: lead, at, id }] : [];
  });
