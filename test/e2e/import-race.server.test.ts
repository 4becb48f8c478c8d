/** Two importers over the same people, one killed and started again, make each person one lead. */
import { startEngine, type Engine } from '../support/whole-engine';
import { raceImports } from './racing-imports';

jest.setTimeout(180_000);
let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

test('a thousand people in two lists, one import killed on its way: exactly a thousand leads', async () => {
  const people = 1_000;
  const { leads, identities, ended, whenKilled, enrolledTwice } = await raceImports(engine, people);
  expect(whenKilled).toBeLessThan(people);
  expect([leads, identities, enrolledTwice]).toEqual([people, people, 0]);
  // What the killed one had made counts as made by it, not as found by its second run.
  expect(ended.reduce((sum, { created }) => sum + created, 0)).toBe(people);
  for (const { created, updated, duplicates, rejected } of ended) expect([created + updated + duplicates, rejected]).toEqual([people, 0]);
});
