/** `ripen story`: turns what happened to a real lead into a test that tells it again, so that a complaint becomes a failing test. Changes nothing. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { DefinitionError, UnknownFact, upcast } from '../../workflows/core';
import type { Fact, Settings } from '../../workflows/core';
import type * as Sequences from '../../workflows/sequences';
import type * as Stories from '../../workflows/testing/story/story';
import { installed } from '../installed';
import { findLead } from '../people-at-hand';
import type { Context, Outcome } from '../ports';
import { publishedView } from '../published';
import { failed, messageOf, noSuchThing, Refusal, refusalOf, wrongUsage } from '../refusal';
import { family, verb } from '../verb';
import type { Cli } from '../verb';

type Options = { readonly from?: string; readonly out?: string };

export const addStory = (cli: Cli): void =>
  verb<Options>(
    cli,
    {
      usage: 'from [lead]',
      does: 'Print a test that tells what happened to a person, and passes as it is. Change what should have happened, and it fails until it is mended.',
      examples: ['story from asha@example.com --out test/sequences/asked-twice.story.test.ts', 'story from --from facts.json'],
      more: 'The file of --from is what `ripen timeline LEAD --json` prints. Nothing personal is in a story: no name, no address, nobody’s words.',
    },
    (command) =>
      command
        .option('--from <file>', 'facts that were exported, instead of a lead')
        .option('--out <file>', 'write the test there; a file that exists is left alone'),
    story,
    family(cli, 'story', 'Tests made of what happened to real people.'),
  );

async function story(context: Context, { from, out }: Options, who?: string): Promise<Outcome> {
  if ((who === undefined) === (from === undefined)) throw wrongUsage('Name a lead, or a file of facts with --from; one of the two.');
  if (out !== undefined && existsSync(out)) throw failed(`${out} exists already; name another file, or remove it first.`);
  const found = from === undefined ? await findLead(context, who) : undefined;
  const facts = found === undefined ? factsIn(from ?? '') : await context.facts(found.leadId);
  const settings = found === undefined ? undefined : await changedSettings(context);
  const { text, differs } = storyOf(context, facts, settings, out);
  if (out !== undefined) writeFileSync(out, text);
  for (const says of differs) context.warn(says);
  return {
    says: out === undefined ? text.trimEnd() : `Written to ${out}. Run it: npx jest ${out}`,
    json: {
      ok: true,
      ...(found === undefined ? {} : { lead: found.leadId }),
      same: differs.length === 0,
      differs,
      ...(out === undefined ? { text } : { file: out }),
    },
  };
}

/** Loaded late: a faulty sequence throws as it is loaded, and must spoil no other command. */
function storyOf(
  context: Context,
  facts: readonly Fact[],
  settings: Partial<Settings> | undefined,
  out: string | undefined,
): Stories.Story {
  try {
    const sequences = require('../../workflows/sequences') as typeof Sequences;
    const stories = require('../../workflows/testing/story/story') as typeof Stories;
    const from = out === undefined ? {} : { from: importFrom(dirname(resolve(out)), context.shipped('workflows')) };
    try {
      return stories.storyOf({ facts, exported: exportedBy(sequences), ...(settings === undefined ? {} : { settings }), ...from });
    } catch (error) {
      throw error instanceof stories.NoStory ? noSuchThing(error.message) : error;
    }
  } catch (error) {
    throw error instanceof DefinitionError ? failed(error.message) : error;
  }
}

const exportedBy = (sequences: typeof Sequences): readonly Stories.Exported[] =>
  Object.entries(sequences).flatMap(([name, plan]) => ('phases' in plan ? [{ name, plan }] : []));

/** As an import is written. */
function importFrom(folder: string, target: string): string {
  const path = relative(folder, target).replaceAll('\\', '/');
  return path.startsWith('.') ? path : `./${path}`;
}

function factsIn(file: string): readonly Fact[] {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw wrongUsage(`--from ${file} cannot be read as JSON: ${messageOf(error)}.`);
  }
  const facts = Array.isArray(json) ? json : (json as { readonly facts?: unknown } | null)?.facts;
  if (!Array.isArray(facts)) throw wrongUsage(`--from ${file} holds no facts; write it with \`ripen timeline LEAD --json > ${file}\`.`);
  try {
    return facts.map(upcast);
  } catch (error) {
    throw error instanceof UnknownFact ? refusalOf('fact-unknown', `${file}: ${error.message}`) : error;
  }
}

/** Marketing may have changed what the repository ships; the story then has to say so. `undefined` where nothing differs or nobody answers. */
async function changedSettings(context: Context): Promise<Partial<Settings> | undefined> {
  try {
    const inForce = publishedView((await context.people('published', { kind: 'settings' })).artefacts)?.settings;
    const own = installed(context).settings as Readonly<Record<string, unknown>>;
    const changed = Object.entries(inForce ?? {}).filter(
      ([name, value]) => name !== 'version' && JSON.stringify(value) !== JSON.stringify(own[name]),
    );
    return changed.length === 0 ? undefined : (Object.fromEntries(changed) as Partial<Settings>);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    context.warn(`The settings in force cannot be read; the story is told under those of the repository. ${error.message}`);
    return undefined;
  }
}
