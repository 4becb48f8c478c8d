/** The page about an edit that a marketer signs off. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reviewPage } from '../../client/review-page';
import type { Review } from '../../client/review-page';
import type { ContentPiece } from '../../events/templates';
import { simulationOf } from '../../workflows/simulating';
import { defineSequence, email, score } from '../../workflows/core/words';
import type { Plan } from '../../workflows/core';
import { shipped } from '../../workflows/paths';
import { ripen } from './fake-context';

const planOf = (version: number, second: 'ebook' | 'how-to-guide'): Plan =>
  defineSequence({
    id: 'season',
    version,
    model: 'b2b-points',
    handOff: [{ name: 'keen', when: score.atLeast(version === 1 ? 90 : 10), sla: { contact: '24 hours' } }],
    phases: {
      only: {
        stage: 'awareness',
        touches: [email('welcome', { after: '1 day' }), email(second, { after: '2 days' })],
        exhaustedAfter: '30 days',
      },
    },
  });
const [one, two] = [planOf(1, 'ebook'), planOf(2, 'how-to-guide')];
const reportOf = (plan: Plan) => {
  const made = simulationOf({ root: shipped('workflows'), sequence: plan.id, seed: 1, from: Date.UTC(2026, 0, 5), days: 60 }, [plan]);
  if (made.as !== 'made') throw new Error(JSON.stringify(made));
  made.simulation.run(0, 200);
  return made.simulation.report();
};
const piece: ContentPiece = {
  id: 'how-to-guide',
  version: 4,
  kind: 'guide',
  stage: 'awareness',
  language: 'en',
  subject: 'How to',
  template: '<p>First | then</p>',
};
const review: Review = {
  before: one,
  after: two,
  pieces: [piece],
  simulated: { before: reportOf(one), after: reportOf(two) },
  people: [{ version: 'season@1', now: 'only: "ebook"', there: 'only: nothing more', leads: 7 }],
  history: {
    sinceDay: '2026-10-01',
    again: { leads: 3, mails: 5, handOffs: 0, withheld: {}, mailsByDay: {} },
    would: { leads: 3, mails: 4, handOffs: 1, withheld: {}, mailsByDay: {} },
  },
};

test('says what changes, with the words of the mails concerned, the volumes, the people and both pictures', () => {
  const page = reviewPage(review);
  expect(page).toContain('- gone: Mail "ebook" 2 days after the step before.');
  expect(page).toContain('- new: Mail "how-to-guide" 2 days after the step before.');
  expect(page).toMatch(
    /- before: To sales \("keen"\) when the score is 90 or more[^\n]+\n {2}after: To sales \("keen"\) when the score is 10 or more/,
  );
  expect(page).toContain('**how-to-guide** (guide, awareness, version 4): How to\n\n> <p>First | then</p>');
  expect(page).toContain('**ebook**: its content is not in this installation.');
  expect(page).toContain('| only: "ebook" | only: nothing more | 7 |');
  expect(page).toContain('5 messages as it was, 4 with the change; 0 hand-offs as it was, 1 with the change.');
  expect(page.match(/```mermaid/g)).toHaveLength(2);
});

test('compares the volumes of the same made-up people', () => {
  const handOffs = /\| hand-offs to sales \| (\d+) \| (\d+) \|/.exec(reviewPage(review));
  expect(Number(handOffs?.[2])).toBeGreaterThan(Number(handOffs?.[1]));
});

test('is written to a file, and needs nothing that runs', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ripen-review-'));
  try {
    const out = join(folder, 'page.md');
    const { exit, json, err } = await ripen(
      { peopleAway: true },
      'sequences',
      'review',
      'trial-offer',
      'trial-offer@1',
      '--leads',
      '20',
      '--out',
      out,
      '--json',
    );
    expect([exit, json['ok'], json['out']]).toEqual([0, true, out]);
    expect(err).toContain('Who is on trial-offer@1 now cannot be said.');
    expect(readFileSync(out, 'utf8')).toMatch(/^# trial-offer@1 → trial-offer@1\n/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('is about one sequence', async () =>
  expect((await ripen({ peopleAway: true }, 'sequences', 'review', 'trial-offer', 'buyers-journey')).exit).toBe(2));
