/** What the engine itself knows of a lead, as the columns that a model trained from its log reads: one reading for training and for the lead that runs. Knows no weights. */
import { bantSlots } from '../bant';
import type { LeadState } from '../state';
import type { AgedModel } from './model';
import type { LeadRecord } from './probability';

export type LogAge = Exclude<AgedModel['age'], 'listed'>;
const hour = 3_600_000;
const day = 24 * hour;
/** How old a lead is where a model of that age reads it, ms after its first fact. Form, profile and what was looked up come within an hour. */
export const logAges: Readonly<Record<LogAge, number>> = { arrival: hour, '7 days': 7 * day, '30 days': 30 * day };

/** How often the person did what: event type -> times. */
export type Deeds = Readonly<Record<string, number>>;

/** The answer itself, single companies, and what the country says already. */
const unread: ReadonlySet<string> = new Set(['customer', 'account', 'zone']);
const did = 'did ';
export const deedColumn = (type: string): string => `${did}${type}`;
export const isDeed = (column: string): boolean => column.startsWith(did);
export const silentColumn = 'days since they last did something';
const wordColumn = (slot: string): string => `${slot} (said)`;

/** `at`: epoch ms, engine's clock. What is not known is not there. */
export function knownOf(state: Pick<LeadState, 'traits' | 'bant' | 'pain' | 'lastEngagedAt'>, deeds: Deeds, at: number): LeadRecord {
  const known: Record<string, string | number | boolean | undefined> = {};
  for (const [trait, value] of Object.entries(state.traits)) if (!unread.has(trait)) known[trait] = value;
  for (const slot of bantSlots) if (state.bant?.[slot] !== undefined) known[wordColumn(slot)] = state.bant[slot].is;
  if (state.pain !== undefined) known['pain'] = state.pain.is;
  if (state.lastEngagedAt !== undefined) known[silentColumn] = Math.max(0, Math.round((10 * (at - state.lastEngagedAt)) / day) / 10);
  for (const [type, times] of Object.entries(deeds)) known[deedColumn(type)] = times;
  return known;
}

/** Who never did a thing did it 0 times, which a column of nothing would not say. */
export const readFor = (known: LeadRecord, column: string): LeadRecord[string] => known[column] ?? (isDeed(column) ? 0 : undefined);

/** Every column that some lead has, but those of the purchase itself. */
export function knownColumns(leads: readonly LeadRecord[], goals: readonly string[]): readonly string[] {
  const bought = new Set(goals.map(deedColumn));
  return [...new Set(leads.flatMap((known) => Object.keys(known)))].filter((column) => !bought.has(column)).sort();
}

/** The parts of a model for leads of this engine, youngest first; `after`: ms since the first fact. */
export const byAge = (
  models: readonly AgedModel[],
): readonly { readonly age: LogAge; readonly after: number; readonly aged: AgedModel }[] =>
  models
    .flatMap((aged) => (aged.age === 'listed' ? [] : [{ age: aged.age, after: logAges[aged.age], aged }]))
    .sort((a, b) => a.after - b.after);
