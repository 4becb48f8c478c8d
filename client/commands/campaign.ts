/** `ripen campaign`: begin one, see how it stands, approve, pause, resume, stop. */
import type { CampaignCard } from '../../events/campaign-requests';
import type { Published } from '../../workflows/core';
import { faultsOfValues } from '../../workflows/core/plan-settings';
import { withPlan } from '../../workflows/foresight/other-world';
import { refOf } from '../../events/digest';
import { campaignAhead } from '../campaign-ahead';
import { campaignPlan } from '../campaign-options';
import type { CampaignOptions } from '../campaign-options';
import { campaignTable, cardText } from '../campaign-words';
import { oneMail, planIn } from '../one-mail';
import type { Context, Outcome } from '../ports';
import { count } from '../print';
import { publishedView } from '../published';
import { failed, noSuchThing, Refusal, wrongUsage } from '../refusal';
import { authorOf, collect, family, verb, wholeNumber } from '../verb';
import type { Authored, Cli } from '../verb';

type Starting = Authored & CampaignOptions & { readonly dryRun?: boolean; readonly days: string };
type Saying = Authored & { readonly letFinish?: boolean };

const words = {
  approve: 'Let a campaign begin that somebody else asked for.',
  pause: 'Enrol nobody more, and begin none of its messages.',
  resume: 'Go on after a pause; messages that waited go within the hour.',
  stop: 'End it: nobody more is enrolled, and who is in leaves its sequence.',
} as const;

export function addCampaign(cli: Cli): void {
  const parent = family(cli, 'campaign', 'Take an audience through a sequence, or send it one piece of content.');
  verb<Starting>(
    cli,
    {
      usage: 'start <name>',
      does: 'Ask everybody of an audience to enter a sequence, once, every so often, or whoever comes into it.',
      examples: [
        'campaign start spring-offer --sequence trial-offer --audience warm-finance --rate 200/minute --dry-run',
        'campaign start october-news --content customer-story --audience "mailable and stage >= consideration" --holdout 10%',
        'campaign start welcome-back --sequence wake-up --audience "silent for 90 days" --triggered --until 2027-03-31',
      ],
      more:
        'The audience is a question or a saved one (`ripen audience -h`). Whom it takes is written down when it begins: who comes into\n' +
        'the audience later is not taken, unless --triggered. Nobody is taken twice. Typed again, it changes nothing.',
    },
    (command) =>
      command
        .requiredOption('--audience <question>', 'who is taken: a question, or the name of a saved one')
        .option('--sequence <id>', 'the sequence they enter')
        .option('--content <id>', 'the one piece of content they are sent, instead of a sequence')
        .option('--set <name=value>', 'a setting of the sequence for this campaign; repeat for more', collect)
        .option('--rate <people/time>', 'for example 200/minute, 3000/hour or 500/day; as fast as goes where not given')
        .option('--holdout <percent>', 'so many get nothing, to compare with: 10%')
        .option('--from <date>', 'begin then')
        .option('--until <date>', 'take nobody later')
        .option('--every <time>', 'again each day, week or month (09:00 UTC), or by a cron line; each round takes its own people')
        .option('--triggered', 'take whoever comes into the audience later, too')
        .option('--dry-run', 'say who it would be, what they would be sent and what stands in the way; begin nothing')
        .option('--days <number>', 'how far a dry run looks', '14')
        .option('--by <name>', 'who does this; your user name if not given')
        .option('--because <text>', 'why; kept with the campaign'),
    start,
    parent,
  );
  verb(cli, { usage: 'list', does: 'The campaigns and how they stand.', examples: ['campaign list'] }, (command) => command, list, parent);
  verb(
    cli,
    {
      usage: 'status <name>',
      does: 'How one stands: who is in, who is not and why, what became of its messages.',
      examples: ['campaign status spring-offer'],
    },
    (command) => command,
    (context, _, name = '') => status(context, name),
    parent,
  );
  for (const word of ['approve', 'pause', 'resume', 'stop'] as const)
    verb<Saying>(
      cli,
      { usage: `${word} <name>`, does: words[word], examples: [`campaign ${word} spring-offer --because "price is wrong"`] },
      (command) => {
        const own = command.option('--by <name>', 'who does this; your user name if not given').option('--because <text>', 'why');
        return word === 'stop' ? own.option('--let-finish', 'who is in may go through to the end') : own;
      },
      (context, options, name = '') => say(context, word, name, options),
      parent,
    );
}

