/** `ripen score adopt`: a model trained from the log is taken into the workspace, beside the model that decides or in its place. */
import type { Command } from 'commander';
import { artefactOf, canonicalJson, parseRef } from '../../events/digest';
import type { Reply } from '../../events/requests';
import type { Model, Settings } from '../../workflows/core';
import { ageWords, scoringOf } from '../../workflows/core/predict';
import type { PredictiveModel } from '../../workflows/core/predict';
import type { Context, Outcome } from '../ports';
import { trainedModel } from '../../workflows/core/predict/adopt';
import { blocks, date, section, table, wrapped } from '../print';
import { failed, wrongUsage } from '../refusal';
import { readModelFile } from '../score-file';
import { inPercent } from '../score-words';
import { authorOf, verb } from '../verb';
import type { Cli } from '../verb';

type Options = { readonly id?: string; readonly decide?: boolean; readonly dryRun?: boolean; readonly by?: string };

export const addScoreAdopt = (cli: Cli, parent: Command): void =>
  verb<Options>(
    cli,
    {
      usage: 'adopt <file>',
      does: 'Take a model trained from the log into the workspace: everybody is scored by it beside the points, or with --decide in their place.',
      examples: ['score adopt model.json --dry-run', 'score adopt model.json', 'score adopt model.json --decide'],
      more: `The score of such a model is the probability, 1 to 100 percent, that the person becomes a customer; \\\`explain\\\` gives the reasons.
Only a model that was learnt from enough may decide. Each person is scored by it from their next event on.
Grades, temperatures and the mark for marketing begin where the odds are 1, 3 and 8 times those of everybody.`,
    },
    (command) =>
      command
        .option('--id <name>', 'the name of the model in the workspace; "predicted" if not given')
        .option('--decide', 'it decides for the workspace; the model that decided until now stands beside')
        .option('--dry-run', 'say what would change and change nothing')
        .option('--by <name>', 'who does this; your user name if not given'),
    (context, options, file) => adopt(context, options, file ?? ''),
    parent,
  );

type There = Reply<'published'>['artefacts'];

async function adopt(context: Context, options: Options, file: string): Promise<Outcome> {
  const artefact = readModelFile(file);
  const id = options.id ?? trainedModel;
  if (!/^[a-z][a-z0-9-]{0,63}$/.test(id)) throw wrongUsage(`--id "${id}" is no name: small letters, digits and hyphens.`);
  if (artefact.models.every(({ age }) => age === 'listed'))
    throw failed(`"${file}" was trained on a list and reads columns that no lead has; train one with \`ripen score train --from-log\`.`);
  if (options.decide === true && !artefact.mayDecide)
    throw failed(`"${file}" was learnt from too little to decide; without --decide it is taken in to stand beside the points.`);
  const { artefacts: there } = await context.people('published', {});
  const model = modelFor(there, artefact, id);
  const settings = settingsFor(there, id, options.decide === true);
  const changed = [
    ...(model.same ? [] : [artefactOf('model', model.made)]),
    ...(settings.same ? [] : [artefactOf('settings', settings.made)]),
  ];
  const says = told(artefact, model.made, settings.made, settings.same);
  const json = {
    ok: true,
    dryRun: options.dryRun === true,
    model: `${id}@${model.made.version}`,
    settings: `${settings.made.id}@${settings.made.version}`,
    decides: settings.made.model === id,
    beside: settings.made.beside ?? [],
    mayDecide: artefact.mayDecide,
    dataDigest: artefact.dataDigest,
    changed: changed.length,
  };
  if (changed.length === 0) return { says: 'It is in the workspace already.', json };
  if (options.dryRun === true) return { says: blocks(says, 'This was a dry run: nothing was changed.'), json };
  const { results } = await context.people('publish', { artefacts: changed, by: authorOf(context, options) });
  const lost = results.filter((one) => one.as === 'refused');
  if (lost.length > 0) throw failed(lost.map((one) => `${one.ref}: ${one.says ?? 'refused'}`).join('\n'));
  return { says: blocks(says, 'In force; running workers see it within five seconds.'), json };
}

type Made<T> = { readonly made: T; readonly same: boolean };

function inForce<T>(there: There, kind: There[number]['kind'], id: string): T | undefined {
  return there.find((one) => one.kind === kind && one.current && parseRef(one.ref)?.id === id)?.body as T | undefined;
}

function modelFor(there: There, artefact: PredictiveModel, id: string): Made<Extract<Model, { kind: 'predictive' }>> {
  const current = inForce<Model>(there, 'model', id);
  if (current === undefined) return { made: scoringOf(artefact, id, 1), same: false };
  if (current.kind !== 'predictive') throw wrongUsage(`"${id}" is another kind of model; take a name of its own with --id.`);
  const same = canonicalJson(current.artefact) === canonicalJson(artefact);
  return same ? { made: current, same } : { made: scoringOf(artefact, id, current.version + 1), same };
}

function settingsFor(there: There, id: string, decide: boolean): Made<Settings> {
  const current = inForce<Settings>(there, 'settings', 'workspace');
  if (current === undefined) throw failed('Nothing is published yet: `ripen sequences publish`.');
  const { beside = [], model } = current;
  if (model === id || (!decide && beside.includes(id))) return { made: current, same: true };
  const others = beside.filter((one) => one !== id);
  const next = decide ? { model: id, beside: [...others, model] } : { model, beside: [...others, id] };
  return { made: { ...current, ...next, version: current.version + 1 }, same: false };
}

function told(artefact: PredictiveModel, model: Extract<Model, { kind: 'predictive' }>, settings: Settings, settled: boolean): string {
  const { grades, mqlAt } = model;
  const decides = settings.model === model.id;
  return blocks(
    wrapped(
      `${model.id}@${model.version}: learnt on ${date(artefact.createdAt)} from ${artefact.leads.toLocaleString('en')} leads, of whom ${artefact.conversions.toLocaleString('en')} became customers${artefact.withinDays === undefined ? '' : ` within ${artefact.withinDays} days`} (data ${artefact.dataDigest.slice(0, 12)}). ${decides ? 'It decides for the workspace.' : `It stands beside ${settings.model}, which decides${artefact.mayDecide ? '' : '; it was learnt from too little to decide itself'}.`}`,
    ),
    section(
      'On the leads that came last',
      table(
        [
          'leads',
          { title: 'AUC', align: 'right' },
          { title: 'calibration error', align: 'right' },
          { title: 'top fifth converts', align: 'right' },
          { title: 'all convert', align: 'right' },
        ],
        artefact.models.map(({ age, metrics }) => [
          ageWords[age],
          metrics.auc.toFixed(3),
          metrics.ece.toFixed(3),
          inPercent(metrics.precisionTopFifth),
          inPercent(metrics.baseRate),
        ]),
      ),
    ),
    `Grade A from ${grades.A}%, B from ${grades.B}%, C from ${grades.C}%; marketing hears of people from ${mqlAt}%.`,
    settled
      ? undefined
      : `In your ${settings.id}.yaml write, so that the next \`settings apply\` keeps it:\n  version: ${settings.version}\n  model: ${settings.model}\n  beside: [${(settings.beside ?? []).join(', ')}]`,
  );
}
