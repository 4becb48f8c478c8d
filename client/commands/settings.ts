/** `ripen settings`: the values marketing may change, checked, compared with what is in force, and put in force. */
import { join } from 'node:path';
import { parseRef, refOf } from '../../events/digest';
import type { Artefact } from '../../events/requests';
import type { Fault } from '../../workflows/core/definition-error';
import { changeSentence, valueChanges } from '../../workflows/speech/settings-changes';
import type { ValueChange } from '../../workflows/speech/settings-changes';
import type * as CatalogueModule from '../../workflows/catalogue';
import { settingsIn } from '../model-at-hand';
import type { Context, Outcome } from '../ports';
import { blocks, count, section } from '../print';
import { failed, wrongUsage } from '../refusal';
import { authorOf, family, verb } from '../verb';
import type { Cli } from '../verb';

type Applying = { readonly dryRun?: boolean; readonly by?: string };

export function addSettings(cli: Cli): void {
  const parent = family(cli, 'settings', 'Caps, quiet hours, segments, points and fit: check, compare, put in force.');
  const about = 'Without a file: those of this installation (workflows/settings). A copy anywhere else will do, too.';
  verb(
    cli,
    {
      usage: 'check [files...]',
      does: 'Every fault in settings and scoring models at once. Needs nothing that runs.',
      examples: ['settings check', 'settings check my-points.yaml'],
      more: about,
    },
    (command) => command,
    (context, _, ...files) => check(context, named(files)),
    parent,
  );
  verb(
    cli,
    {
      usage: 'diff [files...]',
      does: 'What would change, value by value, against what is in force.',
      examples: ['settings diff', 'settings diff my-points.yaml'],
      more: about,
    },
    (command) => command,
    (context, _, ...files) => diff(context, named(files)),
    parent,
  );
  verb<Applying>(
    cli,
    {
      usage: 'apply [files...]',
      does: 'Put settings and scoring models in force, without a new release and without a restart.',
      examples: ['settings apply --dry-run', 'settings apply my-points.yaml'],
      more: `${about}\nA version in force never changes: write the next number behind "version:". Points given before stay what the event was worth then; the new caps, decay and fit hold for them,\nand a rule that is no longer there takes its points along.`,
    },
    (command) =>
      command
        .option('--dry-run', 'say what would change and change nothing')
        .option('--by <name>', 'who does this; your user name if not given'),
    (context, options, ...files) => apply(context, options, named(files)),
    parent,
  );
}

const named = (files: readonly (string | undefined)[]): readonly string[] => files.filter((file) => file !== undefined);
const sentence = ({ path, says }: Fault): string => `${path}: ${says}`;

/** Reads the files, or the folder of the installation where none is named. What they name of people is judged beside the settings of that folder, of each other, and `inForce`. */
function read(context: Context, files: readonly string[], inForce: readonly Artefact[] = []): CatalogueModule.LoadedSettings {
  const { readSettings, readSettingsFile } = require('../../workflows/catalogue') as typeof CatalogueModule;
  const folder = join(context.shipped('workflows'), 'settings');
  if (files.length === 0) return readSettings(folder);
  const readOne = (file: string, around?: readonly Artefact[]): CatalogueModule.LoadedSettings => {
    try {
      return readSettingsFile(file, around);
    } catch (error) {
      const { code } = (error ?? {}) as NodeJS.ErrnoException;
      if (['ENOENT', 'EISDIR', 'EACCES'].includes(code ?? '')) throw wrongUsage(`${file} cannot be read.`);
      throw error;
    }
  };
  const around = [...inForce, ...readSettings(folder).artefacts, ...files.flatMap((file) => readOne(file).artefacts)];
  const loaded = files.map((file) => readOne(file, around));
  return { artefacts: loaded.flatMap(({ artefacts }) => artefacts), faults: loaded.flatMap(({ faults }) => faults) };
}

function check(context: Context, files: readonly string[]): Promise<Outcome> {
  const { artefacts, faults } = read(context, files);
  const json = { ok: faults.length === 0, faults: faults.map(sentence), artefacts: artefacts.map(refOfOne) };
  if (faults.length > 0)
    return Promise.resolve({
      says: section(count(faults.length, 'fault'), faults.map((one) => `  ${sentence(one)}`).join('\n')),
      json,
      exit: 1,
    });
  return Promise.resolve({ says: `No fault: ${artefacts.map(({ id, version }) => `${id}@${version}`).join(', ')}.`, json });
}

const refOfOne = ({ id, version, digest }: Artefact): string => refOf(id, version, digest);

