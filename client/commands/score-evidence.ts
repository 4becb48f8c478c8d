/** `ripen score evidence`: which actions come before a purchase, and the points that follow from it as a file to compare and put in force. Changes nothing. */
import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { artefactOf } from '../../events/digest';
import { isEngagementType } from '../../events/engagement';
import { usualLifecycle } from '../../workflows/core/lifecycle';
import { isPoints } from '../../workflows/core';
import type { PointsModel, Published } from '../../workflows/core';
import { parseSpan } from '../../workflows/core/time';
import { evidenceOf, least, suggested } from '../../workflows/foresight/evidence';
import type { ActionEvidence, Evidence, Suggestion, Watched } from '../../workflows/foresight/evidence';
import { watchedOf } from '../../workflows/foresight/watched';
import type * as CatalogueModule from '../../workflows/catalogue';
import { everyLeadId, forEveryLead } from '../every-lead';
import type { Context, Outcome } from '../ports';
import { blocks, count, section, table, wrapped } from '../print';
import { publishedView } from '../published';
import { failed, wrongUsage } from '../refusal';
import { checkPlace, writeWhole } from '../score-file';
import { momentOf, verb, wholeNumber } from '../verb';
import type { Cli } from '../verb';

type Options = {
  readonly since?: string;
  readonly within?: string;
  readonly goal?: string;
  readonly model?: string;
  readonly out?: string;
  readonly top?: string;
};

export const addScoreEvidence = (cli: Cli, parent: Command): void =>
  verb<Options>(
    cli,
    {
      usage: 'evidence',
      does: 'Which actions come before a purchase, how much more often, with an interval; and the points that follow from it.',
      examples: ['score evidence', "score evidence --within '30 days' --out my-points.yaml", 'score evidence --goal trial.started'],
      more:
        'A lift of 3 means: in the time after the action people buy three times as often per day as those who did not do it.\n' +
        'It says what comes before, not what causes it. With --out the points that follow are written as a scoring model;\n' +
        'then `ripen settings diff FILE`, `ripen score what-if --model FILE --since DATE` and `ripen settings apply FILE`.',
    },
    (command) =>
      command
        .option('--since <date>', 'only what happened from then on; all there is if not given')
        .option('--within <span>', "how long after an action a purchase counts for it; '90 days' if not given")
        .option('--goal <event>', 'the event that counts as the purchase; becoming a customer if not given')
        .option('--model <name>', 'whose rules to judge; the model that decides for the workspace if not given')
        .option('--out <file>', 'where to write the model with the points that follow')
        .option('--top <number>', 'how many other actions to show; 20 if not given'),
    evidence,
    parent,
  );

async function evidence(context: Context, options: Options): Promise<Outcome> {
  if (options.out !== undefined) checkPlace(options.out);
  const top = options.top === undefined ? 20 : wholeNumber(options.top, '--top');
  const window = parseSpan(options.within ?? '90 days');
  if (window === undefined) throw wrongUsage(`--within "${options.within}" is no span: write for example '30 days'.`);
  if (options.goal !== undefined && !isEngagementType(options.goal))
    throw wrongUsage(`--goal "${options.goal}" is no event; \`ripen engage --help\` lists them.`);
  const until = context.toEngine(context.now());
  const since = options.since === undefined ? 0 : context.toEngine(momentOf(options.since, '--since'));
  if (since >= until) throw wrongUsage(`--since ${options.since} lies in the future.`);
  const published = publishedView((await context.people('published', {})).artefacts);
  if (published === undefined) throw failed('Nothing is published yet: `ripen sequences publish`.');
  const model = published.currentModel(options.model ?? published.settings.model)?.model;
  if (model === undefined) throw wrongUsage(`No scoring model "${options.model ?? published.settings.model}" is published.`);
  if (!isPoints(model)) throw wrongUsage(`${model.id} has no rules of points to judge; name one that has: --model b2b-points.`);
  const looking = {
    since,
    until,
    leftOut: leftOut(published, options.goal),
    model,
    ...(options.goal === undefined ? {} : { goal: options.goal }),
  };
  const watched = await forEveryLead(context, 'Reading leads', await everyLeadId(context), (_, facts) => watchedOf(facts, looking));
  const found = evidenceOf(
    watched.filter((one): one is Watched => one !== undefined),
    window,
  );
  const byRule = new Map(found.actions.flatMap((one) => (one.key.startsWith('rule ') ? [[one.key.slice(5), one] as const] : [])));
  const changes = suggested(model.rules, byRule);
  const written = options.out === undefined || changes.length === 0 ? undefined : write(context, options.out, model, changes);
  return told({ found, model, byRule, changes, top, within: options.within ?? '90 days', goal: options.goal }, options.out, written);
}

