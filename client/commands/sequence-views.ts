/** `ripen sequences draw|explain|diff|lock`: a sequence as a picture and in sentences, what an edit changes, and keeping published versions. */
import type { Command } from 'commander';
import { artefactOf, refOf } from '../../events/digest';
import { changesOf } from '../../workflows/speech/plan-changes';
import type { Change } from '../../workflows/speech/plan-changes';
import { explainPlan } from '../../workflows/speech/explain-plan';
import { drawPlan } from '../../workflows/speech/draw-plan';
import { lockVersions } from '../../workflows/sequences/versions';
import type { Plan } from '../../workflows/core';
import { groups, groupTable, leadsOn, liveEnrolments } from '../live-enrolments';
import type { Group } from '../live-enrolments';
import { planAtHand } from '../plan-at-hand';
import type { Context, Outcome } from '../ports';
import { blocks, count, section } from '../print';
import { publishedView } from '../published';
import { catalogue } from '../publishing';
import { failed, Refusal, wrongUsage } from '../refusal';
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
      does: 'What differs between two versions, sentence by sentence, and who is on the older one now.',
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
  const people = changes.length === 0 ? undefined : await peopleOn(context, before, after);
  return {
    says: blocks(
      changes.length === 0 ? `${heading} say the same.` : section(`${heading}: ${count(changes.length, 'change')}`, said(changes)),
      people === undefined ? undefined : peopleSays(people, before, after),
    ),
    json: { ok: true, from: nameOf(before), to: nameOf(after), changes, ...(people === undefined ? {} : { people }) },
  };
}

/** Who is on the older version now and where the newer would put them at once; `undefined` with a warning where nothing runs. */
export async function peopleOn(context: Context, before: Plan, after: Plan): Promise<readonly Group[] | undefined> {
  try {
    const { artefacts } = await context.people('published', {});
    const fresh = artefactOf('plan', after);
    const ref = refOf(after.id, after.version, fresh.digest);
    const known = artefacts.filter((one) => one.kind !== 'plan' || one.ref.split('#', 1)[0] !== nameOf(after));
    const published = publishedView([...known, { kind: 'plan', ref, publishedAt: 0, current: false, body: after }]);
    if (published === undefined) return undefined;
    const versions = [nameOf(before)];
    const live = await liveEnrolments(context, published, await leadsOn(context, versions), versions, { to: nameOf(after), when: 'now' });
    return groups(live);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    context.warn(`Who is on ${nameOf(before)} now cannot be said. ${error.message}`);
    return undefined;
  }
}

function peopleSays(people: readonly Group[], before: Plan, after: Plan): string {
  const sum = people.reduce((total, { leads }) => total + leads, 0);
  if (sum === 0) return `Nobody is on ${nameOf(before)} now.`;
  return blocks(
    `${count(sum, 'person is', 'people are')} on ${nameOf(before)} now. They stay there; moved at once they would go on like this:`,
    groupTable(nameOf(after), people),
  );
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
