/** `ripen sequences`: what is published, what is wrong in the repository, and publishing it. */
import { parseRef, refOf } from '../../events/digest';
import type { Artefact, Reply } from '../../events/requests';
import type { Plan } from '../../workflows/core';
import { everyTouch, stepsOf } from '../../workflows/core/steps';
import type { Context, Outcome } from '../ports';
import { blocks, count, date, section, table } from '../print';
import { catalogue, parts, publishable, stored } from '../publishing';
import { failed, noSuchThing, Refusal } from '../refusal';
import { authorOf, family, verb } from '../verb';
import type { Cli } from '../verb';
import { addSequenceReview } from './sequence-review';
import { addSequenceUpgrade } from './sequence-upgrade';
import { addSequenceSettings } from './sequence-settings';
import { addSequenceViews } from './sequence-views';

type Publishing = { readonly dryRun?: boolean; readonly restore?: boolean; readonly by?: string };

export function addSequences(cli: Cli): void {
  const parent = family(cli, 'sequences', 'Sequences, their content, scoring models and settings: list, check, publish.');
  verb(
    cli,
    { usage: 'list', does: 'The sequences that are published, with their phases.', examples: ['sequences list'] },
    (command) => command,
    list,
    parent,
  );
  verb(
    cli,
    {
      usage: 'check',
      does: 'Every fault in sequences, content, models and settings at once. Needs nothing that runs.',
      examples: ['sequences check'],
    },
    (command) => command,
    check,
    parent,
  );
  verb<Publishing>(
    cli,
    {
      usage: 'publish [sequences...]',
      does: 'Publish the sequences, content, models and settings of this installation. A published version never changes.',
      examples: ['sequences publish --dry-run', 'sequences publish', 'sequences publish webinar'],
      more: 'The example journeys are published only when named: several begin by themselves on the same events.',
    },
    (command) =>
      command
        .option('--dry-run', 'say what would be published and change nothing')
        .option('--restore', 'bring back everything ever published from its history, after a database was lost')
        .option('--by <name>', 'who does this; your user name if not given'),
    (context, options, ...named) =>
      publish(
        context,
        options,
        named.filter((name) => name !== undefined),
      ),
    parent,
  );
  addSequenceViews(cli, parent);
  addSequenceSettings(cli, parent);
  addSequenceReview(cli, parent);
  addSequenceUpgrade(cli, parent);
}

async function list(context: Context): Promise<Outcome> {
  const listed = await published(context);
  const plans = (listed ?? catalogue(context).artefacts.map(asListed)).filter(({ kind }) => kind === 'plan');
  const rows = plans.map(({ ref, publishedAt, current, body }) => {
    const { programme, phases } = body as Plan;
    const touches = everyTouch(body as Plan).length;
    return [
      ref.split('#', 1)[0],
      current ? 'yes' : 'no',
      programme ?? '',
      Object.keys(phases).join(', '),
      touches,
      publishedAt === 0 ? '' : date(publishedAt),
    ];
  });
  return {
    says: blocks(
      listed === undefined ? 'Nothing runs; these are the sequences of this installation, published or not.' : undefined,
      plans.length === 0
        ? 'No sequence is published yet: ripen sequences publish'
        : table(
            ['sequence', 'newest', 'programme', { title: 'phases', flexible: true }, { title: 'messages', align: 'right' }, 'published'],
            rows,
          ),
    ),
    json: {
      ok: true,
      published: listed !== undefined,
      sequences: plans.map(({ ref, publishedAt, current, body }) => ({
        ref,
        publishedAt,
        current,
        programme: (body as Plan).programme,
        phases: Object.entries((body as Plan).phases).map(([name, phase]) => ({
          name,
          stage: phase.stage,
          messages: stepsOf(name, phase).flatMap(({ step }) => (step.kind === undefined ? [step.id] : [])),
        })),
      })),
    },
  };
}

type Listed = Reply<'published'>['artefacts'][number];
const asListed = ({ kind, id, version, digest, body }: Artefact): Listed => ({
  kind,
  ref: refOf(id, version, digest),
  publishedAt: 0,
  current: true,
  body,
});

/** `undefined` where nobody answers. */
async function published(context: Context): Promise<readonly Listed[] | undefined> {
  try {
    return (await context.people('published', { kind: 'plan' })).artefacts;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    context.warn(error.message);
    return undefined;
  }
}

