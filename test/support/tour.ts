/** Small published things for whole-engine tests: tours of a few mails in a row, a model, settings without a night. Nothing of them is shipped. */
import { join } from 'node:path';
import { artefactOf } from '../../events/digest';
import type { Artefact } from '../../events/requests';
import type { ContentPiece } from '../../events/templates';
import { readContent } from '../../workflows/content/load';
import type { HandOffRule, Model, Plan, Settings, Touch } from '../../workflows/core';

export type Tour = {
  readonly id: string;
  readonly contents: readonly string[];
  readonly after?: Touch['after'];
  /** `after` of all but the first. */ readonly later?: Touch['after'];
  readonly handOff?: HandOffRule;
};

/** One mail after the other, each `after` the one before has closed (at once where absent). */
export const tourOf = ({ id, contents, after = '0 minutes', later = after, handOff }: Tour): Plan => ({
  id,
  version: 1,
  for: 'leads',
  model: 'tour-points',
  reenter: 'never',
  exit: [],
  handOff: handOff === undefined ? [] : [handOff],
  entry: [],
  phases: {
    start: {
      stage: 'awareness',
      touches: contents.map((content, at) => ({ channel: 'email', id: content, after: at === 0 ? after : later, purpose: 'marketing' })),
      advance: [],
      exhaustedAfter: '900 days',
    },
  },
});

export const pieceOf = (
  id: string,
  template = '<p>Hello {{ person.firstName | default: "there" }}, this is {{ sequence }}.</p>',
): ContentPiece => ({
  id,
  version: 1,
  kind: 'blog',
  language: 'en',
  subject: `About ${id}`,
  template,
});

const model: Model = {
  id: 'tour-points',
  version: 1,
  rules: [
    { id: 'visit', on: 'page.viewed', points: 5, perDay: 30 },
    { id: 'form', on: 'form.submitted', points: 60 },
  ],
  decay: [{ afterDays: 30, percent: 50 }],
  fit: {},
  grades: { A: 30, B: 20, C: 10 },
  bands: { hot: 70, warm: 30 },
  mqlAt: 60,
};

const settings: Settings = {
  id: 'workspace',
  version: 1,
  model: 'tour-points',
  cap: { touches: 1_000, per: '1 day' },
  quietHours: { from: 0, to: 0, zone: 'Etc/UTC' },
  restAfter: '300 days',
  unavailable: { retryAfter: '1 minute', attempts: 100 },
};

/** Plans, the content they name (the default text unless `pieces` has it), mails to reps, model and settings. */
export function artefactsOf(
  plans: readonly Plan[],
  pieces: readonly ContentPiece[] = [],
  except: readonly string[] = [],
): readonly Artefact[] {
  const named = new Set(plans.flatMap((plan) => Object.values(plan.phases).flatMap(({ touches }) => touches.map(({ id }) => id))));
  const given = new Map(pieces.map((piece) => [piece.id, piece]));
  const toReps = readContent(join(__dirname, '..', '..', 'workflows', 'content')).artefacts.filter(({ id }) => id.startsWith('rep-'));
  return [
    artefactOf('model', model),
    artefactOf('settings', settings),
    ...[...named].filter((id) => !except.includes(id)).map((id) => artefactOf('content', given.get(id) ?? pieceOf(id))),
    ...toReps,
    ...plans.map((plan) => artefactOf('plan', plan)),
  ];
}
