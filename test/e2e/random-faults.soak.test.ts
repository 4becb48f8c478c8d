/** Minutes of random SIGKILLs under traffic (RIPEN_SOAK=short: one), by a seed that is printed (RIPEN_SEED repeats it); then everything must add up. */
import { audit } from '../support/audit';
import { keepFailing } from '../support/random-faults';
import { chanceOf } from '../support/seeded';
import { openEffects } from '../support/set-check';
import { whileItMoves } from '../support/shell-engine';
import { artefactsOf, tourOf } from '../support/tour';
import { keepBusy } from '../support/soak-traffic';
import { startEngine, type Engine } from '../support/whole-engine';

const forMs = process.env['RIPEN_SOAK'] === 'short' ? 60_000 : 600_000;
/** Without a decision. A busy machine has the more to catch up with the longer it was busy. */
const patienceMs = 120_000;
jest.setTimeout(3 * forMs + 600_000);
const contents = Array.from({ length: 12 }, (_, n) => `piece-${n}`);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
let engine: Engine;
afterAll(() => engine?.stop());

test('after random kills of worker, doors, NATS and Postgres under traffic every event, mail, point and hand-off adds up', async () => {
  const seed = Number(process.env['RIPEN_SEED'] ?? Date.now() % 1_000_000);
  say(`random faults for ${forMs / 1_000} s; RIPEN_SEED=${seed} repeats them`);
  // Ten minutes of the engine are a second.
  engine = await startEngine({ rate: 600, ownPostgres: true });
  const asks = {
    name: 'asks',
    when: { kind: 'score', atLeast: 50 },
    sla: { accept: '4 hours', contact: '24 hours' },
    during: 'continue',
    rearm: { points: 5, after: '1 hour' },
  } as const;
  await engine.publish(artefactsOf([tourOf({ id: 'tour', contents, after: '10 minutes', handOff: asks })]));
  for (const name of ['rosa', 'sam']) await engine.people('addRep', { name, email: `${name}@sales.example`, by: 'test' });
  engine.mailbox.answerAfter(50);

  const stopAt = Date.now() + forMs;
  const [deeds, faults] = await Promise.all([keepBusy(engine, chanceOf(seed), stopAt), keepFailing(engine, chanceOf(seed + 1), stopAt)]);
  say(`faults: ${faults.join(', ')}`);
  say(`${deeds.leads.length} leads, ${deeds.accepted.length} events accepted, ${deeds.optedOut.size} opt-outs answered`);
  expect(deeds.leads.length).toBeGreaterThan(5);
  expect(deeds.accepted.length).toBeGreaterThan(20);
  expect(faults.length).toBeGreaterThan(3);

  let found = await audit(engine, deeds, contents);
  await whileItMoves(
    'everything comes to rest',
    async () => {
      found = await audit(engine, deeds, contents);
      // No time heals what is wrong.
      const done = found.wrong.length > 0 || (found.unfinished.length === 0 && (await openEffects(engine)).length === 0);
      return { done, moved: found.decisions };
    },
    { standsMs: patienceMs, everyMs: 1_000 },
  ).catch((error: unknown) => say(`${String(error)}\n${engine.worker.said()}\n${engine.front.said()}`));
  say(`${engine.mailbox.mails.length} mails, ${found.uncertain} uncertain, ${found.handOffs} hand-offs, ${found.decisions} decisions`);
  expect(found.wrong).toEqual([]);
  expect(found.unfinished).toEqual([]);
  expect(await openEffects(engine)).toEqual([]);
});
