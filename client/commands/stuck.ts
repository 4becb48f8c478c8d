/** `ripen stuck`: leads that need an operator, by the same queries as the Temporal UI. */
import { parseSpan } from '../../workflows/core/time';
import { namesOf, repNames } from '../people-at-hand';
import type { RepNames } from '../people-at-hand';
import type { Context, ListedLead, Outcome } from '../ports';
import { blocks, count, date, section, span, table } from '../print';
import { Refusal, wrongUsage } from '../refusal';
import { savedQueries } from '../saved-queries';
import type { Moments, SavedQueryName } from '../saved-queries';
import { problemWord, spoken } from '../../workflows/speech/words';
import { verb, wholeNumber } from '../verb';
import type { Cli } from '../verb';

type Options = { readonly overdue?: string; readonly limit: string };
type Group = { readonly name: SavedQueryName; readonly query: string; readonly leads: readonly ListedLead[] };

export const addStuck = (cli: Cli): void =>
  verb<Options>(
    cli,
    {
      usage: 'stuck',
      does: 'Leads that do not go on by themselves: overdue, failing, waiting on people, or at a dead end.',
      examples: ['stuck', "stuck --overdue '15 minutes' --json"],
      more: 'Each list is a query that also works as a filter of the workflow list in the Temporal UI.',
    },
    (command) =>
      command
        .option('--overdue <span>', "how long past its time counts as overdue: '1 hour' if not given")
        .option('--limit <number>', 'the most leads of each kind', '50'),
    stuck,
  );

const hourMs = 3_600_000;
const minuteMs = 60_000;

async function stuck(context: Context, options: Options): Promise<Outcome> {
  const limit = wholeNumber(options.limit, '--limit');
  const moments = momentsOf(context, options.overdue);
  const leads = await context.leads();
  const groups: Group[] = [];
  for (const name of Object.keys(savedQueries) as SavedQueryName[]) {
    const query = savedQueries[name].query(moments);
    groups.push({ name, query, leads: await leads.list(query, limit) });
  }
  const nameOf = await namesOf(
    context,
    groups.flatMap((group) => group.leads.map(({ leadId }) => leadId)),
  );
  const reps = await repNames(context);
  const held = await heldByBrake(context);
  const found = groups.reduce((sum, group) => sum + group.leads.length, held ?? 0);
  const says = blocks(
    found === 0 ? 'No lead is stuck.' : undefined,
    held === undefined || held === 0
      ? undefined
      : `Held by the brake: ${count(held, 'hand-off')}. An hour brought far more than usual; answer with \`ripen handoff held\`.`,
    ...groups.filter((group) => group.leads.length > 0).map((group) => groupText(group, nameOf, reps, context, limit)),
    section(
      'The same as filters of the workflow list in the Temporal UI',
      groups.map(({ name, query }) => `${savedQueries[name].title}:\n  ${query}`).join('\n'),
    ),
    context.uiUrl === undefined ? undefined : `Temporal UI: ${context.uiUrl}/namespaces/${context.namespace}/workflows`,
  );
  return {
    says,
    json: {
      ok: true,
      found,
      ...(held === undefined ? {} : { heldByBrake: held }),
      ...Object.fromEntries(groups.map(({ name, query, leads: listed }) => [camel(name), { query, leads: listed }])),
    },
  };
}

/** `undefined` with a warning where the people store is away. */
async function heldByBrake(context: Context): Promise<number | undefined> {
  try {
    return (await context.people('brake', {})).held.length;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    context.warn(`Whether the brake holds hand-offs cannot be said. ${error.message}`);
    return undefined;
  }
}

const camel = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** A demo's hour passes in moments; five real minutes are late on any clock. */
function momentsOf(context: Context, overdue: string | undefined): Moments {
  const nowAt = context.now();
  const late = overdue === undefined ? (context.clockRate === 1 ? hourMs : 5 * minuteMs) : parseSpan(overdue);
  if (late === undefined) throw wrongUsage(`--overdue "${overdue}" is no span: write for example '1 hour' or '15 minutes'.`);
  return { nowAt, overdueBeforeAt: nowAt - late, startedBeforeAt: nowAt - 5 * minuteMs };
}

function groupText({ name, leads }: Group, nameOf: (leadId: string) => string, reps: RepNames, context: Context, limit: number): string {
  const { title, means } = savedQueries[name];
  const rows = leads.map((lead) => [lead.leadId, nameOf(lead.leadId), placeOf(lead), reps.in(whyOf(name, lead, context))]);
  const more = leads.length === limit ? ` (the first ${limit}; more with --limit)` : '';
  return section(
    `${title}: ${count(leads.length, 'lead')}${more}. ${means}`,
    table(['lead', 'who', 'in', { title: 'why', flexible: true }], rows),
  );
}

const placeOf = ({ sequences, phase }: ListedLead): string =>
  [sequences.join(', '), phase].filter((part) => part !== undefined && part !== '').join(', ');

function whyOf(name: SavedQueryName, lead: ListedLead, context: Context): string {
  const { waitingFor, problem, reported, dueAt, slaDueAt, rep } = lead;
  const waits = waitingFor === undefined ? 'has not said what it waits for' : `waits for ${spoken(waitingFor)}`;
  if (name === 'failing') return problem === undefined ? `its worker fails: ${(reported ?? []).join(', ')}` : problemWord(problem);
  if (name === 'overdue') return `was due ${date(dueAt)}, ${span(context.now() - (dueAt ?? context.now()))} ago; ${waits}`;
  if (name === 'dead-end') return waits;
  const clock =
    slaDueAt === undefined
      ? ''
      : slaDueAt < context.now()
        ? `, ${span(context.now() - slaDueAt)} too late`
        : `, ${span(slaDueAt - context.now())} left`;
  return `${waits}${rep === undefined ? '' : ` (${rep})`}${clock}`;
}
