/** The shipped sequences as a whole: what they send exists, what they start exists, and their pictures show what they hold. */
import { readFileSync } from 'node:fs';
import { loadContent } from '../../workflows/content/load';
import { sequences } from '../../workflows/sequences';
import { everyTouch } from '../../workflows/core/steps';
import { shipped } from '../../worker/paths';

const pieces = loadContent(shipped('workflows', 'content')).map(({ id }) => id);
const touchesOf = (plan: (typeof sequences)[number]): readonly string[] =>
  everyTouch(plan).map(({ step: { id, content } }) => content ?? id);

describe.each(sequences.map((plan) => [plan.id, plan] as const))('%s', (id, plan) => {
  const readme = readFileSync(shipped('workflows', 'sequences', id, 'README.md'), 'utf8');

  it('sends only content that is shipped with it', () => {
    expect(touchesOf(plan).filter((content) => !pieces.includes(content))).toEqual([]);
  });

  it('starts only sequences that are shipped with it', () => {
    const starts = Object.values(plan.phases).flatMap(({ advance, exhausted }) =>
      [...advance.map(({ start }) => start), exhausted?.start].filter((start) => start !== undefined),
    );
    expect(starts.filter((start) => !sequences.some((other) => other.id === start))).toEqual([]);
  });

  it('is drawn with every phase, touch and hand-off rule it has', () => {
    const phases = Object.keys(plan.phases);
    const named = [...phases, ...touchesOf(plan), ...plan.handOff.map(({ name }) => name)];
    expect(named.filter((name) => !readme.includes(name))).toEqual([]);
    expect(readme).toContain('```mermaid');
  });
});

describe('the shipped content', () => {
  it('is sent by some sequence, piece by piece, the messages to reps apart', () => {
    const sent = new Set(sequences.flatMap(touchesOf));
    expect(pieces.filter((piece) => !sent.has(piece) && !piece.startsWith('rep-'))).toEqual([]);
  });

  it('covers every stage with at least three pieces', () => {
    const stages = loadContent(shipped('workflows', 'content')).map(({ body }) => (body as { readonly stage?: string }).stage);
    for (const stage of ['awareness', 'consideration', 'decision'])
      expect(stages.filter((one) => one === stage).length).toBeGreaterThanOrEqual(3);
  });
});
