/** `ripen what-if`: the real log run again under another version of a sequence or other settings, with sends off. Changes nothing. */
import { artefactOf, refOf } from '../../events/digest';
import { fold, initial, UnknownRef } from '../../workflows/core';
import type { Fact, Plan, Published, Settings } from '../../workflows/core';
import { addCourse, courseOf, differenceOf, noSums } from '../../workflows/foresight/compare';
import type { Difference, Sums } from '../../workflows/foresight/compare';
import { asItWas, withPlan, withSettings } from '../../workflows/foresight/other-world';
import { rerun } from '../../workflows/foresight/rerun';
import { everyLeadId, forEveryLead } from '../every-lead';
import { planAtHand } from '../plan-at-hand';
import type { Context, Outcome } from '../ports';
import { blocks, count, date, section, table } from '../print';
import { publishedView } from '../published';
import { catalogue } from '../publishing';
import { failed, wrongUsage } from '../refusal';
import { withheldWord } from '../../workflows/speech/words';
import { momentOf, verb, wholeNumber } from '../verb';
import type { Cli } from '../verb';

type Options = { readonly sequence?: string; readonly settings?: boolean; readonly since: string; readonly top?: string };

export const addWhatIf = (cli: Cli): void =>
  verb<Options>(
    cli,
    {
      usage: 'what-if',
      does: 'Run the real history again under another version of a sequence or other settings, with sends off, and say what would differ.',
      examples: ['what-if --sequence trial-offer@2 --since 2026-10-01', 'what-if --settings --since 2026-10-01 --top 50'],
      more:
        'Events, profiles and commands come again at their time; an answer to a mail comes only where that mail goes there too.\n' +
        'Who is on another version at that date is moved to this one. The version or settings are taken from this installation; they need not be published.',
    },
    (command) =>
      command
        .option('--sequence <name>', 'the version to try, for example trial-offer@2')
        .option('--settings', "the workspace settings as they are in this installation's files")
        .requiredOption('--since <date>', 'what was recorded before stays as it was')
        .option('--top <number>', 'how many people to show; 20 if not given'),
    whatIf,
  );

async function whatIf(context: Context, options: Options): Promise<Outcome> {
  if ((options.sequence === undefined) === (options.settings !== true))
    throw wrongUsage('Say what to try: --sequence NAME or --settings, one of them.');
  const since = context.toEngine(momentOf(options.since, '--since'));
  const until = context.toEngine(context.now());
  if (since >= until) throw wrongUsage(`--since ${options.since} lies in the future.`);
  const top = options.top === undefined ? 20 : wholeNumber(options.top, '--top');
  const published = publishedView((await context.people('published', {})).artefacts);
  if (published === undefined) throw failed('Nothing is published yet: `ripen sequences publish`.');
  const tried = options.sequence === undefined ? otherSettings(context, published) : planTried(await planAtHand(context, options.sequence));
  const compared = await compareAll(context, published, tried, since, until);
  return told(tried, compared, since, top);
}

/** `change`: from the world as it was for one lead to the one asked about. */
type Tried = { readonly name: string; readonly change: (published: Published) => Published; readonly moveTo?: string };

/** Everybody it concerns since `since` (engine's clock), as it was and with this version in force. Throws a refusal where nothing runs. */
export async function historyWith(context: Context, plan: Plan, since: number): Promise<Compared> {
  const published = publishedView((await context.people('published', {})).artefacts);
  if (published === undefined) throw failed('Nothing is published yet: `ripen sequences publish`.');
  return compareAll(context, published, planTried(plan), since, context.toEngine(context.now()));
}

function planTried(plan: Plan): Tried {
  const { digest } = artefactOf('plan', plan);
  const moveTo = `${plan.id}@${plan.version}`;
  const ref = refOf(plan.id, plan.version, digest);
  return { name: moveTo, change: (published) => withPlan(published, ref, plan), moveTo };
}

function otherSettings(context: Context, published: Published): Tried {
  const { artefacts, faults } = catalogue(context);
  const mine = artefacts.find(({ kind, id }) => kind === 'settings' && id === published.settings.id);
  if (mine === undefined) throw failed(`The settings cannot be read:\n  ${faults.join('\n  ')}`);
  return { name: 'the settings of this installation', change: (then) => withSettings(then, mine.body as Settings) };
}

type Compared = {
  readonly was: Sums;
  readonly would: Sums;
  /** Sums under what is published, as a check of the method itself. */
  readonly again: Sums;
  readonly differences: readonly Difference[];
  readonly answersLost: number;
  /** Leads on a version that is not published any more. */
  readonly skipped: number;
  /** Leads that come out as they were when run again under what is published. */
  readonly true: number;
};

