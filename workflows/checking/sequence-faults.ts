/** What a sequence names outside itself: its model, other sequences, segments, personas, events and dates, and rounds through several. Knows no lead. */
import { isEngagementType } from '../../events/engagement';
import { mayRunOutAtOnce } from '../core/check-ways';
import type { Condition } from '../core/condition';
import type { Fault } from '../core/definition-error';
import type { Plan, Settings } from '../core/plan';
import { everyStep } from '../core/steps';
import { trainedModel } from '../core/predict/adopt';
import { parseSpan } from '../core/time';
import { faultsOfDeed } from './deed-faults';
import { dataFieldsOf, traitNames } from './known-fields';
import { ownTraitsOf } from './settings-faults';
import { traitFault, valueFault } from './trait-faults';

export type Around = { readonly all: readonly Plan[]; readonly models: readonly string[]; readonly settings: Settings | undefined };

export const sequenceFaults = (plan: Plan, around: Around): readonly Fault[] => [
  ...(around.models.includes(plan.model) || plan.model === trainedModel
    ? []
    : [{ path: 'model', says: `there is no model "${plan.model}" in workflows/settings` }]),
  ...otherSequences(plan, around.all),
  ...conditionsIn(plan, '').flatMap(({ path, condition }) => nameFaults(condition, around.settings).map((says) => ({ path, says }))),
  ...dateFaults(plan, around.all),
  ...everyStep(plan).flatMap(({ path, step }) => faultsOfDeed(step).map((fault) => ({ ...fault, path: `${path}${fault.path}` }))),
  ...roundFaults(plan, around.all),
];

type Named = { readonly path: string; readonly start: string };
const startsOf = (plan: Plan): readonly Named[] =>
  Object.entries(plan.phases).flatMap(([name, { advance, exhausted }]) => [
    ...advance.flatMap(({ start }, at) => (start === undefined ? [] : [{ path: `phases.${name}.advance[${at}].start`, start }])),
    ...(exhausted?.start === undefined ? [] : [{ path: `phases.${name}.exhausted.start`, start: exhausted.start }]),
  ]);

function otherSequences(plan: Plan, all: readonly Plan[]): readonly Fault[] {
  const ended = Object.entries(plan.phases).flatMap(([name, { advance }]) =>
    advance.flatMap(({ endOther }, at) =>
      endOther === undefined ? [] : [{ path: `phases.${name}.advance[${at}].endOther`, start: endOther }],
    ),
  );
  return [...startsOf(plan), ...ended]
    .filter(({ start }) => !all.some(({ id }) => id === start.split('@')[0]))
    .map(({ path, start }) => ({ path, says: `there is no sequence "${start}"` }));
}

type Found = { readonly path: string; readonly condition: Condition };
const asking: ReadonlySet<string> = new Set(['engaged', 'segment', 'persona', 'field', 'fit']);

