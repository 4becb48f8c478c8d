/** What commands need of the outside world, and nothing of how it is reached; tests bind fakes here. */
import type { JetStreamApi, Publisher } from '../events/ports';
import type { Ask, PeopleVerb, Reply } from '../events/requests';
import type { Answer, Fact, Input } from '../workflows/core';
import type { CommandInput, LeadView } from '../workflows/messages';
import type { ExitCode } from './refusal';

/** A lead's workflow as Temporal lists it; instants are real epoch ms. */
export type ListedLead = {
  readonly leadId: string;
  readonly waitingFor?: string;
  readonly stage?: string;
  readonly phase?: string;
  readonly sequences: readonly string[];
  readonly rep?: string;
  readonly problem?: string;
  readonly reported?: readonly string[];
  readonly dueAt?: number;
  readonly slaDueAt?: number;
  readonly startedAt: number;
};

/** The leads' workflows. Every method throws `Refusal` when Temporal does not answer. */
export interface Leads {
  /** Starts the workflow where none runs. Repeating it with the same command id changes nothing more. */
  command(leadId: string, command: CommandInput): Promise<Answer>;
  /** `undefined` where no workflow runs, or no worker answers. */
  view(leadId: string): Promise<LeadView | undefined>;
  isRunning(leadId: string): Promise<boolean>;
  list(query: string, limit: number): Promise<readonly ListedLead[]>;
  /** Ends the workflow at once; false where none ran. */
  terminate(leadId: string, because: string): Promise<boolean>;
  /** A fresh run instead of whatever runs: loads the lead from its facts, then decides and does nothing until `release`, at most a quarter of an hour. */
  startHeld(leadId: string): Promise<void>;
  /** Hands inputs over as the router does. */
  deliver(leadId: string, inputs: readonly Input[]): Promise<void>;
  /** Ends the hold; answered when everything that came in is decided, within 15 s. */
  release(leadId: string): Promise<Answer>;
  repair(leadId: string, why: { readonly by: string; readonly because: string }): Promise<Answer>;
}

/** The campaigns' workflows; what a campaign is stands in the people store. Every method throws `Refusal` when Temporal does not answer. */
export interface Campaigns {
  /** Steps now, and begins where none runs. */
  look(id: string): Promise<void>;
  /** Rounds begin by this cron line (UTC), from now on; again the same changes nothing. */
  schedule(id: string, cron: string): Promise<void>;
  /** No round begins any more; false where none was scheduled. */
  unschedule(id: string): Promise<boolean>;
}

export interface Context {
  /** Throws `Refusal`: NATS away, the people role away, or a named problem it answered. */
  people<V extends PeopleVerb>(verb: V, ask: Ask<V>): Promise<Reply<V>>;
  /** All facts of a lead, oldest first, upcast; empty where there are none. */
  facts(leadId: string): Promise<readonly Fact[]>;
  /** Of the last decision of a lead: its number and digest; `undefined` where there is none. */
  position(leadId: string): Promise<{ readonly n: number; readonly digest: string } | undefined>;
  stream(): Promise<Publisher & JetStreamApi>;
  leads(): Promise<Leads>;
  campaigns(): Promise<Campaigns>;
  /** Real clock, epoch ms. */
  readonly now: () => number;
  readonly toEngine: (realAt: number) => number;
  readonly toReal: (engineAt: number) => number;
  /** Engine seconds per real second; 1 outside demos. */
  readonly clockRate: number;
  readonly uiUrl: string | undefined;
  readonly namespace: string;
  /** Keys the subject of published events, so that an erasure finds them. */
  readonly secret: string;
  /** Who acts where `--by` is not given. */
  readonly user: string;
  /** Absolute path of a file or folder that ships with the package. */
  readonly shipped: (...parts: readonly string[]) => string;
  /** Runs a program of the package in the foreground and passes signals on; resolves with its exit code. */
  readonly runShipped: (args: readonly string[]) => Promise<number>;
  /** A sentence for the person at the terminal, beside the result. */
  readonly warn: (says: string) => void;
  /** Shown only on a terminal and only for work that takes over two seconds. */
  readonly progress: (title: string, total?: number) => { readonly at: (done: number) => void; readonly end: () => void };
  /** Where a picture may be drawn again and again; `undefined` where output is no terminal. */
  readonly screen?: Screen | undefined;
  readonly close: () => Promise<void>;
}

export interface Screen {
  /** Replaces what was drawn before. */
  readonly draw: (text: string) => void;
  /** False when it is over. */
  readonly wait: (ms: number) => Promise<boolean>;
  /** Lines that fit. */
  readonly rows: () => number;
}

/** What a command comes to: text for people, one JSON value for programs. */
export type Outcome = { readonly says: string; readonly json: Readonly<Record<string, unknown>>; readonly exit?: ExitCode };
