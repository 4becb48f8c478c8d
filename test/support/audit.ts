/** After a fault run: does everything add up? Compares what was answered to the outside with the log, the mail server and the tables. */
import { eventHash } from '../../events/hashes';
import type { StoredDecision } from '../../activities/ports';
import { fold, initial, upcast, readScore, type Fact, type LeadState } from '../../workflows/core';
import { setCheck } from './set-check';
import type { Accepted, Deeds } from './soak-traffic';
import { secret, type Engine } from './whole-engine';

export type Audit = {
  /** What may still come in time. */
  readonly unfinished: readonly string[];
  /** What no time heals. */
  readonly wrong: readonly string[];
  readonly uncertain: number;
  readonly handOffs: number;
  readonly decisions: number;
};

type Lead = { readonly stored: readonly StoredDecision[]; readonly facts: readonly Fact[]; readonly state: LeadState };

export async function audit(engine: Engine, deeds: Deeds, contents: readonly string[]): Promise<Audit> {
  const leads = byLead(await engine.log());
  const staying = deeds.leads.filter(({ leadId }) => !deeds.optedOut.has(leadId));
  const sends = await setCheck(engine, staying, contents);
  const { rows } = await engine.db.query<{ lead_id: string; score: number }>('select lead_id, score from lead_summary');
  const shown = new Map(rows.map(({ lead_id: leadId, score }) => [leadId, score]));
  const scores = [...leads].filter(([leadId, { state }]) => shown.get(leadId) !== readScore(state.scores['tour-points']));
  return {
    unfinished: [
      ...missing(deeds.accepted, leads),
      ...sends.leftOut.map((one) => `${one} is neither sent nor listed`),
      ...sends.differences,
      ...scores.map(([leadId]) => `the table shows ${leadId} with score ${shown.get(leadId) ?? 'none'}, its facts say otherwise`),
    ],
    wrong: [
      ...sends.twice.map((one) => `${one} came twice`),
      ...[...leads].flatMap(([leadId, lead]) => [...broken(leadId, lead), ...doubled(leadId, lead), ...handOffsOf(leadId, lead)]),
      ...(missing(deeds.accepted, leads).length > 0
        ? []
        : [...leads].flatMap(([leadId, { state }]) => misscored(leadId, state, deeds.accepted))),
      ...afterOptOut(engine, deeds),
    ],
    uncertain: sends.uncertain.length,
    handOffs: [...leads.values()].reduce((all, { facts }) => all + facts.filter(({ type }) => type === 'HandOffRequested').length, 0),
    decisions: [...leads.values()].reduce((all, { stored }) => all + stored.length, 0),
  };
}

function byLead(log: readonly StoredDecision[]): ReadonlyMap<string, Lead> {
  const stored = grouped(log, ({ decision }) => decision.lead);
  return new Map(
    [...stored].map(([leadId, all]) => {
      const facts = all.flatMap(({ decision }) => decision.facts.map(upcast));
      return [leadId, { stored: all, facts, state: fold(initial(leadId), facts) }];
    }),
  );
}

function grouped<T, K>(all: readonly T[], keyOf: (one: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

const recordedBy = ({ facts }: Lead): readonly string[] => facts.flatMap((fact) => (fact.type === 'EngagementRecorded' ? [fact.id] : []));

/** Every accepted event is in the facts of its lead, and of no other: others are looked through for it, too. */
function missing(accepted: readonly Accepted[], leads: ReadonlyMap<string, Lead>): readonly string[] {
  const holders = new Map<string, string[]>();
  for (const [leadId, lead] of leads) for (const id of recordedBy(lead)) holders.set(id, [...(holders.get(id) ?? []), leadId]);
  return accepted.flatMap(({ id, leadId }) => {
    const held = holders.get(eventHash(secret, '/test', id)) ?? [];
    return held.length === 1 && held[0] === leadId
      ? []
      : [`event ${id} of ${leadId} is with ${held.length === 0 ? 'nobody' : held.join(' and ')}`];
  });
}

/** Numbers grow by one and each decision names the digest of the one before. */
function broken(leadId: string, { stored }: Lead): readonly string[] {
  return stored.flatMap(({ decision }, at) => {
    const before = stored[at - 1];
    return decision.n === at + 1 && decision.prev === (before?.digest ?? '') ? [] : [`the log of ${leadId} breaks at ${decision.n}`];
  });
}

function doubled(leadId: string, lead: Lead): readonly string[] {
  const decided = lead.facts.flatMap((fact) => (fact.type === 'EffectDecided' ? [fact.effect.id] : []));
  const sent = lead.facts.flatMap((fact) => (fact.type === 'TouchSent' ? [fact.touch] : []));
  return [recordedBy(lead), decided, sent].flatMap((ids) =>
    ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${id} is twice in the log of ${leadId}`),
  );
}

function handOffsOf(leadId: string, { facts }: Lead): readonly string[] {
  let open = 0;
  const wrong: string[] = [];
  for (const fact of facts) {
    if (fact.type === 'HandOffRequested') open += 1;
    if (fact.type === 'HandOffClosed') open -= 1;
    if (open > 1 || open < 0) wrong.push(`${leadId} has ${open} hand-offs open at ${fact.type}`);
  }
  return wrong;
}

/** By the rules of the tour's model, from what was accepted and nothing else: 5 a visit, 30 a day at most, 60 a form. */
function misscored(leadId: string, state: LeadState, accepted: readonly Accepted[]): readonly string[] {
  const own = accepted.filter((event) => event.leadId === leadId);
  const visits = grouped(
    own.filter(({ type }) => type === 'page.viewed'),
    ({ at }) => Math.floor(at / 86_400_000),
  );
  const forms = own.filter(({ type }) => type === 'form.submitted').length;
  const expected = [...visits.values()].reduce((sum, day) => sum + Math.min(30, 5 * day.length), 60 * forms);
  const total = (state.scores['tour-points']?.total ?? 0) / 1_000;
  return total === expected ? [] : [`${leadId} has ${total} points, ${expected} were earned`];
}

const afterOptOut = ({ mailbox }: Engine, { optedOut }: Deeds): readonly string[] =>
  mailbox.mails
    .filter(({ rep, leadId, begunAt }) => rep === undefined && begunAt > (optedOut.get(leadId) ?? Infinity) + 1_000)
    .map(({ leadId, effect }) => `${leadId}/${effect} began after the opt-out`);
