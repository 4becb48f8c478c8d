/** One simulated life under way: events and commands with ids of their own, and the acts that follow from them. Knows no effects. */
import type { Actor } from '../../../events/stripped';
import type { Arrival } from '../arrivals';
import type { Command } from '../inputs';
import type { Act, Told } from './behaviour';
import { dataAt } from './behaviour';
import { delayed, happens } from './chance';
import type { Chance } from './chance';
import type { Habits } from './habits';
import type { Person } from './people';

export type Life = {
  readonly person: Person;
  readonly habits: Habits;
  /** Nothing after it is made up. */
  readonly until: number;
  /** Inputs so far; numbers their ids. */
  serial: number;
  /** Mails that arrived. */
  mails: number;
  /** Acts done that are done once. */
  readonly done: Set<string>;
};

export type Mailed = { readonly effect: string; readonly content: string };

/** Acts that follow from acts that follow: no chain is longer. */
const longestChain = 12;

/** 11 characters, as ids of events and commands are. */
const idOf = (life: Life): string => String(firstId + (life.serial += 1));
const firstId = 10_000_000_000;

export function event(life: Life, into: Arrival[], at: number, type: string, data: Told, actor: Actor, mail?: Mailed): void {
  if (at > life.until) return;
  const id = idOf(life);
  const told = { id, type, occurredAt: at, actor, data, effect: mail?.effect, content: mail?.content };
  into.push({ at, input: { kind: 'engaged', id, event: told } });
}

/** Something a person does, and whatever they do because of it. */
export function deed(life: Life, into: Arrival[], at: number, type: string, data: Told, chance: Chance, mail?: Mailed, depth = 0): void {
  if (at > life.until) return;
  event(life, into, at, type, data, 'human', mail);
  acts(life, into, at, life.habits.afterEvent(type, data), chance, { cause: data, depth: depth + 1 });
}
/** `interest` in percent; `cause`: what is known where the acts come from. */
type Because = { readonly interest?: number; readonly cause?: Told; readonly depth?: number };

/** Tries each act. */
export function acts(
  life: Life,
  into: Arrival[],
  at: number,
  tried: readonly Act[],
  chance: Chance,
  { interest = 100, cause = {}, depth = 0 }: Because = {},
): void {
  if (depth > longestChain) return;
  for (const act of tried) {
    if (act.once && life.done.has(act.id)) continue;
    if (!happens(chance, Math.floor((act.rate * interest) / 100))) continue;
    const doneAt = countedFrom(act, at, cause) + delayed(chance, act.in);
    if (doneAt > life.until) continue;
    if (act.once) life.done.add(act.id);
    deed(life, into, doneAt, act.does, dataAt(act.with, doneAt, chance, cause), chance, undefined, depth);
  }
}

function countedFrom({ from }: Act, at: number, cause: Told): number {
  const date = from === undefined ? undefined : cause[from];
  return typeof date === 'number' ? Math.max(at, date) : at;
}

export function word(life: Life, into: Arrival[], at: number, command: Command, by: string): void {
  if (at <= life.until) into.push({ at, input: { kind: 'command', id: idOf(life), command, by, because: 'simulated' } });
}