async function compareAll(context: Context, published: Published, tried: Tried, since: number, until: number): Promise<Compared> {
  const sums = { was: noSums(), would: noSums(), again: noSums() };
  const differences: Difference[] = [];
  let [answersLost, skipped, same] = [0, 0, 0];
  await forEveryLead(context, 'Running again', await everyLeadId(context), (leadId, facts) => {
    if (!concerned(leadId, facts, since, tried)) return;
    const was = courseOf(facts.filter(({ recordedAt }) => recordedAt >= since));
    try {
      const then = asItWas(published, facts);
      const again = courseOf(rerun({ published: then, leadId, facts, since, until }).facts);
      const moving = tried.moveTo === undefined ? {} : { moveTo: tried.moveTo };
      const other = rerun({ published: tried.change(then), leadId, facts, since, until, ...moving });
      const would = courseOf(other.facts);
      addCourse(sums.was, was);
      addCourse(sums.again, again);
      addCourse(sums.would, would);
      answersLost += other.answersLost;
      if (differenceOf(leadId, was, again) === undefined) same += 1;
      const difference = differenceOf(leadId, again, would);
      if (difference !== undefined) differences.push(difference);
    } catch (error) {
      if (!(error instanceof UnknownRef)) throw error;
      skipped += 1;
    }
  });
  return { ...sums, differences, answersLost, skipped, true: same };
}

/** Only who was on the sequence then or entered it since can differ by its plan; settings concern everybody. */
function concerned(leadId: string, facts: readonly Fact[], since: number, { moveTo }: Tried): boolean {
  if (facts.at(-1)?.type === 'LeadErased') return false;
  if (moveTo === undefined) return true;
  const id = moveTo.split('@', 1)[0];
  const mine = (sequence: string): boolean => sequence.split('@', 1)[0] === id;
  if (facts.some((fact) => fact.type === 'Enrolled' && fact.recordedAt >= since && mine(fact.sequence))) return true;
  const then = fold(
    initial(leadId),
    facts.filter(({ recordedAt }) => recordedAt < since),
  );
  return Object.values(then.enrolments).some(({ sequence }) => mine(sequence));
}

const says = ({ more, less, handOff, reached }: Difference): string =>
  [
    ...(more.length === 0 ? [] : [`would get ${more.join(', ')}`]),
    ...(less.length === 0 ? [] : [`would not get ${less.join(', ')}`]),
    ...(handOff === undefined ? [] : [handOff]),
    ...reached,
  ].join('; ');

function told(tried: Tried, compared: Compared, since: number, top: number): Outcome {
  const { was, would, again, differences, answersLost, skipped } = compared;
  const reasons = [...new Set([...Object.keys(again.withheld), ...Object.keys(would.withheld)])].sort();
  const rows = [
    ['people', was.leads, again.leads, would.leads],
    ['mails', was.mails, again.mails, would.mails],
    ['hand-offs', was.handOffs, again.handOffs, would.handOffs],
    ...reasons.map((because) => [
      `not sent: ${withheldWord(because)}`,
      was.withheld[because] ?? 0,
      again.withheld[because] ?? 0,
      would.withheld[because] ?? 0,
    ]),
  ];
  const shown = differences.slice(0, top);
  return {
    says: blocks(
      `What if ${tried.name} had been in force since ${date(since)}?`,
      was.leads === 0
        ? 'Nobody was concerned.'
        : table(
            [
              { title: '', flexible: true },
              { title: 'happened', align: 'right' },
              { title: 'run again as it was', align: 'right' },
              { title: 'run with the change', align: 'right' },
            ],
            rows,
          ),
      was.leads === 0
        ? undefined
        : `Run again as it was, ${compared.true} of ${was.leads} people come out as they did.\nDifferences are counted from that run.`,
      shown.length === 0
        ? undefined
        : section(
            `${count(differences.length, 'person', 'people')} would fare differently`,
            table(
              ['lead', { title: 'how', flexible: true }],
              shown.map((one) => [one.leadId, says(one)]),
            ),
          ),
      differences.length > shown.length ? `${differences.length - shown.length} more are left out; see --top.` : undefined,
      answersLost === 0
        ? undefined
        : `${count(answersLost, 'answer')} to mails that would not have gone ${answersLost === 1 ? 'was' : 'were'} left out.`,
      skipped === 0 ? undefined : `${count(skipped, 'person', 'people')} left out: a version they were on is not published.`,
    ),
    json: { ok: true, tried: tried.name, since, was, again, would, differences, answersLost, skipped, sameAsHappened: compared.true },
  };
}
