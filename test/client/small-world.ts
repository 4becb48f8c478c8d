/** A published world in small and Asha's life in it, for the commands that read; and the page all output must fit. */
import { artefactOf } from '../../events/digest';
import type { Reply } from '../../events/requests';
import { columnsOf } from '../../client/print';
import { defineSequence, email, score } from '../../workflows/core/words';
import type { Model, Settings } from '../../workflows/core';
import { asha, nowAt } from './fake-context';
import type { World } from './fake-context';
import { life } from './given-facts';

const plan = defineSequence({
  id: 'buyers-journey',
  version: 1,
  for: 'leads',
  model: 'b2b-points',
  reenter: 'never',
  phases: {
    learn: {
      stage: 'awareness',
      touches: [email('welcome', { after: '0 minutes' }), email('ebook', { after: '2 days' })],
      advance: [{ to: 'choose', when: score.atLeast(50) }],
      exhaustedAfter: '30 days',
    },
    choose: { stage: 'decision', touches: [email('pricing', { after: '1 day' })], exhaustedAfter: '21 days' },
  },
});
const model: Model = {
  id: 'b2b-points',
  version: 1,
  rules: [{ id: 'form', on: 'form.submitted', points: 20 }],
  decay: [],
  fit: {},
  grades: { A: 20, B: 10, C: 5 },
  bands: { hot: 70, warm: 20 },
  mqlAt: 50,
};
const settings: Settings = {
  id: 'workspace',
  version: 1,
  model: 'b2b-points',
  cap: { touches: 3, per: '7 days' },
  quietHours: { from: 21, to: 8, zone: 'Europe/London' },
  restAfter: '30 days',
  unavailable: { retryAfter: '30 minutes', attempts: 3 },
};
export const artefacts = [artefactOf('plan', plan), artefactOf('model', model), artefactOf('settings', settings)];
/** An artefact as the command line gets it told. */
export const listed = ({ kind, id, version, digest, body }: ReturnType<typeof artefactOf>): Reply<'published'>['artefacts'][number] => ({
  kind,
  ref: `${id}@${version}#${digest}`,
  publishedAt: 1,
  current: true,
  body,
});
export const published = artefacts.map(listed);
/** The life of the fixture in the sequence as it is published here. */
export const facts = life.map((each) => (each.type === 'Enrolled' ? { ...each, sequence: published[0]?.ref ?? '' } : each));
export const world: World = {
  facts,
  people: { published: () => ({ artefacts: published }) },
  view: { leadId: asha.leadId, position: { n: 9, seq: 9, digest: 'x' }, inbox: 0, running: [], wakeAt: nowAt + 3_600_000 },
};

export function fits(text: string): void {
  expect(text.split('\n').filter((line) => columnsOf(line) > 100)).toEqual([]);
}
