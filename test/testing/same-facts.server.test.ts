/** The same tale, in the core and on a real server with skipped time: the same facts. */
import type { Fact } from '../../workflows/core';
import { stopLeftOver } from '../support/shell-engine';
import { onServer } from '../support/tale-on-server';
import { skippingTemporal } from '../support/skipped-time';
import { tales } from './tales';

jest.setTimeout(240_000);

let server: Awaited<ReturnType<typeof skippingTemporal>>;
beforeAll(async () => {
  server = await skippingTemporal();
});
afterAll(async () => {
  await stopLeftOver();
  await server.remove();
});

/** All that may differ: a server's lead says which run of its workflow took it up. Everything else is compared whole, moments and ids included. */
const onlyOnServer = (fact: Fact): boolean => fact.type === 'LeadResumed';

const told: { name: string; resumed: number; runs: number }[] = [];

test.each(Object.entries(tales))('%s', async (name, tell) => {
  const tale = tell();
  const { facts, runs } = await onServer(server.address, tale.script());
  told.push({ name, resumed: facts.filter(onlyOnServer).length, runs });
  expect(facts.filter((fact) => !onlyOnServer(fact))).toEqual(tale.facts());
  expect(facts.filter(onlyOnServer).length).toBeGreaterThan(0);
});

test('the tales tell of every part of the shell: a lead loaded anew after its sleep, and runs continued as new', () => {
  const of = (words: string) => told.find(({ name }) => name.includes(words));
  expect(of('into sleep')).toMatchObject({ resumed: 2 });
  expect(of('continues as new')).toMatchObject({ resumed: 1 });
  expect(of('continues as new')?.runs).toBeGreaterThan(1);
});
