/** Published things as the core reads them: synchronous look-ups over artefacts in memory. A body keeps its identity for good, because the core caches by it. Knows no store. */
import { refOf } from '../../events/digest';
import type { Artefact } from '../../events/requests';
import type { ContentPiece } from '../../events/templates';
import { listensFor } from '../core/listens';
import type { ContentInfo, Model, Plan, Published, Settings } from '../core/plan';

export type PublishedIndex = {
  /** Artefacts already known are passed over; order does not matter. */
  add(artefacts: readonly Artefact[]): void;
  readonly knows: (ref: string) => boolean;
  readonly piece: (id: string) => { readonly ref: string; readonly piece: ContentPiece } | undefined;
  /** The same object until something is added; `undefined` while no settings are known. */
  readonly published: () => Published | undefined;
};

type Shelf<T> = {
  readonly byRef: Map<string, T>;
  readonly byVersion: Map<string, { readonly ref: string; readonly thing: T }>;
  readonly current: Map<string, { readonly ref: string; readonly version: number; readonly thing: T }>;
};
const shelf = <T>(): Shelf<T> => ({ byRef: new Map(), byVersion: new Map(), current: new Map() });

function put<T>(on: Shelf<T>, { id, version, digest }: Artefact, thing: T): boolean {
  const ref = refOf(id, version, digest);
  if (on.byRef.has(ref)) return false;
  on.byRef.set(ref, thing);
  on.byVersion.set(`${id}@${version}`, { ref, thing });
  const current = on.current.get(id);
  if (current === undefined || current.version < version) on.current.set(id, { ref, version, thing });
  return true;
}

/** `settingsId`: the settings that are in force. */
export function publishedIndex(calendar: Published['calendar'], settingsId = 'workspace'): PublishedIndex {
  const plans = shelf<Plan>();
  const models = shelf<Model>();
  const settings = shelf<Settings>();
  const pieces = shelf<ContentPiece>();
  let view: Published | undefined;

  const putAny = (artefact: Artefact): boolean => {
    if (artefact.kind === 'plan') return put(plans, artefact, artefact.body as Plan);
    if (artefact.kind === 'model') return put(models, artefact, artefact.body as Model);
    if (artefact.kind === 'settings') return put(settings, artefact, artefact.body as Settings);
    return put(pieces, artefact, artefact.body as ContentPiece);
  };

  return {
    add(artefacts) {
      const added = artefacts.filter(putAny);
      if (added.length > 0) view = undefined;
    },
    knows: (ref) => [plans, models, settings, pieces].some(({ byRef }) => byRef.has(ref)),
    piece(id) {
      const found = pieces.current.get(id);
      return found === undefined ? undefined : { ref: found.ref, piece: found.thing };
    },
    published() {
      const inForce = settings.current.get(settingsId)?.thing;
      if (inForce !== undefined) view ??= viewOf(plans, models, pieces, inForce, calendar);
      return view;
    },
  };
}

function viewOf(
  plans: Shelf<Plan>,
  models: Shelf<Model>,
  pieces: Shelf<ContentPiece>,
  settings: Settings,
  calendar: Published['calendar'],
): Published {
  const current = new Map([...plans.current].map(([id, { ref, thing }]) => [id, { ref, plan: thing }]));
  const models_ = new Map([...models.current].map(([id, { ref, thing }]) => [id, { ref, model: thing }]));
  const infos = new Map([...pieces.current].map(([id, { ref, thing }]) => [id, infoOf(ref, thing)]));
  const all = [...infos.values()];
  const enrolling = new Map<string, { readonly ref: string; readonly plan: Plan }[]>();
  for (const { ref, plan } of current.values())
    for (const type of listensFor(plan.on)) enrolling.set(type, [...(enrolling.get(type) ?? []), { ref, plan }]);

  const versions = new Map([...plans.byVersion].map(([version, { ref, thing }]) => [version, { ref, plan: thing }]));
  return {
    plan: (ref) => plans.byRef.get(ref),
    currentPlan: (id) => current.get(id) ?? versions.get(id),
    enrolledBy: (type) => enrolling.get(type) ?? [],
    model: (ref) => models.byRef.get(ref),
    currentModel: (id) => models_.get(id),
    content: (id) => infos.get(id),
    contents: () => all,
    settings,
    calendar,
  };
}

const infoOf = (ref: string, { id, version, kind, language, stage, topic, evergreen, priority, date }: ContentPiece): ContentInfo => ({
  id,
  version,
  digest: ref.split('#')[1] ?? '',
  kind,
  language,
  ...(stage === undefined ? {} : { stage }),
  ...(topic === undefined ? {} : { topic }),
  ...(evergreen === undefined ? {} : { evergreen }),
  ...(priority === undefined ? {} : { priority }),
  ...(date === undefined ? {} : { date }),
});
