/** Whether what a sequence sends is there, fits the stage and the purpose, and names only fields that people on it can have. Knows no lead. */
import { personFields, renderTemplate } from '../../events/templates';
import type { ContentPiece } from '../../events/templates';
import type { Stage } from '../../events/stripped';
import type { Fault } from '../core/definition-error';
import type { Plan, Touch } from '../core/plan';
import { mayFit } from '../core/pool';
import { stageAtLeast } from '../core/stages';
import { everyTouch } from '../core/steps';
import { dataFieldsOf } from './known-fields';

export const contentFaults = (plan: Plan, pieces: readonly ContentPiece[], all: readonly Plan[]): readonly Fault[] => {
  const fields = dataFieldsOf(plan, all);
  return everyTouch(plan).flatMap(({ path, step, phase }) => {
    const stage = plan.phases[phase]?.stage;
    return [...touchFaults(step, stage, pieces), ...(step.outOfStage?.trim() === '' ? ['outOfStage is empty; say why'] : [])]
      .concat(fieldFaults(plan, step, pieces, fields))
      .map((says) => ({ path, says }));
  });
};

/** Ids of every piece the touch may send. */
function wanted(touch: Touch, pieces: readonly ContentPiece[]): readonly string[] {
  const { pool } = touch;
  if (pool !== undefined) return pieces.filter((piece) => mayFit(pool.from, piece)).map(({ id }) => id);
  const content = touch.content ?? touch.id;
  const arms = touch.variants === undefined ? [content] : Object.keys(touch.variants).map((variant) => `${content}.${variant}`);
  const instead = [touch.ifCapped, touch.ifQuiet].flatMap((then) => (typeof then === 'object' ? [then.replace] : []));
  return [...new Set([...arms, ...instead])];
}

function touchFaults(touch: Touch, stage: Stage | undefined, pieces: readonly ContentPiece[]): readonly string[] {
  const ids = wanted(touch, pieces);
  if (ids.length === 0)
    return ['no content fits this pool; it takes what is marked "evergreen: true" and has the topic, stage, kind and language it asks for'];
  return ids.flatMap((id) => {
    const piece = pieces.find((one) => one.id === id);
    if (piece === undefined) return [`there is no content "${id}"; write workflows/content/${id}.liquid`];
    if (piece.kind === 'rep') return [`"${id}" is a mail to reps`];
    return [...serviceFaults(touch, piece), ...stageFaults(touch, stage, piece)];
  });
}

function serviceFaults(touch: Touch, { id, kind, purpose }: ContentPiece): readonly string[] {
  if (touch.purpose !== 'service') return [];
  if (kind === 'offer' || kind === 'promotion')
    return [`is a service mail, but "${id}" is an offer; it would reach people who opted out of marketing`];
  if (purpose !== 'service')
    return [`is a service mail, but the content "${id}" is not marked "purpose: service"; marketing must not reach people who opted out`];
  return [];
}

function stageFaults({ outOfStage, pool }: Touch, stage: Stage | undefined, { id, stage: own }: ContentPiece): readonly string[] {
  if (stage === undefined || own === undefined || outOfStage !== undefined || stageAtLeast(stage, own)) return [];
  if (pool?.from.stage === 'own') return [];
  return [`sends "${id}", which is for ${own}, to people in ${stage}; send something earlier, or say why with outOfStage`];
}

const mostMissing = 10;

/** Each piece is rendered once for somebody of whom everything is known: what is missing then is missing for everybody. */
function fieldFaults(plan: Plan, touch: Touch, pieces: readonly ContentPiece[], known: ReadonlySet<string> | undefined): readonly string[] {
  return wanted(touch, pieces).flatMap((id) => {
    const piece = pieces.find((one) => one.id === id);
    if (piece === undefined || piece.kind === 'rep') return [];
    const missing = [piece.subject, piece.preheader ?? '', piece.template].flatMap((template) =>
      missingIn(template, fieldsFor(plan, known)),
    );
    return [...new Set(missing)]
      .filter((field) => known !== undefined || !field.startsWith('data.'))
      .map((field) => `"${id}" names ${field}, which nobody on this sequence has; ${hint(field, plan, known)}`);
  });
}

function hint(field: string, plan: Plan, known: ReadonlySet<string> | undefined): string {
  const list = (names: readonly string[]): string => (names.length === 0 ? 'there is none' : `there is ${names.join(', ')}`);
  if (field.startsWith('settings.')) return list(Object.keys(plan.settings ?? {}));
  return field.startsWith('data.') ? list([...(known ?? [])]) : list(personFields);
}

type Fields = {
  readonly person: Record<string, unknown>;
  readonly data: Record<string, unknown>;
  readonly settings: Record<string, unknown>;
};
const filled = (names: Iterable<string>): Record<string, unknown> => Object.fromEntries([...names].map((name) => [name, '1']));
const fieldsFor = ({ settings = {} }: Plan, known: ReadonlySet<string> = new Set()): Fields => ({
  person: filled(personFields),
  data: filled(known),
  settings: filled(Object.keys(settings)),
});

function missingIn(template: string, fields: Fields): readonly string[] {
  const missing: string[] = [];
  while (missing.length < mostMissing) {
    const rendered = renderTemplate(template, { ...fields, sequence: 'x' }, 'text');
    if (rendered.as !== 'field-missing') break;
    const [root = '', name = ''] = rendered.what.split('.');
    if (missing.includes(rendered.what) || !(root in fields)) break;
    missing.push(rendered.what);
    fields[root as keyof Fields][name] = '1';
  }
  return missing;
}
