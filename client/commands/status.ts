/** `ripen status`: the whole installation in numbers, or one lead as it stands. */
import { countRejected } from '../../events/rejected-store';
import type { SendingHold } from '../../events/campaign-requests';
import type { Context, Outcome } from '../ports';
import { blocks, count, date, section, table, wrapped } from '../print';
import { messageOf, Refusal } from '../refusal';
import { filterQueries } from '../saved-queries';
import { statusOfOne } from '../status-lead';
import { problemWord, qualificationWords, stageWords } from '../../workflows/speech/words';
import { verb } from '../verb';
import type { Cli } from '../verb';

export const addStatus = (cli: Cli): void =>
  verb(
    cli,
    {
      usage: 'status [lead]',
      does: 'Without a lead: how many are where, and what is wrong. With a lead: where the person stands, what comes next and why it waits.',
      examples: ['status', 'status asha@example.com'],
    },
    (command) => command,
    (context, _options, who) => (who === undefined ? statusOfAll(context) : statusOfOne(context, who)),
  );

const mostProblems = 1_000;

async function statusOfAll(context: Context): Promise<Outcome> {
  const away: string[] = [];
  const part = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (!away.includes(error.message)) away.push(error.message);
      return undefined;
    }
  };
  const summary = await part(() => context.people('summary', {}));
  const uncertain = await part(async () => (await context.people('uncertain', {})).sends.length);
  const held = await part(async () => (await context.people('brake', {})).held.length);
  const stopped = await part(async () => (await context.people('sending', {})).holds);
  const rejected = await part(async () =>
    countRejected(await context.stream()).catch((error: unknown) => {
      throw new Refusal(messageOf(error), 1);
    }),
  );
  const problems = await part(async () => byProblem(await (await context.leads()).list(filterQueries.problems(), mostProblems)));
  const rejectedTotal = rejected === undefined ? undefined : Object.values(rejected).reduce((sum, number) => sum + number, 0);
  const numbers = (title: string, counts: Readonly<Record<string, number>>, words: Readonly<Record<string, string>>): string =>
    table(
      [title, { title: 'leads', align: 'right' }],
      Object.keys(words)
        .filter((code) => (counts[code] ?? 0) > 0)
        .map((code) => [words[code], counts[code]]),
    );
  const says = blocks(
    stopped === undefined || stopped.length === 0 ? undefined : wrapped(stopped.map(stoppedWord).join('\n')),
    summary === undefined
      ? undefined
      : `${count(summary.leads, 'lead')}${summary.asOfAt === 0 ? '' : `, as of ${date(summary.asOfAt)}`}${summary.lag > 0 ? ` (${count(summary.lag, 'message')} behind)` : ''}`,
    summary === undefined || summary.leads === 0 ? undefined : numbers('stage', summary.byStage, stageWords),
    summary === undefined || summary.leads === 0 ? undefined : numbers('lifecycle stage', summary.byQualification, qualificationWords),
    problems === undefined
      ? undefined
      : Object.keys(problems).length === 0
        ? 'No lead has a problem.'
        : section(
            'Problems',
            table(
              [
                { title: 'leads', align: 'right' },
                { title: 'problem', flexible: true },
              ],
              Object.entries(problems).map(([code, number]) => [number, problemWord(code)]),
            ),
          ),
    [
      held === undefined || held === 0 ? undefined : `The brake holds ${count(held, 'hand-off')}. See \`ripen handoff held\`.`,
      uncertain === undefined
        ? undefined
        : uncertain === 0
          ? 'No delivery is unknown.'
          : `Delivery unknown: ${count(uncertain, 'message')}. See \`ripen uncertain list\`.`,
      rejectedTotal === undefined
        ? undefined
        : rejectedTotal === 0
          ? 'Nothing was rejected.'
          : `Rejected: ${count(rejectedTotal, 'message')}. See \`ripen rejected list\`.`,
      ...away,
    ]
      .filter((line) => line !== undefined)
      .join('\n'),
  );
  const { leads, byStage, byQualification, asOfAt, lag } = summary ?? {};
  return {
    says,
    json: {
      ok: away.length === 0,
      leads,
      byStage,
      byQualification,
      asOfAt,
      lag,
      problems,
      uncertain,
      held,
      stopped,
      rejected: rejected === undefined ? undefined : { total: rejectedTotal, byCode: rejected },
      away,
    },
    exit: away.length === 0 ? 0 : 1,
  };
}

const stoppedWord = ({ scope, sinceAt, says }: SendingHold): string =>
  scope === '*'
    ? `All sending is stopped since ${date(sinceAt)}: ${says}. \`ripen sending start\` lets it go again.`
    : `Campaign ${scope} is paused since ${date(sinceAt)}: ${says}. \`ripen campaign resume ${scope}\` lets it go on.`;

function byProblem(leads: readonly { readonly problem?: string }[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { problem } of leads) if (problem !== undefined) counts[problem] = (counts[problem] ?? 0) + 1;
  return counts;
}
