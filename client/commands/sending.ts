/** `ripen sending status|stop|start`: one switch for all messages to leads. */
import type { SendingHold } from '../../events/campaign-requests';
import type { Context, Outcome } from '../ports';
import { blocks, count, date, section, table } from '../print';
import { authorOf, family, verb } from '../verb';
import type { Authored, Cli } from '../verb';
import { wrongUsage } from '../refusal';

export function addSending(cli: Cli): void {
  const parent = family(cli, 'sending', 'Stop all messages to leads at once, and let them go again.');
  verb(
    cli,
    { usage: 'status', does: 'Is anything held, since when and why; how the last hour went.', examples: ['sending status'] },
    (command) => command,
    status,
    parent,
  );
  verb<Authored>(
    cli,
    {
      usage: 'stop',
      does: 'Let no message to a lead begin from now on, of any campaign and kind.',
      examples: ['sending stop --because "wrong price in the offer"'],
      more: 'What the mail server has taken already is gone. Nobody loses a message: it waits and is looked at again every hour.\nMails to sales reps go on.',
    },
    (command) =>
      command
        .requiredOption('--because <text>', 'why; whoever asks is told')
        .option('--by <name>', 'who does this; your user name if not given'),
    stop,
    parent,
  );
  verb<Authored>(
    cli,
    { usage: 'start', does: 'Let messages go again; those that waited go within the hour.', examples: ['sending start'] },
    (command) => command.option('--by <name>', 'who does this; your user name if not given'),
    start,
    parent,
  );
}

async function stop(context: Context, options: Authored): Promise<Outcome> {
  const because = options.because?.trim() ?? '';
  if (because === '') throw wrongUsage('--because must say why.');
  const { stopped } = await context.people('stopSending', { because, by: authorOf(context, options) });
  return {
    says: stopped
      ? 'Stopped: no message to a lead begins from now on. `ripen sending start` lets them go again.'
      : 'All sending was stopped already.',
    json: { ok: true, stopped },
  };
}

async function start(context: Context, options: Authored): Promise<Outcome> {
  const { started } = await context.people('startSending', { by: authorOf(context, options) });
  return {
    says: started ? 'Messages go again; those that waited go within the hour.' : 'Sending was not stopped.',
    json: { ok: true, started },
  };
}

async function status(context: Context): Promise<Outcome> {
  const { holds, lastHour } = await context.people('sending', {});
  const ended = Object.entries(lastHour);
  return {
    says: blocks(
      holds.length === 0 ? 'Nothing is held: messages go when they are due.' : section('Held', holdTable(holds)),
      ended.length === 0
        ? 'No message was begun in the last hour.'
        : section(
            'Messages of the last hour',
            ended.map(([how, sends]) => `  ${count(sends, 'message')} ${how.replace(/[-_]/g, ' ')}`).join('\n'),
          ),
    ),
    json: { ok: true, stopped: holds.some(({ scope }) => scope === '*'), holds, lastHour },
  };
}

const holdTable = (holds: readonly SendingHold[]): string =>
  table(
    ['what', 'since', 'by', { title: 'why', flexible: true }],
    holds.map(({ scope, sinceAt, by, says }) => [scope === '*' ? 'everything' : `campaign ${scope}`, date(sinceAt), by, says]),
  );
