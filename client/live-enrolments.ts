/** Who stands where in the versions of a sequence, from the list of running leads and their facts; and where they would stand in another. Knows no command. */
import { decide, fold, initial, UnknownRef } from '../workflows/core';
import type { Fact, LeadState, Published } from '../workflows/core';
import { describePlace } from '../workflows/core/describe-place';
import type { Context, ListedLead } from './ports';
import { inParallel } from './in-parallel';
import { filterQueries } from './saved-queries';
import { table } from './print';

export type LiveEnrolment = {
  readonly leadId: string;
  readonly enrolment: string;
  /** `trial-offer@1` */
  readonly version: string;
  readonly phase: string;
  /** What comes next there, in words: `"pricing"`, `choice worth`, `nothing more`. */
  readonly next: string;
  /** The same in the version asked about; `undefined` where the move is refused, which `refused` then says. */
  readonly there?: { readonly phase: string; readonly next: string };
  readonly refused?: string;
};

const mostLeads = 100_000;
const atOnce = 16;

/** The running leads on one of these versions (`id@version`). */
export async function leadsOn(context: Context, versions: readonly string[]): Promise<readonly ListedLead[]> {
  if (versions.length === 0) return [];
  return (await context.leads()).list(filterQueries.versions(versions), mostLeads);
}

/** Their enrolments on those versions, each tried against `to` on the side; nothing is changed. */
export async function liveEnrolments(
  context: Context,
  published: Published,
  leads: readonly ListedLead[],
  versions: readonly string[],
  move: { readonly to: string; readonly when: 'now' | 'next-phase' },
): Promise<readonly LiveEnrolment[]> {
  const progress = context.progress('Reading leads', leads.length);
  let done = 0;
  const found = await inParallel(leads, atOnce, async ({ leadId }) => {
    const facts = await context.facts(leadId);
    progress.at((done += 1));
    return enrolmentsOf(published, leadId, facts, versions, move, context.toEngine(context.now()));
  });
  progress.end();
  return found.flat();
}

function enrolmentsOf(
  published: Published,
  leadId: string,
  facts: readonly Fact[],
  versions: readonly string[],
  move: { readonly to: string; readonly when: 'now' | 'next-phase' },
  now: number,
): readonly LiveEnrolment[] {
  const state = fold(initial(leadId), facts);
  return Object.entries(state.enrolments).flatMap(([id, { sequence, phase }]) => {
    const version = sequence.split('#', 1)[0] ?? sequence;
    if (!versions.includes(version)) return [];
    const here = { leadId, enrolment: id, version, phase, next: nextOf(published, state, id) };
    return [{ ...here, ...tried(published, state, facts, id, move, Math.max(now, state.at)) }];
  });
}

function tried(
  published: Published,
  state: LeadState,
  facts: readonly Fact[],
  enrolment: string,
  { to, when }: { readonly to: string; readonly when: 'now' | 'next-phase' },
  now: number,
): Pick<LiveEnrolment, 'there' | 'refused'> {
  const id = 'on-the-side';
  const command = { kind: 'command', id, command: { word: 'upgrade', enrolment, to, when }, by: 'preview', because: 'preview' } as const;
  const concluded = decide(published, state, [command], now, () => facts);
  const recorded = concluded.find((fact) => fact.type === 'CommandRecorded' && fact.id === id);
  if (recorded?.type !== 'CommandRecorded' || !recorded.answer.ok)
    return { refused: recorded?.type === 'CommandRecorded' ? recorded.answer.says : 'the lead takes no words any more' };
  // Where it is put, before anything that is due there follows.
  const put = concluded.findIndex((fact) => fact.type === 'SequenceChanged' || fact.type === 'SequenceChangePlanned');
  const after = fold(state, concluded.slice(0, put + 1));
  const moved = after.enrolments[enrolment];
  if (moved === undefined) return { there: { phase: '', next: 'leaves the sequence' } };
  return { there: { phase: moved.phase, next: nextOf(published, after, enrolment) } };
}

function nextOf(published: Published, state: LeadState, enrolment: string): string {
  try {
    return describePlace(published, state, enrolment);
  } catch (error) {
    if (error instanceof UnknownRef) return 'unknown: its version is not published';
    throw error;
  }
}

export type Group = { readonly version: string; readonly now: string; readonly there: string; readonly leads: number };

const spot = ({ phase, next }: { readonly phase: string; readonly next: string }): string => (phase === '' ? next : `${phase}: ${next}`);

/** People who stand at one place and would come to one other, the most first. */
export function groups(live: readonly LiveEnrolment[]): readonly Group[] {
  const found = new Map<string, Group>();
  for (const one of live) {
    const there = one.there === undefined ? `refused: ${one.refused ?? ''}` : spot(one.there);
    const key = JSON.stringify([one.version, spot(one), there]);
    const group = found.get(key) ?? { version: one.version, now: spot(one), there, leads: 0 };
    found.set(key, { ...group, leads: group.leads + 1 });
  }
  return [...found.values()].sort((a, b) => b.leads - a.leads);
}

export const groupTable = (to: string, grouped: readonly Group[]): string =>
  table(
    [
      'version',
      { title: 'stands at', flexible: true },
      { title: `would stand at in ${to}`, flexible: true },
      { title: 'people', align: 'right' },
    ],
    grouped.map(({ version, now, there, leads }) => [version, now, there, leads]),
  );
