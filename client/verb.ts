/** How a command is declared: name, sentence, example, options that all share, and what runs. Knows no command. */
import type { Command } from 'commander';
import { randomBytes } from 'node:crypto';
import type { Context, Outcome } from './ports';
import { wrongUsage } from './refusal';

/** Runs one command's action and reports its outcome. */
export type Runner = (json: boolean, act: (context: Context) => Promise<Outcome>) => Promise<void>;
export type Cli = { readonly program: Command; readonly run: Runner };

export type VerbText = {
  /** With its arguments: `enrol <lead>`. */
  readonly usage: string;
  readonly does: string;
  /** Without `ripen`. */
  readonly examples: readonly string[];
  readonly more?: string;
};

type Options = Readonly<Record<string, unknown>>;
/** `words` are the arguments in order; a missing optional one is `undefined`. */
export type Act<O> = (context: Context, options: O, ...words: (string | undefined)[]) => Promise<Outcome>;

/** Declares a command under `parent`; options are added by `shape`. */
export function verb<O extends Options = Options>(
  cli: Cli,
  text: VerbText,
  shape: (command: Command) => Command,
  act: Act<O>,
  parent: Command = cli.program,
): void {
  const command = shape(parent.command(text.usage).description(text.does))
    .option('--json', 'print one closing line of JSON; everything else goes to standard error')
    .helpOption('-h, --help', 'show this help')
    .showHelpAfterError('(`-h` shows the help)')
    .addHelpText('after', exampleText(text));
  command.action(async (...given: unknown[]) => {
    const options = given.at(-2) as O & { readonly json?: boolean };
    const words = (given.slice(0, -2) as (string | readonly string[] | undefined)[]).flat();
    await cli.run(options.json === true, (context) => act(context, options, ...words));
  });
}

/** A family of commands: `handoff list`, `handoff accept`. */
export const family = (cli: Cli, name: string, does: string): Command =>
  cli.program.command(name).description(does).helpOption('-h, --help', 'show this help').showHelpAfterError('(`-h` shows the help)');

const exampleText = ({ examples, more }: VerbText): string =>
  `\n${examples.length === 1 ? 'Example' : 'Examples'}:\n${examples.map((example) => `  ripen ${example}`).join('\n')}${more === undefined ? '' : `\n\n${more}`}`;

/** Who did it and why; kept in the lead's history. */
export type Authored = { readonly by?: string; readonly because?: string; readonly id?: string };
export const authored = (command: Command): Command =>
  command
    .option('--by <name>', 'who does this; your user name if not given')
    .option('--because <text>', 'why; kept in the history of the lead')
    .option('--id <id>', 'an id of your own (11 letters, digits, - or _): the same id again counts once');

export const authorOf = (context: Context, { by }: Authored): string => by ?? context.user;

/** 64 random bits as the 11 characters that a lead remembers commands by. */
export function commandId({ id }: Authored): string {
  if (id === undefined) return randomBytes(8).toString('base64url');
  if (/^[A-Za-z0-9_-]{11}$/.test(id)) return id;
  throw wrongUsage(`"${id}" is no id: write exactly 11 letters, digits, - or _.`);
}

/** Repeatable `--data key=value`. */
export function collect(pair: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const at = pair.indexOf('=');
  if (at < 1) throw wrongUsage(`"${pair}" should be name=value, for example plan=team.`);
  return { ...before, [pair.slice(0, at).trim()]: pair.slice(at + 1).trim() };
}

/** `"5"` is a number and `"true"` a truth value; `"007"` stays text. */
export function codeOf(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return text !== '' && String(Number(text)) === text ? Number(text) : text;
}

/** A date or a moment a person wrote, epoch ms; a bare day is its start on this machine's clock. `or`: what else the option takes. */
export function momentOf(text: string, option: string, or = ''): number {
  const [, day, time] = /^(\d{4}-\d{2}-\d{2})(?:[T ](.+))?$/.exec(text) ?? [];
  const at = day === undefined || !isDay(day) ? NaN : Date.parse(`${day}T${time ?? '00:00:00'}`);
  if (Number.isNaN(at)) throw wrongUsage(`${option} "${text}" is no date: write for example 2026-11-02 or 2026-11-02T14:30:00Z${or}.`);
  return at;
}

/** The parser of dates takes 31 February for 3 March. */
const isDay = (day: string): boolean =>
  new Date(`${day}T00:00:00Z`).getTime() >= 0 && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);

export function wholeNumber(text: string, option: string, least = 1): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw wrongUsage(`${option} "${text}" should be a whole number from ${least}.`);
}
