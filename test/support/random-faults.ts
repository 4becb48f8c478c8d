/** Kills one part of a whole engine after the other, at random moments, and heals all at the end. Decides by the chance it is given. */
import type { Chance } from './seeded';
import type { Engine } from './whole-engine';

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Until `stopAt`; everything runs again when it resolves. Returns what was killed, with how long it was away. */
export async function keepFailing(engine: Engine, chance: Chance, stopAt: number): Promise<readonly string[]> {
  const done: string[] = [];
  const parts = { worker, doors, nats, postgres } as const;
  await wait(4_000);
  while (Date.now() < stopAt) {
    const name = chance.oneOf(Object.keys(parts) as (keyof typeof parts)[]);
    const awayMs = chance.between(200, 4_000);
    await parts[name](engine, awayMs);
    done.push(`${name} ${awayMs} ms`);
    await wait(chance.between(500, 4_000));
  }
  return done;
}

async function worker(engine: Engine, awayMs: number): Promise<void> {
  await engine.worker.kill();
  // Nobody lives who could hold a lease, so it is only waiting that is left out.
  await engine.endLeases();
  await wait(awayMs);
  await engine.worker.start();
}

async function doors(engine: Engine, awayMs: number): Promise<void> {
  await engine.front.kill();
  await wait(awayMs);
  await engine.front.start();
}

async function nats(engine: Engine, awayMs: number): Promise<void> {
  await engine.nats.kill();
  await wait(awayMs);
  await engine.nats.restart();
}

async function postgres(engine: Engine, awayMs: number): Promise<void> {
  await engine.postgres?.kill();
  await wait(awayMs);
  await engine.postgres?.restart();
}
