/** `ripen lifecycle` and what `explain` says of a change of it and of BANT. */
import { asha, ripen } from './fake-context';
import { fact } from './given-facts';
import { facts, fits, world } from './small-world';

test('without anything that runs, lifecycle prints the definition of the installation, a word with its meaning and signs', async () => {
  const { exit, out } = await ripen({ peopleAway: true }, 'lifecycle');
  expect(exit).toBe(0);
  fits(out);
  expect(out).toMatch(/marketing qualified \(MQL\)\nmeans +Interested/);
  expect(out).toMatch(/score of 40 or more; or filled in a web form \(form\.submitted\)/);
  expect(out).toMatch(/left a\s+cart \(cart\.updated, items ≥ 1, nothing like it for 2 hours\)/);
});

test('with a running installation it says how many people are what', async () => {
  const summary = () => ({ leads: 3, byStage: {}, byQualification: { mql: 2, lead: 1 }, asOfAt: 0, lag: 0 }) as never;
  const { json } = await ripen({ ...world, people: { ...world.people, summary } }, 'lifecycle', '--json');
  const rows = json['lifecycle'] as readonly { readonly word: string; readonly people: number }[];
  expect(rows.map(({ word, people }) => [word, people])).toContainEqual(['mql', 2]);
  expect(rows).toHaveLength(9);
});

test('explain shows what is known of budget, authority, need and timing, whose word it is and how old', async () => {
  const noted = fact('EngagementRecorded', { id: 'ccccccccccc', event: 'rep.noted', actor: 'unknown', data: { need: 'urgent' } });
  const { out } = await ripen({ ...world, facts: [...facts, noted] }, 'explain', asha.leadId);
  fits(out);
  expect(out).toMatch(/need +urgent +a rep's note +\d+ Nov 2026, \d\d:\d\d, \d+ days ago/);
  expect(out).toMatch(/budget +not known/);
});
