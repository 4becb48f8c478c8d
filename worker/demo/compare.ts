/** Holds the log against the mail server: what FACTS says was sent must be what the receiver has, no more and no less. Pure. */
import type { StoredDecision } from '../../activities/ports';
import type { Mail } from './receiver';

export type Sent = { readonly leadId: string; readonly effect: string; /** `id@version#digest`. */ readonly content: string };
export type Told = {
  /** Every `TouchSent`. */
  readonly sent: readonly Sent[];
  /** Every `RepNotified`, as `<lead>/<effect>`. */
  readonly notified: readonly string[];
  /** Sends still uncertain, as `<lead>/<effect>`. */
  readonly uncertain: readonly string[];
  /** Clocks of hand-offs that ran out. */
  readonly breached: { readonly accept: number; readonly contact: number };
  /** Facts in all. */
  readonly facts: number;
};

/** What the decisions say was sent; order as in the log. */
export function toldBy(decisions: readonly StoredDecision[]): Told {
  const sent: Sent[] = [];
  const notified: string[] = [];
  const uncertain = new Set<string>();
  const breached = { accept: 0, contact: 0 };
  let facts = 0;
  for (const { decision } of decisions) {
    const leadId = decision.lead;
    facts += decision.facts.length;
    for (const fact of decision.facts) {
      if (fact.type === 'TouchSent') sent.push({ leadId, effect: fact.effect, content: fact.content });
      if (fact.type === 'RepNotified') notified.push(`${leadId}/${fact.effect}`);
      if (fact.type === 'HandOffBreached') breached[fact.clock] += 1;
      if (fact.type === 'TouchUncertain') uncertain.add(`${leadId}/${fact.effect}`);
      if (fact.type === 'UncertainSettled') uncertain.delete(`${leadId}/${fact.effect}`);
    }
  }
  return { sent, notified, uncertain: [...uncertain], breached, facts };
}

export type Comparison = {
  /** Distinct Message-IDs to leads. */
  readonly received: number;
  /** Mails beyond the first of a Message-ID, or of one content to one address. */
  readonly duplicates: number;
  /** Distinct Message-IDs to reps. */
  readonly toReps: number;
  /** Each a sentence; empty = the two agree. */
  readonly differences: readonly string[];
};

export function compare(told: Told, mails: readonly Mail[]): Comparison {
  const toLeads = mails.filter((mail) => mail.rep === undefined);
  const toReps = mails.filter((mail) => mail.rep !== undefined);
  const keyOf = (mail: Mail): string => `${mail.leadId ?? '?'}/${mail.effect ?? '?'}`;
  const held = new Set(toLeads.map(keyOf));
  const sent = new Set(told.sent.map(({ leadId, effect }) => `${leadId}/${effect}`));
  const heldByReps = new Set(toReps.map(keyOf));
  const notified = new Set(told.notified);
  const repeatedIds = repeats(mails.map(({ messageId }) => messageId));
  const repeatedContent = repeats(toLeads.map((mail) => `${mail.content?.split('@')[0] ?? '?'} to ${mail.to}`));
  const received = new Set(toLeads.map(({ messageId }) => messageId)).size;
  return {
    received,
    duplicates: Math.max(sum(repeatedIds), sum(repeatedContent)),
    toReps: new Set(toReps.map(({ messageId }) => messageId)).size,
    differences: [
      ...listed('sent by the log, and the mail server does not have', minus(sent, held)),
      ...listed('held by the mail server, and the log does not know', minus(held, sent)),
      ...listed('told to a rep by the log, and the mail server does not have', minus(notified, heldByReps)),
      ...listed('held for a rep by the mail server, and the log does not know', minus(heldByReps, notified)),
      ...listed('sent twice under one Message-ID', [...repeatedIds.keys()]),
      ...listed('sent twice to one address', [...repeatedContent.keys()]),
      ...listed(
        'mails without a Message-ID, to',
        mails.filter(({ messageId }) => messageId === '').map(({ to }) => to),
      ),
      ...(received === sent.size ? [] : [`the log counts ${sent.size} mails, the mail server ${received} Message-IDs`]),
      ...listed('uncertain', told.uncertain),
    ],
  };
}

const minus = (these: ReadonlySet<string>, those: ReadonlySet<string>): readonly string[] => [...these].filter((one) => !those.has(one));
const sum = (extra: ReadonlyMap<string, number>): number => [...extra.values()].reduce((all, one) => all + one, 0);

/** Values that occur more than once, with how often beyond the first. */
function repeats(values: readonly string[]): ReadonlyMap<string, number> {
  const extra = new Map<string, number>();
  const seen = new Set<string>();
  for (const value of values) {
    if (seen.has(value)) extra.set(value, (extra.get(value) ?? 0) + 1);
    seen.add(value);
  }
  return extra;
}

/** One sentence for all of a kind, with the first few of them. */
const listed = (what: string, which: readonly string[]): readonly string[] =>
  which.length === 0 ? [] : [`${which.length} ${what}: ${which.slice(0, 3).join(', ')}${which.length > 3 ? ', …' : ''}`];
