/** The shipped sequences as a whole: what they send exists, what they start exists, and their READMEs show the picture drawn of them (UPDATE_README=1 writes it anew). */
import { readFileSync, writeFileSync } from 'node:fs';
import type { ContentPiece } from '../../events/templates';
import { mayFit } from '../../workflows/core/pool';
import { loadContent } from '../../workflows/content/load';
import { drawPlan } from '../../workflows/speech/draw-plan';
import { examples, sequences as own } from '../../workflows/sequences';
import { everyTouch } from '../../workflows/core/steps';
import { shipped } from '../../workflows/paths';

const bodies = loadContent(shipped('workflows', 'content')).map(({ body }) => body as ContentPiece);
const pieces = bodies.map(({ id }) => id);
const touchesOf = (plan: (typeof sequences)[number]): readonly string[] =>
  everyTouch(plan).flatMap(({ step: { id, content, pool } }) =>
    pool === undefined ? [content ?? id] : bodies.filter((piece) => mayFit(pool.from, piece)).map((piece) => piece.id),
  );

const sequences = [...own, ...examples];

describe.each(sequences.map((plan) => [plan.id, plan] as const))('%s', (id, plan) => {
  const file = shipped('workflows', 'sequences', id, 'README.md');
  const readme = readFileSync(file, 'utf8');

  it('sends only content that is shipped with it', () => {
    expect(touchesOf(plan).filter((content) => !pieces.includes(content))).toEqual([]);
  });

  it('starts only sequences that are shipped with it', () => {
    const starts = Object.values(plan.phases).flatMap(({ advance, exhausted }) =>
      [...advance.map(({ start }) => start), exhausted?.start].filter((start) => start !== undefined),
    );
    expect(starts.filter((start) => !sequences.some((other) => other.id === start))).toEqual([]);
  });

  it('shows in its README the picture that is drawn of it', () => {
    const picture = `\`\`\`mermaid\n${drawPlan(plan)}\n\`\`\``;
    if (process.env['UPDATE_README'] === '1')
      writeFileSync(
        file,
        readme.replace(/```mermaid\n[^]*?```/, () => picture),
      );
    else expect(readme).toContain(picture);
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
