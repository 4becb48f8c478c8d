/** Plays the demo's sales reps: each reads the offers in their mailbox and says accepted, contacted, won, lost or rejected. Knows no rules. */
import type { EngineClock } from '../../activities/ports';
import { chance, delay } from './chance';
import type { Mail } from './receiver';

export type RepWord = 'accept' | 'contacted' | 'reject' | 'won' | 'lost';
/** The update the CLI uses; resolves with the engine's answer. */
export type SayForRep = (
  leadId: string,
  said: { readonly word: RepWord; readonly handOff: number; readonly by: string; readonly because: string },
) => Promise<{ readonly ok: boolean; readonly says: string }>;

const hour = 3_600_000;
const day = 24 * hour;

export type RepHabits = {
  readonly name: string;
  readonly email: string;
  /** Engine ms from the mail to the answer. */
  readonly answersIn: readonly [least: number, most: number];
  /** Shares of 1: offers rejected, and of the accepted ones those won in the end; the rest is lost or stays open. */
  readonly rejects: number;
  readonly wins: number;
};

/** Four people: two reliable, one slow who lets clocks run out, one who is picky. */
export const reps: readonly RepHabits[] = [
  {
    name: 'Ana Castellanos',
    email: 'ana.castellanos@sales.trellis.example',
    answersIn: [10 * 60_000, 2 * hour],
    rejects: 0.05,
    wins: 0.35,
  },
  { name: 'Bram Visser', email: 'bram.visser@sales.trellis.example', answersIn: [20 * 60_000, 3 * hour], rejects: 0.1, wins: 0.25 },
  { name: 'Chidi Nwosu', email: 'chidi.nwosu@sales.trellis.example', answersIn: [30 * hour, 60 * hour], rejects: 0.05, wins: 0.3 },
  { name: 'Dana Whitlock', email: 'dana.whitlock@sales.trellis.example', answersIn: [15 * 60_000, 4 * hour], rejects: 0.45, wins: 0.3 },
];

export type RepsOptions = {
  readonly seed: number;
  readonly clock: EngineClock;
  readonly say: SayForRep;
  /** Lead ids are random; habits go by the address, so that a seed means the same every time. */ readonly addressOf: (
    leadId: string,
  ) => string | undefined;
};
export type Reps = {
  receive(mail: Mail): void;
  /** How often each word was said and taken; `refused` words were answered no, for example because the offer had moved to another rep. */
  readonly did: ReadonlyMap<string, number>;
  readonly failures: readonly string[];
  stop(): Promise<void>;
};

export type Saying = { readonly afterMs: number; readonly word: RepWord; readonly because: string };

/** What a rep does with an offer, in order; moments in engine ms from the mail. Pure. */
export function sayingsFor(seed: number, rep: RepHabits, leadAddress: string): readonly Saying[] {
  const roll = (what: string): number => chance(seed, what, rep.email, leadAddress);
  const answered = delay(seed, ...rep.answersIn, 'answer', rep.email, leadAddress);
  if (roll('reject') < rep.rejects) return [{ afterMs: answered, word: 'reject', because: 'too early, no project planned this year' }];
  const contacted = answered + delay(seed, hour, 10 * hour, 'contact', rep.email, leadAddress);
  const closed = contacted + delay(seed, 2 * day, 14 * day, 'close', rep.email, leadAddress);
  const end = roll('end');
  const closing: readonly Saying[] =
    end < rep.wins
      ? [{ afterMs: closed, word: 'won', because: 'signed' }]
      : end < rep.wins + 0.3
        ? [{ afterMs: closed, word: 'lost', because: 'went with what they have' }]
        : [];
  return [
    { afterMs: answered, word: 'accept', because: 'I take this one' },
    { afterMs: contacted, word: 'contacted', because: 'spoke on the phone' },
    ...closing,
  ];
}

/** Lead and number of an offer's mail; `undefined` for reminders and breaches. */
export function offerOf(mail: Mail): { readonly leadId: string; readonly handOff: number } | undefined {
  const number = /^h(\d+)\.offer\b/.exec(mail.effect ?? '')?.[1];
  return mail.rep === undefined || mail.leadId === undefined || number === undefined
    ? undefined
    : { leadId: mail.leadId, handOff: Number(number) };
}

export function startReps({ seed, clock, say, addressOf }: RepsOptions): Reps {
  const did = new Map<string, number>();
  const failures: string[] = [];
  const ends: (() => void)[] = [];
  const running = new Set<Promise<void>>();
  let stopped = false;
  const wait = (realMs: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, realMs);
      ends.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });

  const work = async (rep: RepHabits, mail: Mail, offer: { readonly leadId: string; readonly handOff: number }): Promise<void> => {
    const from = Date.now();
    for (const { afterMs, word, because } of sayingsFor(seed, rep, `${addressOf(offer.leadId) ?? offer.leadId}/${offer.handOff}`)) {
      const dueAt = clock.toReal(clock.toEngine(from) + afterMs);
      await wait(Math.max(0, dueAt - Date.now()));
      if (stopped) return;
      const answer = await say(offer.leadId, { word, handOff: offer.handOff, by: mail.rep ?? rep.email, because });
      const counted = answer.ok ? word : 'refused';
      did.set(counted, (did.get(counted) ?? 0) + 1);
      if (!answer.ok) return;
    }
  };

  return {
    did,
    failures,
    receive(mail) {
      const rep = reps.find(({ email }) => email === mail.to);
      const offer = offerOf(mail);
      if (stopped || rep === undefined || offer === undefined) return;
      const task = work(rep, mail, offer).catch(
        (error: unknown) => void failures.push(`${rep.name}: ${error instanceof Error ? error.message : String(error)}`),
      );
      running.add(task);
      void task.then(() => running.delete(task));
    },
    async stop() {
      stopped = true;
      for (const end of ends) end();
      await Promise.all(running);
    },
  };
}
