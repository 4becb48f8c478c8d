/** What is to come for many leads, day by day: mails, what must wait, what collides, who in sales has how much. Sums only; knows no store. */
import type { Fact, LeadState } from '../core';

export type Day = { mails: number; service: number; held: number; notSent: number; handOffs: number; repsDue: number };
export type Collision = {
  /** Sequences that wanted the same person at the same time, `a + b`. */
  readonly between: string;
  times: number;
  readonly leads: Set<string>;
};
export type RepLoad = { open: number; toAccept: number; toContact: number };
export type Calendar = {
  readonly days: Record<number, Day>;
  readonly mailsByContent: Record<string, number>;
  readonly held: Record<string, number>;
  readonly collisions: Record<string, Collision>;
  /** Hand-offs that are open now, by rep; those nobody has under `nobody yet`. */
  readonly reps: Record<string, RepLoad>;
  leads: number;
  leadsWithMail: number;
};

export const emptyCalendar = (): Calendar => ({
  days: {},
  mailsByContent: {},
  held: {},
  collisions: {},
  reps: {},
  leads: 0,
  leadsWithMail: 0,
});

export const nobody = 'nobody yet';

/** Adds one lead: as it stands, and the facts concluded ahead. `dayOf`: which day a moment (epoch ms) belongs to. */
export function addLead(calendar: Calendar, state: LeadState, ahead: readonly Fact[], until: number, dayOf: (at: number) => number): void {
  calendar.leads += 1;
  addHandOff(calendar, state, until, dayOf);
  if (ahead.some(({ type }) => type === 'TouchSent')) calendar.leadsWithMail += 1;
  const sequences = new Map(Object.entries(state.enrolments).map(([id, { sequence }]) => [id, nameOf(sequence)]));
  for (const fact of ahead) {
    if (fact.type === 'Enrolled') sequences.set(fact.enrolment, nameOf(fact.sequence));
    addFact(calendar, dayIn(calendar, dayOf(fact.recordedAt)), fact);
    if (fact.type === 'TouchHeld' && (fact.because === 'priority' || fact.because === 'cap')) collide(calendar, state.leadId, sequences);
  }
}

const nameOf = (ref: string): string => ref.split('@', 1)[0] ?? ref;
const dayIn = ({ days }: Calendar, day: number): Day =>
  (days[day] ??= { mails: 0, service: 0, held: 0, notSent: 0, handOffs: 0, repsDue: 0 });

function addFact(calendar: Calendar, day: Day, fact: Fact): void {
  switch (fact.type) {
    case 'TouchSent': {
      day[fact.purpose === 'service' ? 'service' : 'mails'] += 1;
      const content = nameOf(fact.content);
      calendar.mailsByContent[content] = (calendar.mailsByContent[content] ?? 0) + 1;
      return;
    }
    case 'TouchHeld':
      day.held += 1;
      calendar.held[fact.because] = (calendar.held[fact.because] ?? 0) + 1;
      return;
    case 'TouchWithheld':
      day.notSent += 1;
      return;
    case 'HandOffRequested':
      day.handOffs += 1;
      return;
    default:
      return;
  }
}

function collide({ collisions }: Calendar, leadId: string, sequences: ReadonlyMap<string, string>): void {
  const between = [...new Set(sequences.values())].sort().join(' + ');
  const collision = (collisions[between] ??= { between, times: 0, leads: new Set() });
  collision.times += 1;
  collision.leads.add(leadId);
}

function addHandOff(calendar: Calendar, { handOff }: LeadState, until: number, dayOf: (at: number) => number): void {
  if (handOff === undefined) return;
  const load = (calendar.reps[handOff.rep ?? nobody] ??= { open: 0, toAccept: 0, toContact: 0 });
  load.open += 1;
  const due = (at: number | undefined, what: 'toAccept' | 'toContact'): void => {
    if (at === undefined || at > until) return;
    load[what] += 1;
    dayIn(calendar, dayOf(at)).repsDue += 1;
  };
  if (handOff.acceptedAt === undefined && handOff.rep !== undefined) due(handOff.acceptBy, 'toAccept');
  if (handOff.contactedAt === undefined) due(handOff.contactBy, 'toContact');
}
