/** Where a tale begins: `journey(plan)` gives a lead in imagined time and all the words. Puts the words together; knows none of them. */
import { UnknownRef, WakeStuck } from '../core';
import type { Model, Plan, Settings } from '../core';
import type { NamesOf } from '../core/define-sequence';
import { eventDeeds, personDeeds } from './deeds';
import { deedExpectations } from './expect-deeds';
import { mailExpectations } from './expect-mails';
import { standingExpectations } from './expect-standing';
import { instantOf } from './moments';
import { publishedFor } from './rules';
import { TaleError } from './tale-error';
import { tellerOf } from './teller';
import { tellingOf } from './telling';
import type { Tale } from './words';
import { worldDeeds } from './world-deeds';

export type JourneyOptions<W extends readonly Plan[] = readonly Plan[]> = {
  /** Other sequences there are; one that the plan starts has to be among them. */
  readonly with?: W;
  /** What differs from the shipped settings (`workflows/settings/workspace.yaml`). */
  readonly settings?: Partial<Settings>;
  /** Instead of the shipped scoring models. */
  readonly models?: readonly Model[];
  /** Decides the arms of tests; any text. */
  readonly leadId?: string;
  /** Ids of the reps who take hand-offs, in turn. */
  readonly reps?: readonly string[];
  /** When the tale begins, as `at` reads it. A Monday at ten where absent: no quiet hours in the way of the first sentence. */
  readonly at?: string;
  /** IANA zone of the tale's moments; UTC where absent. */
  readonly zone?: string;
};

/** What the sequences of a tale call their parts. */
type NamesIn<P extends Plan, W extends readonly Plan[]> = {
  readonly [N in keyof NamesOf<P>]: NamesOf<P>[N] | ([W[number]] extends [never] ? never : NamesOf<W[number]>[N]);
};

const mondayAtTen = '2026-01-05T10:00';

/**
 * Begins a tale of one lead. Runs the same core as the engine, in milliseconds, with no server and no real clock.
 * Every word throws `TaleError` with the tale so far when it does not go as told. Throws `DefinitionError` where what the repository ships is faulty.
 */
export function journey<P extends Plan, const W extends readonly Plan[] = readonly []>(
  plan: P,
  options: JourneyOptions<W> = {},
): Tale<NamesIn<P, W>> {
  const plans: readonly Plan[] = [plan, ...(options.with ?? []).filter((other) => other !== (plan as Plan))];
  complete(plans);
  const zone = options.zone ?? 'Etc/UTC';
  const { leadId = 'lead', reps = ['rep-1', 'rep-2'] } = options;
  const published = publishedFor({
    plans,
    ...(options.models && { models: options.models }),
    ...(options.settings && { settings: options.settings }),
  });
  const teller = tellerOf({ plan, published, leadId, startAt: instantOf(options.at ?? mondayAtTen, zone), zone, reps });
  const vows: (() => void)[] = [];
  const keep = (): void => vows.forEach((check) => check());
  const vow = (check: () => void): void => void vows.push(check);
  const words = {
    ...personDeeds(teller),
    ...eventDeeds(teller),
    ...worldDeeds(teller),
    ...mailExpectations(teller, vow),
    ...deedExpectations(teller),
    ...standingExpectations(teller),
  };
  const looks = {
    now: () => teller.scene().now(),
    facts: () => teller.scene().facts(),
    state: () => teller.scene().state(),
    script: () => ({ leadId, published, reps, lines: teller.scene().lines() }),
    story: () => tellingOf(teller.scene(), teller.zone()),
  };
  const tale = { ...looks } as unknown as Tale<NamesIn<P, W>>;
  return Object.assign(
    tale,
    chained(words, tale, (error) => inTale(error, looks.story), keep),
  );
}

/** Every sequence that one of them starts is there, or the tale would quietly go another way than the engine. */
function complete(plans: readonly Plan[]): void {
  const ids = new Set(plans.map(({ id }) => id));
  for (const { id, phases } of plans)
    for (const { advance, exhausted } of Object.values(phases))
      for (const start of [...advance.map((each) => each.start), exhausted?.start])
        if (start !== undefined && !ids.has(start.split('@', 1)[0] ?? start))
          throw new TaleError(`${id} starts "${start}", which is not in this tale: journey(…, { with: [that sequence] })`);
}

type Word = (...said: never[]) => void;

/** Each word returns the tale; an error points at the line of the test that said the word. */
function chained(words: Readonly<Record<string, Word>>, tale: object, inWords: (error: unknown) => unknown, keep: () => void): object {
  const chain = (word: Word): Word =>
    function said(...what) {
      try {
        word(...what);
        keep();
      } catch (error) {
        const told = inWords(error);
        if (told instanceof TaleError) Error.captureStackTrace(told, said);
        throw told;
      }
      return tale;
    };
  return Object.fromEntries(Object.entries(words).map(([name, word]) => [name, chain(word)]));
}

/** The core's own complaints, with the tale that led to them. */
const inTale = (error: unknown, story: () => string): unknown =>
  error instanceof WakeStuck || error instanceof UnknownRef ? new TaleError(`${error.message}\n\n${story()}`, { cause: error }) : error;