type Judged = {
  readonly artefact: Artefact;
  readonly as: 'new' | 'changed' | 'unchanged' | 'refused';
  readonly changes: readonly ValueChange[];
  readonly says?: string;
};

/** Throws with all faults: what is wrong is neither compared nor put in force. */
async function judged(context: Context, files: readonly string[]): Promise<readonly Judged[]> {
  const { artefacts: there } = await context.people('published', {});
  const { artefacts, faults } = read(context, files, settingsIn(there));
  const models = [...artefacts, ...there.map(({ kind, ref }) => ({ kind, id: parseRef(ref)?.id ?? '' }))].filter(
    ({ kind }) => kind === 'model',
  );
  const strange = artefacts.flatMap(({ kind, id, body }) => {
    if (kind !== 'settings') return [];
    const { model, beside = [] } = body as { readonly model?: string; readonly beside?: readonly string[] };
    const names = [['model', model ?? ''] as const, ...beside.map((one) => ['beside', one] as const)];
    return names.flatMap(([key, name]) =>
      models.some((one) => one.id === name)
        ? []
        : [{ path: `${id}.${key}`, says: `names "${name}"; there is ${models.map((one) => one.id).join(', ') || 'no model'}` }],
    );
  });
  const wrong = [...faults, ...strange];
  if (wrong.length > 0)
    throw failed(
      `Nothing was changed; first mend ${wrong.length === 1 ? 'this' : 'these'}:\n${wrong.map((one) => `  ${sentence(one)}`).join('\n')}`,
    );
  return artefacts.map((artefact) => judge(artefact, there));
}

type There = readonly { readonly kind: Artefact['kind']; readonly ref: string; readonly current: boolean; readonly body?: unknown }[];

function judge(artefact: Artefact, there: There): Judged {
  const { kind, id, version, digest, body } = artefact;
  const versions = there.flatMap((one) => {
    const parsed = parseRef(one.ref);
    return one.kind === kind && parsed?.id === id ? [{ ...one, version: parsed.version, digest: parsed.digest }] : [];
  });
  if (versions.some((one) => one.version === version && one.digest === digest)) return { artefact, as: 'unchanged', changes: [] };
  const current = versions.find((one) => one.current);
  if (current === undefined) return { artefact, as: 'new', changes: [] };
  const changes = valueChanges(current.body, body);
  if (version > current.version) return { artefact, as: 'changed', changes };
  const next = current.version + 1;
  return { artefact, as: 'refused', changes, says: `${id}@${current.version} is in force and never changes; write version: ${next}` };
}

function told({ artefact, as, changes, says }: Judged): string {
  const { id, version } = artefact;
  if (as === 'new') return `${id}@${version} is new.`;
  const lines = changes.map((change) => `  ${changeSentence(change)}`);
  if (as === 'refused') return [`${id}: ${says ?? ''}.`, ...lines].join('\n');
  return [`${id}@${version}: ${count(changes.length, 'change')}`, ...lines].join('\n');
}

const jsonOf = (all: readonly Judged[]) =>
  all.map(({ artefact, as, changes, says }) => ({ ref: refOfOne(artefact), as, changes, ...(says === undefined ? {} : { says }) }));

async function diff(context: Context, files: readonly string[]): Promise<Outcome> {
  const all = await judged(context, files);
  const some = all.filter(({ as }) => as !== 'unchanged');
  return {
    says: some.length === 0 ? 'Nothing differs from what is in force.' : blocks(...some.map(told)),
    json: { ok: true, results: jsonOf(all) },
  };
}

async function apply(context: Context, options: Applying, files: readonly string[]): Promise<Outcome> {
  const all = await judged(context, files);
  const some = all.filter(({ as }) => as !== 'unchanged');
  const refused = some.filter(({ as }) => as === 'refused');
  const says = some.length === 0 ? 'Everything is in force already.' : blocks(...some.map(told));
  const json = { ok: refused.length === 0, dryRun: options.dryRun === true, results: jsonOf(all) };
  if (refused.length > 0) return { says: blocks(says, 'Nothing was changed.'), json, exit: 1 };
  if (options.dryRun === true) return { says: blocks(says, 'This was a dry run: nothing was changed.'), json };
  if (some.length === 0) return { says, json };
  const { results } = await context.people('publish', { artefacts: some.map(({ artefact }) => artefact), by: authorOf(context, options) });
  const lost = results.filter((one) => one.as === 'refused');
  if (lost.length > 0) throw failed(lost.map((one) => `${one.ref}: ${one.says ?? 'refused'}`).join('\n'));
  return { says: blocks(says, 'In force; running workers see it within five seconds.'), json };
}