async function start(context: Context, options: Starting, name = ''): Promise<Outcome> {
  const { sequence, content } = options;
  if ((sequence === undefined) === (content === undefined)) throw wrongUsage('Say what they get: --sequence or --content, one of them.');
  const { artefacts } = await context.people('published', {});
  const published = publishedView(artefacts);
  if (published === undefined) throw failed('Nothing is published yet: `ripen sequences publish`.');
  const mail = content === undefined ? undefined : oneMail(artefacts, content);
  const world = mail === undefined ? published : withPlan(published, refOf(mail.id, mail.version, mail.digest), planIn(mail));
  const plan = campaignPlan(name, sequence ?? mail?.id ?? '', options, context.toEngine);
  settingsFit(world, plan.sequence, plan.settings);
  if (options.dryRun === true) return campaignAhead(context, plan, world, wholeNumber(options.days, '--days'));
  const by = authorOf(context, options);
  if (mail !== undefined) {
    const { results } = await context.people('publish', { artefacts: [mail], by });
    const refused = results.find(({ as }) => as === 'refused');
    if (refused !== undefined) throw failed(`The mail could not be made a sequence: ${refused.says ?? refused.ref}.`);
  }
  const { as, matched } = await context.people('campaignStart', { plan, by, because: options.because ?? `campaign ${name}` });
  if (as !== 'asked') await begin(context, name, plan.cron);
  const people = count(matched, 'person', 'people');
  const says = {
    begun:
      plan.kind === 'recurring'
        ? `Campaign ${name} is set: each round takes whoever is in the audience then (${people} now).`
        : `Campaign ${name} begins with ${people}.`,
    asked: `Campaign ${name} takes ${people}: somebody else has to let it begin: ripen campaign approve ${name} --by NAME.`,
    unchanged: `Campaign ${name} is there already; nothing was changed.`,
  }[as];
  return { says, json: { ok: true, campaign: name, as, matched } };
}

/** Wrong settings are said before anybody is asked. */
function settingsFit(
  published: Published,
  sequence: string,
  settings: Readonly<Record<string, string | number | boolean>> | undefined,
): void {
  const plan = published.currentPlan(sequence)?.plan;
  if (plan === undefined) throw noSuchThing(`There is no sequence "${sequence}"; \`ripen sequences list\` names those there are.`);
  const [fault] = faultsOfValues(plan.settings, settings);
  if (fault !== undefined) throw wrongUsage(`--set: ${fault}.`);
}

/** What is written down begins; when Temporal is away, repeating the command begins it. */
async function begin(context: Context, name: string, cron: string | undefined): Promise<void> {
  try {
    const runs = await context.campaigns();
    await (cron === undefined ? runs.look(name) : runs.schedule(name, cron));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(`${error.message} The campaign is written down; repeat the command to begin it.`, error.exit, error.code);
  }
}

async function list(context: Context): Promise<Outcome> {
  const { campaigns } = await context.people('campaigns', {});
  return {
    says: campaigns.length === 0 ? 'There is no campaign yet: `ripen campaign start`.' : campaignTable(campaigns),
    json: { ok: true, campaigns },
  };
}

async function status(context: Context, name: string): Promise<Outcome> {
  const { campaigns } = await context.people('campaigns', { id: name });
  const card = cardOf(campaigns, name);
  const report = await context.people('campaignReport', { id: name });
  const rounds = campaigns.filter(({ roundOf }) => roundOf === name);
  return { says: cardText(card, report, rounds), json: { ok: true, campaign: card, rounds, ...report } };
}

function cardOf(campaigns: readonly CampaignCard[], name: string): CampaignCard {
  const card = campaigns.find(({ id }) => id === name);
  if (card === undefined) throw noSuchThing(`There is no campaign "${name}"; see \`ripen campaign list\`.`);
  return card;
}

async function say(context: Context, word: keyof typeof words, name: string, options: Saying): Promise<Outcome> {
  const by = authorOf(context, options);
  const ask = {
    id: name,
    word,
    by,
    because: options.because ?? `${word} by ${by}`,
    ...(options.letFinish === true ? { letFinish: true } : {}),
  };
  const { ok, says } = await context.people('campaignWord', ask);
  if (!ok) return { says, json: { ok, campaign: name, says }, exit: 1 };
  await lookAt(context, word, name);
  return { says, json: { ok, campaign: name, says } };
}

/** The workflows hear of it at once. A name that only enrolments were given has none. */
async function lookAt(context: Context, word: keyof typeof words, name: string): Promise<void> {
  const campaigns = await known(context, name);
  const card = campaigns.find(({ id }) => id === name);
  if (card === undefined) return;
  const runs = await context.campaigns();
  if (word === 'stop' && card.cron !== undefined) await runs.unschedule(name);
  else if (word === 'approve' && card.cron !== undefined) await runs.schedule(name, card.cron);
  for (const { id, kind } of campaigns) if (kind !== 'recurring') await runs.look(id);
}

async function known(context: Context, name: string): Promise<readonly CampaignCard[]> {
  try {
    return (await context.people('campaigns', { id: name })).campaigns;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'campaign-unknown') return [];
    throw error;
  }
}
