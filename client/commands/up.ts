/** `ripen up` and `ripen search-attributes`: run the engine's own program in the foreground. */
import type { Context, Outcome } from '../ports';
import { verb } from '../verb';
import type { Cli } from '../verb';

export function addUp(cli: Cli): void {
  verb<{ readonly dir?: string; readonly fresh?: boolean }>(
    cli,
    {
      usage: 'up',
      does: 'Start all servers and the whole engine for daily work. Data survives a restart; Ctrl-C ends everything.',
      examples: ['up'],
      more: 'Servers named in TEMPORAL_ADDRESS, NATS_URL, DATABASE_URL or SMTP_URL are used as they are. The other commands find all of them from this folder.',
    },
    (command) =>
      command.option('--dir <folder>', 'where data and logs lie', '.ripen').option('--fresh', 'forget what earlier runs left there'),
    (context, { dir, fresh }) =>
      engine(context, ['--up', ...(dir === undefined ? [] : ['--dir', dir]), ...(fresh === true ? ['--fresh'] : [])]),
  );
  verb(
    cli,
    {
      usage: 'search-attributes',
      does: 'Register what operators filter leads by on a Temporal server that `ripen up` did not start (TEMPORAL_ADDRESS).',
      examples: ['search-attributes'],
    },
    (command) => command,
    (context) => engine(context, ['--register-search-attributes']),
  );
}

async function engine(context: Context, flags: readonly string[]): Promise<Outcome> {
  const code = await context.runShipped([context.shipped('dist', 'worker', 'main.js'), ...flags]);
  return { says: '', json: { ok: code === 0, exit: code }, exit: code === 0 || code === 2 ? code : 1 };
}
