/** `ripen rejected`: messages that could not be taken, why, and trying them again. */
import { listRejected, replayRejected } from '../../events/rejected-store';
import type { RejectedRow } from '../../events/rejected-store';
import { NatsAway } from '../../events/ports';
import type { Context, Outcome } from '../ports';
import { blocks, count, date, section, table, wrapped } from '../print';
import { failed, messageOf, noSuchThing, refusalOf, sentence, wrongUsage } from '../refusal';
import { family, verb, wholeNumber } from '../verb';
import type { Cli } from '../verb';
import { problemWord } from '../../workflows/speech/words';

type Listing = { readonly code?: string; readonly limit: string };
type Replaying = { readonly code?: string; readonly dryRun?: boolean };

export function addRejected(cli: Cli): void {
  const parent = family(cli, 'rejected', 'Messages that could not be taken: list, show, replay.');
  verb<Listing>(
    cli,
    {
      usage: 'list',
      does: 'Messages that could not be taken, oldest first.',
      examples: ['rejected list', 'rejected list --code lead-unknown'],
    },
    (command) => command.option('--code <code>', 'of one reason only').option('--limit <number>', 'the most to list', '100'),
    list,
    parent,
  );
  verb(
    cli,
    { usage: 'show <id>', does: 'One rejected message as it came, and what to do about it.', examples: ['rejected show 17'] },
    (command) => command,
    (context, _, id = '') => show(context, id),
    parent,
  );
  verb<Replaying>(
    cli,
    {
      usage: 'replay [ids...]',
      does: 'Try rejected messages again, once what was wrong is put right. What fails again is listed again.',
      examples: ['rejected replay 17', 'rejected replay --code lead-unknown --dry-run'],
    },
    (command) => command.option('--code <code>', 'all of one reason').option('--dry-run', 'say which and change nothing'),
    replay,
    parent,
  );
}

/** Errors of the stream as sentences. */
async function over<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NatsAway) throw refusalOf('facts-away', error.message);
    if (error instanceof Error && /^(REJECTED cannot be read|replayed, but)/.test(error.message))
      throw failed(`${sentence(messageOf(error))} Start the engine once with \`ripen up\`; it makes the streams.`);
    throw error;
  }
}

async function list(context: Context, options: Listing): Promise<Outcome> {
  const limit = wholeNumber(options.limit, '--limit');
  const stream = await context.stream();
  const records = await over(() => listRejected(stream, { limit, ...(options.code === undefined ? {} : { code: options.code }) }));
  const rows = records.map(({ id, rejectedAt, code, says, path }) => [
    id,
    rejectedAt === 0 ? '' : date(rejectedAt),
    code,
    path !== undefined && !says.includes(path) ? `${path}: ${says}` : says,
  ]);
  return {
    says:
      records.length === 0
        ? 'Nothing was rejected.'
        : blocks(
            section(
              `${count(records.length, 'rejected message')}${records.length === limit ? ' (more with --limit)' : ''}`,
              table([{ title: 'id', align: 'right' }, 'when', 'reason', { title: 'what was wrong', flexible: true }], rows),
            ),
            'See one whole: ripen rejected show ID. Try it again: ripen rejected replay ID.',
          ),
    json: { ok: true, rejected: records },
  };
}

async function find(context: Context, text: string): Promise<RejectedRow> {
  const id = wholeNumber(text, 'ID');
  const stream = await context.stream();
  const [record] = await over(() => listRejected(stream, { afterId: id - 1, limit: 1 }));
  if (record?.id !== id) throw noSuchThing(`There is no rejected message ${id}. See \`ripen rejected list\`.`);
  return record;
}

async function show(context: Context, text: string): Promise<Outcome> {
  const record = await find(context, text);
  const { id, rejectedAt, code, path, says, todo, subject, original } = record;
  const lines = [
    `Rejected ${rejectedAt === 0 ? '' : `on ${date(rejectedAt)} `}as ${code}: ${problemWord(code)}`,
    sentence(path === undefined || says.includes(path) ? says : `${path}: ${says}`),
    todo === undefined ? undefined : `What to do: ${todo}`,
    subject === undefined ? undefined : `It came on ${subject}.`,
  ];
  const body = typeof original === 'string' ? original : JSON.stringify(original, undefined, 2);
  return {
    says: blocks(
      section(
        `Message ${id}`,
        lines
          .filter((line) => line !== undefined)
          .map((line) => wrapped(line))
          .join('\n'),
      ),
      body,
    ),
    json: { ok: true, ...record },
  };
}

async function replay(context: Context, { code, dryRun }: Replaying, ...texts: (string | undefined)[]): Promise<Outcome> {
  const named = texts.filter((text) => text !== undefined);
  if ((named.length === 0) === (code === undefined))
    throw wrongUsage('Name what to try again: ids from `ripen rejected list`, or --code with a reason.');
  const stream = await context.stream();
  const records =
    code === undefined
      ? await Promise.all(named.map((text) => find(context, text)))
      : await over(() => listRejected(stream, { code, limit: 10_000 }));
  if (dryRun === true)
    return {
      says: `${count(records.length, 'message')} would be tried again${records.length === 0 ? '' : `: ${records.map(({ id }) => id).join(', ')}`}. Nothing was changed.`,
      json: { ok: true, dryRun, replayed: [], would: records.map(({ id }) => id) },
    };
  const progress = context.progress('Trying again', records.length);
  const replayed: number[] = [];
  const refused: string[] = [];
  for (const [at, { id }] of records.entries()) {
    const result = await over(() => replayRejected(stream, id));
    if (result.as === 'replayed') replayed.push(id);
    else refused.push(result.as === 'unknown' ? `${id} is there no more.` : `${id} cannot be tried again: ${sentence(result.says)}`);
    progress.at(at + 1);
  }
  progress.end();
  const says = [`${count(replayed.length, 'message')} tried again; what fails again is listed anew.`, ...refused].join('\n');
  return { says, json: { ok: refused.length === 0, replayed, refused }, exit: refused.length === 0 ? 0 : 1 };
}
