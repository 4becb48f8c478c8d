/** `ripen sequences upgrade`: moves the people on earlier versions of a sequence to another one, after a look at what it would mean. */
import { createHash } from 'node:crypto';
import type { Command } from 'commander';
import { parseRef } from '../../events/digest';
import type { Published } from '../../workflows/core';
import { inParallel } from '../in-parallel';
import { groups, groupTable, leadsOn, liveEnrolments } from '../live-enrolments';
import type { LiveEnrolment } from '../live-enrolments';
import type { Context, Leads, Outcome } from '../ports';
import { blocks, count, table } from '../print';
import { publishedView } from '../published';
import { failed, noSuchThing, wrongUsage } from '../refusal';
import { authorOf, verb } from '../verb';
import type { Authored, Cli } from '../verb';

type Upgrading = Authored & { readonly from?: string; readonly now?: boolean; readonly dryRun?: boolean };
const atOnce = 8;

export function addSequenceUpgrade(cli: Cli, parent: Command): void {
  verb<Upgrading>(
    cli,
    {
      usage: 'upgrade <sequence>',
      does: 'Move the people on other versions of a sequence to this one: with their next phase, or at once.',
      examples: ['sequences upgrade trial-offer@2 --dry-run', 'sequences upgrade trial-offer@2 --from 1 --now --because "shorter trial"'],
      more: 'People stay on the version they began with until they are moved. It may be broken off and repeated: nobody is moved twice.',
    },
    (command) =>
      command
        .option('--from <version>', 'only the people on this version')
        .option('--now', 'at once, at the step they stand at; else when they enter their next phase')
        .option('--dry-run', 'show who stands where and what would come next for them, and change nothing')
        .option('--by <name>', 'who does this; your user name if not given')
        .option('--because <text>', 'why; kept in the history of each lead'),
    (context, options, name) => upgrade(context, options, name ?? ''),
    parent,
  );
}

async function upgrade(context: Context, options: Upgrading, name: string): Promise<Outcome> {
  const { artefacts } = await context.people('published', { kind: 'plan' });
  const published = publishedView((await context.people('published', {})).artefacts);
  const target = published?.currentPlan(name);
  if (published === undefined || target === undefined)
    throw noSuchThing(`"${name}" is not published. See \`ripen sequences list\`; publish with \`ripen sequences publish\`.`);
  const to = `${target.plan.id}@${target.plan.version}`;
  const others = artefacts.flatMap(({ ref }) => {
    const { id, version } = parseRef(ref) ?? {};
    return id === target.plan.id && version !== target.plan.version ? [`${id}@${version}`] : [];
  });
  const versions = options.from === undefined ? others : others.filter((one) => one === `${target.plan.id}@${options.from}`);
  if (options.from !== undefined && versions.length === 0)
    throw wrongUsage(
      `There is no other version ${options.from} of ${target.plan.id}; there ${others.length === 1 ? 'is' : 'are'}: ${others.join(', ') || 'none'}.`,
    );
  const move = { to, when: options.now === true ? 'now' : 'next-phase' } as const;
  const live = await liveEnrolments(context, published, await leadsOn(context, versions), versions, move);
  return options.dryRun === true ? shown(to, live) : moved(context, options, move, live, published);
}

function shown(to: string, live: readonly LiveEnrolment[]): Outcome {
  const grouped = groups(live);
  return {
    says: blocks(
      live.length === 0 ? `Nobody is on another version of ${to.split('@')[0] ?? to}.` : groupTable(to, grouped),
      'This was a dry run: nothing was changed.',
    ),
    json: { ok: true, dryRun: true, to, people: live.length, groups: grouped },
  };
}

/** The same move of the same enrolment has the same id, so that a repeat after a break counts once. */
const idOf = (...parts: readonly string[]): string => createHash('sha256').update(parts.join('|')).digest('base64url').slice(0, 11);

async function moved(
  context: Context,
  options: Upgrading,
  move: { readonly to: string; readonly when: 'now' | 'next-phase' },
  live: readonly LiveEnrolment[],
  published: Published,
): Promise<Outcome> {
  const leads = await context.leads();
  const progress = context.progress('Moving', live.length);
  let done = 0;
  const answers = await inParallel(live, atOnce, async (one) => {
    const answer = await moveOne(leads, context, options, move, one, published);
    progress.at((done += 1));
    return answer;
  });
  progress.end();
  const refused = answers.filter(({ ok }) => !ok);
  if (live.length > 0 && refused.length === live.length) throw failed(`Nobody was moved. The first answer: ${refused[0]?.says ?? ''}`);
  return {
    says: blocks(
      `${move.when === 'now' ? 'Moved' : 'Will move with their next phase'}: ${count(live.length - refused.length, 'person', 'people')} to ${move.to}.`,
      refused.length === 0
        ? undefined
        : table(
            ['not moved', { title: 'why', flexible: true }],
            refused.map(({ leadId, says }) => [leadId, says]),
          ),
    ),
    json: { ok: refused.length === 0, to: move.to, when: move.when, moved: live.length - refused.length, refused },
    exit: refused.length === 0 ? 0 : 1,
  };
}

async function moveOne(
  leads: Leads,
  context: Context,
  options: Upgrading,
  { to, when }: { readonly to: string; readonly when: 'now' | 'next-phase' },
  { leadId, enrolment }: LiveEnrolment,
  published: Published,
): Promise<{ readonly leadId: string; readonly ok: boolean; readonly says: string }> {
  const ref = published.currentPlan(to)?.ref ?? to;
  const answer = await leads.command(leadId, {
    kind: 'command',
    id: idOf(leadId, enrolment, ref, when),
    command: { word: 'upgrade', enrolment, to, when },
    by: authorOf(context, options),
    because: options.because ?? '',
  });
  return { leadId, ...answer };
}