const kinds = { plan: 'sequence', model: 'scoring model', settings: 'settings file', content: 'piece of content' } as const;
const plurals = { plan: 'sequences', model: 'scoring models', settings: 'settings files', content: 'pieces of content' } as const;

function inventory(artefacts: readonly Artefact[]): string {
  const counted = (Object.keys(kinds) as Artefact['kind'][]).map((kind) => ({
    kind,
    number: artefacts.filter((artefact) => artefact.kind === kind).length,
  }));
  return counted
    .filter(({ number }) => number > 0)
    .map(({ kind, number }) => count(number, kinds[kind], plurals[kind]))
    .join(', ');
}

function check(context: Context): Promise<Outcome> {
  const { artefacts, faults } = catalogue(context);
  const json = {
    ok: faults.length === 0,
    faults,
    artefacts: artefacts.map(({ kind, id, version, digest }) => ({ kind, ref: refOf(id, version, digest) })),
  };
  if (faults.length === 0) return Promise.resolve({ says: `No fault: ${inventory(artefacts)}.`, json });
  return Promise.resolve({ says: section(count(faults.length, 'fault'), faults.map((fault) => `  ${fault}`).join('\n')), json, exit: 1 });
}

async function publish(context: Context, options: Publishing, named: readonly string[]): Promise<Outcome> {
  const artefacts = options.restore === true ? await stored(context) : publishable(wanted(sound(context), named), named);
  if (options.dryRun === true) return dryRun(context, artefacts);
  const results: Reply<'publish'>['results'][number][] = [];
  for (const part of parts(artefacts))
    results.push(...(await context.people('publish', { artefacts: part, by: authorOf(context, options) })).results);
  const refused = results.filter(({ as }) => as === 'refused');
  const fresh = results.filter(({ as }) => as === 'published');
  const says = blocks(
    `Published ${fresh.length}, unchanged ${results.length - fresh.length - refused.length}, refused ${refused.length}.`,
    fresh.length === 0 ? undefined : fresh.map(({ ref }) => `  ${ref}`).join('\n'),
    refused.length === 0
      ? undefined
      : section(
          'Refused',
          table(
            ['what', { title: 'why', flexible: true }],
            refused.map(({ ref, says: why }) => [ref, why]),
          ),
        ),
  );
  return {
    says,
    json: {
      ok: refused.length === 0,
      published: fresh.length,
      unchanged: results.length - fresh.length - refused.length,
      refused: refused.length,
      results,
    },
    exit: refused.length === 0 ? 0 : 1,
  };
}

/** Throws a refusal for a name that is no sequence here. */
function wanted(artefacts: readonly Artefact[], named: readonly string[]): readonly Artefact[] {
  const there = new Set(artefacts.filter(({ kind }) => kind === 'plan').map(({ id }) => id));
  const strange = named.find((name) => !there.has(name.split('@', 1)[0] ?? name));
  if (strange !== undefined) throw noSuchThing(`There is no sequence "${strange}" here. There are: ${[...there].join(', ')}.`);
  return artefacts;
}

/** Throws with all faults: nothing is published while there is one. */
function sound(context: Context): readonly Artefact[] {
  const { artefacts, faults } = catalogue(context);
  if (faults.length > 0)
    throw failed(
      `Nothing was published; there ${faults.length === 1 ? 'is 1 fault' : `are ${faults.length} faults`}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    );
  return artefacts;
}

async function dryRun(context: Context, artefacts: readonly Artefact[]): Promise<Outcome> {
  const known = new Map(
    (await context.people('published', {})).artefacts.map((artefact) => [
      `${artefact.kind} ${artefact.ref.split('#', 1)[0]}`,
      artefact.ref,
    ]),
  );
  const judged = artefacts.map(({ kind, id, version, digest }) => {
    const ref = refOf(id, version, digest);
    const there = known.get(`${kind} ${id}@${version}`);
    return {
      ref,
      as:
        there === undefined
          ? 'new'
          : parseRef(there)?.digest === digest
            ? 'unchanged'
            : 'would be refused: this version is published with other contents',
    };
  });
  const told = judged.filter(({ as }) => as !== 'unchanged');
  return {
    says: blocks(
      told.length === 0
        ? 'Everything is published already.'
        : table(
            ['what', { title: 'is', flexible: true }],
            told.map(({ ref, as }) => [ref, as]),
          ),
      'This was a dry run: nothing was changed.',
    ),
    json: { ok: true, dryRun: true, results: judged },
  };
}
