/** Published things for tests and simulations, without a store. */
import { artefactOf } from '../../events/digest';
import type { Artefact } from '../../events/requests';
import type { ContentPiece } from '../../events/templates';
import type { Model, Plan, Published, Settings } from '../../workflows/core/plan';
import type { PublishedSource } from '../ports';
import { intlCalendar } from '../../workflows/published/intl-calendar';
import type { PieceSource } from './liquid-renderer';
import { publishedIndex } from '../../workflows/published/published-index';
import { unknownRef } from './published-source';

export type MemoryPublished = PublishedSource &
  PieceSource & { readonly published: Published; publish(artefacts: readonly Artefact[]): void };

export type ToPublish = {
  readonly plans?: readonly Plan[];
  readonly models?: readonly Model[];
  readonly settings: Settings;
  readonly contents?: readonly ContentPiece[];
  readonly calendar?: Published['calendar'];
};

export function memoryPublished({
  plans = [],
  models = [],
  settings,
  contents = [],
  calendar = intlCalendar(),
}: ToPublish): MemoryPublished {
  const index = publishedIndex(calendar, settings.id);
  index.add([
    artefactOf('settings', settings),
    ...plans.map((plan) => artefactOf('plan', plan)),
    ...models.map((model) => artefactOf('model', model)),
    ...contents.map((piece) => artefactOf('content', piece)),
  ]);
  const published = (): Published => {
    const view = index.published();
    if (view === undefined) throw new Error('the settings are lost');
    return view;
  };
  return {
    get published() {
      return published();
    },
    publish: index.add,
    snapshot: (refs) => {
      const unknown = refs.find((ref) => !index.knows(ref));
      return unknown === undefined ? Promise.resolve(published()) : Promise.reject(unknownRef(unknown));
    },
    currentPiece: (id) => Promise.resolve(index.piece(id)),
  };
}
