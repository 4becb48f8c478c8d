/** Believable traffic on a whole engine that keeps failing: imports, visits, forms, rejections by reps, opt-outs. Notes only what was answered. */
import { freshId } from './shell-engine';
import type { Chance } from './seeded';
import { person, type Engine, type Imported } from './whole-engine';

export type Accepted = {
  readonly id: string;
  readonly leadId: string;
  readonly type: 'page.viewed' | 'form.submitted';
  readonly at: number;
};
export type Deeds = {
  readonly leads: readonly Imported[];
  /** Events the stream has acknowledged. */
  readonly accepted: readonly Accepted[];
  /** Lead -> when the opt-out was answered, real clock. */
  readonly optedOut: ReadonlyMap<string, number>;
};

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** As others do who want to be heard: again with the same content until it is answered. */
async function insist<T>(work: () => Promise<T>, untilAt: number): Promise<T | undefined> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > untilAt) return void process.stdout.write(`given up: ${error instanceof Error ? error.message : String(error)}\n`);
      await wait(300);
    }
  }
}

export async function keepBusy(engine: Engine, chance: Chance, stopAt: number): Promise<Deeds> {
  const leads: Imported[] = [];
  const accepted: Accepted[] = [];
  const optedOut = new Map<string, number>();
  const untilAt = stopAt + 60_000;

  const comeIn = async (): Promise<void> => {
    for (let n = 0; Date.now() < stopAt - 10_000; n += 3) {
      const rows = [0, 1, 2].map((one) => person(n + one, 'soak.example'));
      const batch = freshId();
      leads.push(...((await insist(() => engine.importAll(rows, 'tour', batch), untilAt)) ?? []));
      await wait(chance.between(1_000, 5_000));
    }
  };
  const act = async (): Promise<void> => {
    for (; Date.now() < stopAt; await wait(chance.between(20, 250))) {
      if (leads.length === 0) continue;
      const { leadId } = chance.oneOf(leads);
      const type = chance.between(1, 12) === 1 ? 'form.submitted' : 'page.viewed';
      const deed = { id: freshId(), leadId, type, at: Date.now() } as const;
      const data = type === 'form.submitted' ? { who: { lead: leadId }, form: 'demo' } : { who: { lead: leadId }, path: '/pricing' };
      const taken = await insist(() => engine.engage(type, data as never, deed.id, deed.at), untilAt);
      if (taken !== undefined) accepted.push(deed);
    }
  };
  const leave = async (): Promise<void> => {
    for (; Date.now() < stopAt; await wait(chance.between(3_000, 8_000))) {
      const open = engine.mailbox.mails.filter(({ leadId, wayOut }) => wayOut !== undefined && !optedOut.has(leadId));
      if (open.length === 0) continue;
      const { leadId, wayOut = '' } = chance.oneOf(open);
      const post = async (): Promise<void> => {
        const { status } = await fetch(`${engine.intakeUrl}${wayOut}`, { method: 'POST', signal: AbortSignal.timeout(5_000) });
        if (status !== 200) throw new Error(`the intake answered ${status}`);
        optedOut.set(leadId, Date.now());
      };
      await insist(post, untilAt);
    }
  };
  const sell = async (): Promise<void> => {
    for (; Date.now() < stopAt; await wait(chance.between(500, 3_000))) {
      const offers = engine.mailbox.mails.filter(({ rep }) => rep !== undefined);
      if (offers.length === 0) continue;
      const { leadId, effect } = chance.oneOf(offers);
      const word = chance.oneOf(['accept', 'reject'] as const);
      // A rep who gets no answer leaves it at that.
      await Promise.race([engine.say(leadId, { word, handOff: Number(/^h(\d+)/.exec(effect)?.[1] ?? 1) }), wait(5_000)]).catch(
        (error: unknown) => error,
      );
    }
  };
  await Promise.all([comeIn(), act(), act(), act(), leave(), sell()]);
  return { leads, accepted, optedOut };
}
