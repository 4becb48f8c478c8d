/** `ripen suppress`: a person, an address or a whole domain that must not be contacted; acts before it answers. */
import type { Channel } from '../../events/stripped';
import { channels } from '../../events/stripped';
import type { Context, Outcome } from '../ports';
import { count } from '../print';
import { Refusal, wrongUsage } from '../refusal';
import { tell } from '../say';
import { suppressFile } from '../suppress-file';
import { authored, authorOf, verb } from '../verb';
import type { Authored, Cli } from '../verb';
import { channelWord } from '../../workflows/speech/words';

type Options = Authored & { readonly channel: string; readonly lift?: boolean; readonly file?: string; readonly dryRun?: boolean };
const isChannel = (text: string): text is Channel | 'all' => text === 'all' || (channels as readonly string[]).includes(text);

export const addSuppress = (cli: Cli): void =>
  verb<Options>(
    cli,
    {
      usage: 'suppress [who]',
      does: 'Never contact a person, an address or everybody at a domain again. Works at once; --lift takes it back.',
      examples: [
        'suppress asha@example.com --because "asked on the phone"',
        'suppress @competitor.example --because competitor',
        'suppress --file rivals.csv --because "rivals and their domains" --dry-run',
        'suppress asha@example.com --lift',
      ],
    },
    (command) =>
      authored(
        command
          .option('--channel <name>', `one channel only: ${channels.join(', ')}`, 'all')
          .option('--file <file>', 'everybody a file names: one address, number or domain a line, or in its first column')
          .option('--dry-run', 'for a file: say what would be touched and change nothing')
          .option('--lift', 'they may be contacted again'),
      ),
    suppress,
  );

async function suppress(context: Context, options: Options, who?: string): Promise<Outcome> {
  const { channel, lift = false, file, dryRun = false } = options;
  if ((who === undefined) === (file === undefined)) throw wrongUsage('Name somebody, or a list with --file.');
  if (!isChannel(channel)) throw wrongUsage(`There is no channel "${channel}"; write ${[...channels, 'all'].join(' or ')}.`);
  if (file !== undefined) return suppressFile(context, file, { ...options, channel, lift, dryRun });
  return suppressOne(context, { ...options, channel, lift }, who ?? '');
}

type One = Authored & { readonly channel: Channel | 'all'; readonly lift: boolean };

async function suppressOne(context: Context, options: One, who: string): Promise<Outcome> {
  const { channel, lift } = options;
  const by = authorOf(context, options);
  const { leadId, entries } = await context.people('suppress', {
    who,
    channel,
    by,
    because: options.because ?? `asked for by ${by}`,
    ...(lift ? { lift } : {}),
  });
  const where = channel === 'all' ? '' : ` on ${channelWord(channel)}`;
  const done = lift ? `${who} may be contacted again${where}.` : `${who} is not contacted any more${where}.`;
  const json = { ok: true, who, channel, lift, entries, ...(leadId === undefined ? {} : { lead: leadId }) };
  if (leadId === undefined)
    return { says: `${done} ${count(entries, 'entry', 'entries')} ${lift ? 'lifted' : 'kept'}; no lead is known by it.`, json };
  try {
    // "Already" is no failure: the event of the same opt-out may have come first.
    const { answer } = await tell(context, leadId, { word: lift ? 'unsuppress' : 'suppress', channel }, options);
    return { says: `${done} ${answer.says}`, json: { ...json, says: answer.says } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(`${done} But the lead's history was not told: ${error.message} Repeat the command then.`, 1, error.code);
  }
}