/** What is the purchase itself comes with it, not before it. */
function leftOut({ settings }: Published, goal: string | undefined): ReadonlySet<string> {
  if (goal !== undefined) return new Set([goal]);
  return new Set(((settings.lifecycle ?? usualLifecycle).customer.signs ?? []).map(({ on }) => on));
}

/** With marketing's comments where this installation holds the very model that is in force. */
function write(context: Context, out: string, model: PointsModel, changes: readonly Suggestion[]): 'with comments' | 'without comments' {
  const { asFile, readSettingsFile, withPoints } = require('../../workflows/catalogue') as typeof CatalogueModule;
  const path = context.shipped('workflows', 'settings', `${model.id}.yaml`);
  const points = new Map(changes.map(({ rule, to }) => [rule, to]));
  const same = (() => {
    try {
      return readSettingsFile(path).artefacts[0]?.digest === artefactOf('model', model).digest;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    }
  })();
  writeWhole(out, withPoints(same ? readFileSync(path, 'utf8') : asFile(model), model.version + 1, points));
  return same ? 'with comments' : 'without comments';
}

type Told = {
  readonly found: Evidence;
  readonly model: PointsModel;
  readonly byRule: ReadonlyMap<string, ActionEvidence>;
  readonly changes: readonly Suggestion[];
  readonly top: number;
  readonly within: string;
  readonly goal: string | undefined;
};

const number = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2));
const liftOf = ({ lift }: ActionEvidence): string => (lift === undefined ? '' : `${number(lift)}x`);
const rangeOf = ({ interval, tooLittle }: ActionEvidence): string =>
  interval === undefined ? `too little data: ${tooLittle ?? ''}` : `${number(interval[0])} to ${number(interval[1])}`;

const columns = [
  { title: 'action', flexible: true },
  { title: 'people', align: 'right' },
  { title: 'bought', align: 'right' },
  { title: 'lift', align: 'right' },
  { title: '95 % interval' },
] as const;

function told({ found, model, byRule, changes, top, within, goal }: Told, out: string | undefined, written: string | undefined): Outcome {
  const others = found.actions.filter(({ key }) => !key.startsWith('rule '));
  const shown = others.slice(0, top);
  const rowOf = (one: ActionEvidence, name: string) => [name, one.people, one.bought, liftOf(one), rangeOf(one)];
  const never: ActionEvidence = { key: '', people: 0, bought: 0, personDays: 0, tooLittle: 'nobody did it' };
  const ruled = model.rules.map(({ id, points }) => rowOf(byRule.get(id) ?? never, `${id} (${points})`));
  return {
    says: blocks(
      `${count(found.people, 'person', 'people')} watched before ${goal ?? 'a purchase'}; ${found.bought} ${goal === undefined ? 'bought' : 'did it'}. Counted within ${within} after an action.`,
      found.bought < 2 * least.bought
        ? wrapped(`Too little data: with fewer than ${2 * least.bought} purchases nothing can be said of any action.`)
        : undefined,
      shown.length === 0
        ? undefined
        : section(
            'Actions',
            table(
              columns,
              shown.map((one) => rowOf(one, one.key)),
            ),
          ),
      others.length > shown.length ? `${others.length - shown.length} more are left out; see --top.` : undefined,
      section(`Rules of ${model.id}@${model.version}, with their points`, table(columns, ruled)),
      found.actions.some(({ lift }) => lift !== undefined)
        ? wrapped('One interval of twenty leaves out the truth by chance. What comes before a purchase need not be what brings it about.')
        : undefined,
      changes.length === 0
        ? 'No points follow from it that differ from those there are.'
        : section(
            'Points that follow from it',
            table(
              ['rule', { title: 'now', align: 'right' }, { title: 'would be', align: 'right' }, { title: '', flexible: true }],
              changes.map(({ rule, from, to }) => [rule, from, to, '']),
            ),
          ),
      written === undefined || out === undefined
        ? undefined
        : `Written to ${out}${written === 'without comments' ? ' (without comments: this installation holds other settings than those in force)' : ''}.\nNext: \`ripen settings diff ${out}\`, \`ripen score what-if --model ${out} --since DATE\`.`,
    ),
    json: { ok: true, ...found, model: `${model.id}@${model.version}`, suggested: changes, ...(written === undefined ? {} : { out }) },
  };
}
