/** `ripen sequences draw|explain|diff|lock`: a sequence as a picture and in sentences, what an edit changes, and keeping published versions. */
import type { Command } from 'commander';
import { changesOf } from '../../workflows/speech/plan-changes';
import type { Change } from '../../workflows/speech/plan-changes';
import { explainPlan } from '../../workflows/speech/explain-plan';
import { drawPlan } from '../../workflows/speech/draw-plan';
import { lockVersions } from '../../workflows/sequences/versions';
import type { Plan } from '../../workflows/core';
import { planAtHand } from '../plan-at-hand';
import type { Context, Outcome } from '../ports';
import { blocks, count, section } from '../print';
import { catalogue } from '../publishing';
import { failed, wrongUsage } from '../refusal';
import { verb } from '../verb';
import type { Cli } from '../verb';

export function addSequenceViews(cli: Cli, parent: Command): void {
  const plain = (command: Command): Command => command;
  verb(
    cli,
    {
      usage: 'draw <sequence>',
      does: 'The sequence as a Mermaid picture, to paste into a README or a pull request.',
      examples: ['sequences draw trial-offer', 'sequences draw trial-offer@1'],
    },
    plain,
    (context, _, name) => draw(context, name ?? ''),
    parent,
  );
  verb(
    cli,
    {
      usage: 'explain <sequence>',
      does: 'The sequence in plain sentences, in the order things happen.',
      examples: ['sequences explain trial-offer'],
    },
    plain,
    (context, _, name) => explain(context, name ?? ''),
    parent,
  );
  verb(
    cli,
    {
      usage: 'diff <from> <to>',
      does: 'What differs between two versions, sentence by sentence.',
      examples: ['sequences diff trial-offer@1 trial-offer@2'],
    },
    plain,
    (context, _, from, to) => diff(context, from ?? '', to ?? ''),
    parent,
  );
  verb(
    cli,
    {
      usage: 'lock',
      does: 'Keep the sequences of this installation as published versions: from then on an edit needs a new version.',
      examples: ['sequences lock'],
      more: 'Writes workflows/sequences/<id>/versions/<version>.json; commit these files. `sequences check` fails when a kept version is edited.',
    },
    plain,
    lock,
    parent,
  );
}

async function draw(context: Context, name: string): Promise<Outcome> {
  const plan = await planAtHand(context, name);
  const picture = drawPlan(plan);
  return { says: picture, json: { ok: true, sequence: nameOf(plan), mermaid: picture } };
}

async function explain(context: Context, name: string): Promise<Outcome> {
  const plan = await planAtHand(context, name);
  const sentences = explainPlan(plan);
  const says = sentences.map(({ depth, says: text }) => `${'  '.repeat(depth)}${text}`).join('\n');
  return { says: section(nameOf(plan), says), json: { ok: true, sequence: nameOf(plan), sentences } };
}

const nameOf = ({ id, version }: Plan): string => `${id}@${version}`;

async function diff(context: Context, from: string, to: string): Promise<Outcome> {
  const [before, after] = [await planAtHand(context, from), await planAtHand(context, to)];
  if (before.id !== after.id) throw wrongUsage(`${from} and ${to} are different sequences; give two versions of one.`);
  const changes = changesOf(before, after);
  const heading = `${nameOf(before)} and ${nameOf(after)}`;
  return {
    says: changes.length === 0 ? `${heading} say the same.` : section(`${heading}: ${count(changes.length, 'change')}`, said(changes)),
    json: { ok: true, from: nameOf(before), to: nameOf(after), changes },
  };
}

const marks = { added: '+', removed: '-', moved: '~' } as const;
const said = (changes: readonly Change[]): string =>
  changes
    .map((change) => (change.as === 'changed' ? `  - ${change.before}\n  + ${change.after}` : `  ${marks[change.as]} ${change.says}`))
    .join('\n');

function lock(context: Context): Promise<Outcome> {
  const { artefacts, faults } = catalogue(context);
  if (faults.length > 0)
    throw failed(
      `Nothing was kept; there ${faults.length === 1 ? 'is 1 fault' : `are ${faults.length} faults`}:\n  ${faults.join('\n  ')}`,
    );
  const plans = artefacts.filter(({ kind }) => kind === 'plan').map(({ body }) => body as Plan);
  const kept = lockVersions(context.shipped('workflows'), plans);
  return Promise.resolve({
    says: blocks(
      kept.length === 0 ? 'Every sequence is kept already.' : `Kept ${count(kept.length, 'version')}: ${kept.join(', ')}.`,
      kept.length === 0 ? undefined : 'Commit the new files; whoever edits one of these versions is told so by `ripen sequences check`.',
    ),
    json: { ok: true, kept },
  });
}
