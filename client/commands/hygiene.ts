/** `ripen hygiene`: who of everybody known is no use to a mailing, what a year costs, and the way back for the silent. */
import { parseSpan } from '../../workflows/core/time';
import { csvFile } from '../csv-file';
import { conditionOf, conditions, lossOf, type Condition, type Loss } from '../hygiene';
import { inParallel } from '../in-parallel';
import { everybody, type StoredPerson } from '../people-pages';
import type { Context, Outcome } from '../ports';
import { blocks, count, section, table, wrapped } from '../print';
import { wrongUsage } from '../refusal';
import { tell } from '../say';
import { authorOf, verb, wholeNumber } from '../verb';
import type { Cli } from '../verb';

type Options = {
  readonly silent: string;
  readonly mails: string;
  readonly out?: string;
  readonly sequence?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly by?: string;
};

export const addHygiene = (cli: Cli): void =>
  verb<Options>(
    cli,
    {
      usage: 'hygiene',
      does: 'How clean the list is: who bounced, left, never answered or has long been silent, and the share lost in a year. Changes nothing by itself.',
      examples: [
        'hygiene',
        'hygiene --silent "180 days" --out silent.csv',
        'hygiene --sequence wake-up --dry-run',
        'hygiene --sequence wake-up --yes',
      ],
      more: 'Mailing lists lose about a quarter of their people a year. The sequence wake-up asks the silent whether it is still of use and then lets them be; published,\nit begins by itself after 90 days of silence. --sequence starts it now.',
    },
    (command) =>
      command
        .option('--silent <span>', 'no sign of life for so long is silence', '180 days')
        .option('--mails <number>', 'so many mails without any sign of life is too many', '5')
        .option('--out <file>', 'write everybody who is not fine to this file, with the reason')
        .option('--sequence <id>', 'put the silent into this sequence')
        .option('--dry-run', 'with --sequence: say how many, change nothing')
        .option('--yes', 'with --sequence: do it')
        .option('--by <name>', 'who does this; your user name if not given'),
    hygiene,
  );

type Judged = { readonly person: StoredPerson; readonly condition: Condition };

async function hygiene(context: Context, options: Options): Promise<Outcome> {
  const silentMs = parseSpan(options.silent);
  if (silentMs === undefined) throw wrongUsage(`--silent "${options.silent}" is no span: write for example "180 days".`);
  const mails = wholeNumber(options.mails, '--mails');
  if (options.sequence !== undefined && (options.yes === true) === (options.dryRun === true))
    throw wrongUsage('Look first with --dry-run, then say --yes.');
  const now = context.toEngine(context.now());
  const people = await everybody(context, 'Reading everybody');
  const limits = { now, toEngine: context.toEngine, silentMs, mails };
  const judged = people.map((person) => ({ person, condition: conditionOf(person, limits) }));
  const { lost, sinceAt } = await context.people('lost', {});
  const loss = lossOf(lost, people.length, (now - context.toEngine(sinceAt)) / 86_400_000);
  if (options.out !== undefined) write(options.out, judged);
  const silent = judged.filter(({ condition }) => condition === 'unengaged' || condition === 'never-engaged');
  const started = options.sequence !== undefined && options.yes === true ? await start(context, options, silent) : undefined;
  return outcomeOf(judged, loss, options, { silent: silent.length, started });
}

async function start(context: Context, { sequence = '', by }: Options, silent: readonly Judged[]): Promise<number> {
  const why = { by: authorOf(context, by === undefined ? {} : { by }), because: 'silent for long; found by hygiene' };
  const progress = context.progress(`Starting ${sequence}`, silent.length);
  let done = 0;
  const answers = await inParallel(silent, 8, async ({ person }) => {
    const { answer } = await tell(context, person.leadId, { word: 'enrol', sequence }, why);
    progress.at((done += 1));
    return answer.ok;
  });
  progress.end();
  return answers.filter(Boolean).length;
}

function write(file: string, judged: readonly Judged[]): void {
  const out = csvFile(file, ['lead', 'email', 'name', 'condition', 'last engaged', 'last mailed', 'mails']);
  const day = (at: number | undefined): string => (at === undefined ? '' : new Date(at).toISOString().slice(0, 10));
  for (const { person, condition } of judged) {
    if (condition === 'fine') continue;
    const { leadId, email = '', fields, engagedAt, mailedAt, mails } = person;
    const name = [fields['firstName'], fields['lastName']].filter((part) => part !== undefined).join(' ');
    out.add([leadId, email, name, condition, day(engagedAt), day(mailedAt), mails]);
  }
  out.end();
}

const words: Readonly<Record<Condition, string>> = {
  bounced: 'address does not exist any more',
  complained: 'complained',
  'opted-out': 'opted out',
  blocked: 'never to be contacted',
  unreachable: 'without an e-mail address',
  'never-engaged': 'mailed, never a sign of life',
  unengaged: 'silent for long',
  fine: 'fine',
};
const percent = (share: number): string => `${Math.round(share * 1_000) / 10}%`;

function outcomeOf(
  judged: readonly Judged[],
  loss: Loss,
  { out, sequence, dryRun, silent: span }: Options,
  { silent, started }: { readonly silent: number; readonly started: number | undefined },
): Outcome {
  const counts = Object.fromEntries(conditions.map((condition) => [condition, judged.filter((one) => one.condition === condition).length]));
  const total = judged.length;
  const back = judged.filter(({ person }) => person.sequences.includes('wake-up')).length;
  const notes: (string | false)[] = [
    loss.ofPeople > 0 &&
      `In ${loss.overDays === 365 ? 'the last year' : count(loss.overDays, 'day')} ${count(loss.lost, 'person', 'people')} became unreachable by mail; at this pace ${percent(loss.perYear)} a year. A quarter is usual.`,
    back > 0 && `${count(back, 'person', 'people')} ${back === 1 ? 'is' : 'are'} being asked by wake-up whether it is still of use.`,
    silent > 0 &&
      sequence === undefined &&
      `${count(silent, 'person', 'people')} could be asked whether it is still of use: ripen hygiene --sequence wake-up --dry-run`,
    sequence !== undefined &&
      dryRun === true &&
      `${count(silent, 'person', 'people')} would be put into ${sequence}. This was a dry run: nothing was changed.`,
    started !== undefined &&
      `${count(started, 'person', 'people')} of ${silent} ${started === 1 ? 'is' : 'are'} in ${sequence} now; the others may not enter it.`,
    out !== undefined && `Everybody who is not fine is in ${out}.`,
  ];
  return {
    says: blocks(
      section(
        `${count(total, 'person', 'people')} known; silent means ${span}`,
        table(
          ['', { title: 'people', align: 'right' }, { title: '', align: 'right' }],
          conditions.map((condition) => [
            words[condition],
            counts[condition],
            total === 0 ? '' : percent((counts[condition] ?? 0) / total),
          ]),
        ),
      ),
      wrapped(notes.filter((note) => note !== false).join('\n')),
    ),
    json: {
      ok: true,
      people: total,
      ...counts,
      loss,
      ...(started === undefined ? {} : { started }),
      ...(out === undefined ? {} : { out }),
    },
  };
}
