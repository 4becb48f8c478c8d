/** `npm run demo`: reads the options, runs the demo, says how it ended. Exit 0 all agreed, 1 it did not, 2 wrong usage. */
import { ConfigError } from '../config';
import { DevStackError } from '../dev-stack';
import { shipped } from '../../workflows/paths';
import { DemoFailed } from './load';
import { Misuse, readOptions, usage } from './options';
import { runDemo } from './run';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') {
    say(usage);
    return 0;
  }
  const interrupt = new AbortController();
  process.once('SIGINT', () => interrupt.abort(new DemoFailed('interrupted')));
  process.once('SIGTERM', () => interrupt.abort(new DemoFailed('interrupted')));
  const close = (closing: Record<string, unknown>): void => void (options.json && process.stdout.write(`${JSON.stringify(closing)}\n`));
  return runDemo({ ...options, environment: process.env, folder: shipped('.ripen', 'demo'), say, close, interrupted: interrupt.signal });
}

if (require.main === module) {
  main().then(
    (code) => process.exit(code),
    (error: unknown) => {
      if (error instanceof Misuse) say(`${error.message}\n\n${usage}`);
      else if (error instanceof DemoFailed || error instanceof ConfigError || error instanceof DevStackError) say(error.message);
      else say(error instanceof Error ? (error.stack ?? error.message) : String(error));
      process.exit(error instanceof Misuse || error instanceof ConfigError ? 2 : 1);
    },
  );
}