/** Every condition of those kinds, wherever in the plan. */
function conditionsIn(value: unknown, path: string): readonly Found[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.entries(value).flatMap(([key, part]) =>
    conditionsIn(part, Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`),
  );
  const { kind } = value as { readonly kind?: unknown };
  return typeof kind === 'string' && asking.has(kind) ? [{ path, condition: value as Condition }, ...below] : below;
}

/** A trait nobody has or nobody may be sorted by, and a value it cannot have. Fields of the enrolment and of the campaign are other's. */
function fieldFaults({ field, test }: Extract<Condition, { kind: 'field' }>, settings: Settings | undefined): readonly string[] {
  if (field.startsWith('data.') || field.startsWith('settings.')) return [];
  const own = ownTraitsOf(settings === undefined ? [] : [settings]);
  const says = traitFault(field, own);
  if (says !== undefined) return [says];
  const codes = typeof test !== 'object' ? (test === undefined ? [] : [test]) : 'oneOf' in test ? test.oneOf : [];
  return codes.flatMap((code) => valueFault(field, String(code), own) ?? []);
}

function nameFaults(condition: Condition, settings: Settings | undefined): readonly string[] {
  if (condition.kind === 'field') return fieldFaults(condition, settings);
  if (condition.kind === 'fit')
    return Object.keys(settings?.personas ?? {}).length > 0 ? [] : ['nobody can fit: there is no persona in the settings'];
  if (condition.kind === 'engaged')
    return isEngagementType(condition.type) ? [] : [`nothing can end this wait: no event is called "${condition.type}"`];
  if (condition.kind !== 'segment' && condition.kind !== 'persona') return [];
  const named = condition.kind === 'segment' ? settings?.segments : settings?.personas;
  if (named?.[condition.name] !== undefined) return [];
  return [`there is no ${condition.kind} "${condition.name}" in the settings; there is ${Object.keys(named ?? {}).join(', ') || 'none'}`];
}

function dateFaults(plan: Plan, all: readonly Plan[]): readonly Fault[] {
  const known = dataFieldsOf(plan, all);
  if (known === undefined) return [];
  const dates = [
    ...everyStep(plan).flatMap(({ path, step }) =>
      'at' in step && step.at !== undefined ? [{ path: `${path}.at`, field: step.at.field }] : [],
    ),
    ...Object.entries(plan.phases).flatMap(([name, { exhaustedAt }]) =>
      exhaustedAt === undefined ? [] : [{ path: `phases.${name}.exhaustedAt`, field: exhaustedAt.field }],
    ),
  ];
  return dates
    .filter(({ field }) => !known.has(field) && !traitNames.has(field))
    .map(({ path, field }) => ({
      path,
      says: `nothing can end this wait: no event that enrols or updates sets "${field}"; they set ${[...known].join(', ') || 'nothing'}`,
    }));
}

/** Sequences that start each other at once, each entered again at any time. */
function roundFaults(plan: Plan, all: readonly Plan[]): readonly Fault[] {
  return atOnce(plan).flatMap(({ path, start }) => {
    const way = wayBack(start, plan.id, all, [plan.id]);
    return way === undefined
      ? []
      : [{ path, says: `goes round without a wait (${[plan.id, ...way].join(' -> ')}); give one of them a span to reenter` }];
  });
}

function wayBack(from: string, to: string, all: readonly Plan[], seen: readonly string[]): readonly string[] | undefined {
  if (from === to) return [to];
  const plan = all.find(({ id }) => id === from);
  if (plan === undefined || seen.includes(from)) return undefined;
  for (const { start } of atOnce(plan)) {
    const way = wayBack(start, to, all, [...seen, from]);
    if (way !== undefined) return [from, ...way];
  }
  return undefined;
}

/** Starts of others that may follow the moment somebody enters. */
function atOnce(plan: Plan): readonly Named[] {
  if (plan.reenter !== 'always' && parseSpan(plan.reenter) !== 0) return [];
  const open = plan.entry.map(({ to }) => to);
  if (plan.entry.every(({ when }) => when !== undefined)) open.push(...Object.keys(plan.phases).slice(0, 1));
  const reached = new Set<string>();
  const found: Named[] = [];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const phase = plan.phases[name];
    if (phase === undefined || reached.has(name)) continue;
    reached.add(name);
    const ways = phase.advance
      .map((rule, at) => ({ ...rule, path: `phases.${name}.advance[${at}].start` }))
      .filter(({ when }) => mayHoldAtOnce(when));
    const out = mayRunOutAtOnce(phase) ? [{ ...phase.exhausted, path: `phases.${name}.exhausted.start` }] : [];
    for (const { to, start, path } of [...ways, ...out]) {
      if (to !== undefined) open.push(to);
      if (start !== undefined) found.push({ path, start: start.split('@')[0] ?? start });
    }
  }
  return found;
}

/** Who is started by another sequence has done nothing in this one yet. */
function mayHoldAtOnce(condition: Condition): boolean {
  if (condition.kind === 'engaged' || condition.kind === 'clicked') return false;
  if (condition.kind === 'all') return condition.of.every(mayHoldAtOnce);
  return condition.kind !== 'any' || condition.of.some(mayHoldAtOnce);
}
