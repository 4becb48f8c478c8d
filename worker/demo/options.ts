/** What the demo may be told on its command line. Knows no server. */
import { parseArgs } from 'node:util';

export type DemoOptions = {
  /** Real milliseconds an engine day lasts. */
  readonly dayMs: number;
  /** Engine days. */
  readonly days: number;
  /** Leave everything up until Ctrl-C. */
  readonly stay: boolean;
  /** One closing JSON line on standard output. */
  readonly json: boolean;
  /** Same seed, same people. */
  readonly seed: number;
};

export const usage = `npm run demo -- [options]

  --day 2s     how long an engine day really lasts (500ms to 1h)
  --days 45    how many engine days to play
  --seed 7     the same seed plays the same people
  --stay       leave everything up afterwards, until Ctrl-C
  --json       one closing JSON line on standard output
`;

/** A wrong call, in a sentence; exit code 2. */
export class Misuse extends Error {
  override name = 'Misuse';
}

/** Throws `Misuse`; `help` where only the usage is wanted. */
export function readOptions(args: readonly string[]): DemoOptions | 'help' {
  const { values } = parsed(args);
  if (values.help === true) return 'help';
  return {
    dayMs: duration(values.day ?? '2s'),
    days: whole('--days', values.days ?? '45', 1, 365),
    seed: whole('--seed', values.seed ?? '7', 0, 2_147_483_647),
    stay: values.stay === true,
    json: values.json === true,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        day: { type: 'string' },
        days: { type: 'string' },
        seed: { type: 'string' },
        stay: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error));
  }
}

function duration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text);
  const ms =
    match === null ? Number.NaN : Number(match[1]) * { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }[match[2] as 'ms' | 's' | 'm' | 'h'];
  if (!(ms >= 500 && ms <= 3_600_000)) throw new Misuse(`--day "${text}" is no length between 500ms and 1h; write for example 2s`);
  return ms;
}

function whole(name: string, text: string, least: number, most: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= least && number <= most)) throw new Misuse(`${name} "${text}" is no whole number from ${least} to ${most}`);
  return number;
}
