/** The command line as one function from words to an exit code; everything it says goes through the two given outlets. Knows no process. */
import { Command, CommanderError } from 'commander';
import { addAccess } from './commands/access';
import { addAudience } from './commands/audience';
import { addCampaign } from './commands/campaign';
import { addCalendar } from './commands/calendar';
import { addDuplicates } from './commands/duplicates';
import { addEngage } from './commands/engage';
import { addEnrol } from './commands/enrol';
import { addExplain } from './commands/explain';
import { addHandOff } from './commands/handoff';
import { addHygiene } from './commands/hygiene';
import { addImport } from './commands/import';
import { addLead } from './commands/lead-add';
import { addLeaderboard } from './commands/leaderboard';
import { addLifecycle } from './commands/lifecycle';
import { addMerge } from './commands/merge';
import { addMove } from './commands/move';
import { addPause } from './commands/pause';
import { addPlan } from './commands/plan';
import { addPreview } from './commands/preview';
import { addPersona } from './commands/persona';
import { addPerson } from './commands/person';
import { addRebuild } from './commands/rebuild';
import { addRejected } from './commands/rejected';
import { addScore } from './commands/score';
import { addSending } from './commands/sending';
import { addSequences } from './commands/sequences';
import { addSettings } from './commands/settings';
import { addSimulate } from './commands/simulate';
import { addStatus } from './commands/status';
import { addStory } from './commands/story';
import { addStuck } from './commands/stuck';
import { addSuppress } from './commands/suppress';
import { addTimeline } from './commands/timeline';
import { addUncertain } from './commands/uncertain';
import { addVendor } from './commands/vendor';
import { addUp } from './commands/up';
import { addWhatIf } from './commands/what-if';
import type { Context } from './ports';
import { safe } from './print';
import { Refusal } from './refusal';
import type { ExitCode } from './refusal';
import type { Cli, Runner } from './verb';

export type Outlets = { readonly out: (text: string) => void; readonly err: (text: string) => void };

const about = `Ripen nurtures sales leads: it sends each person what fits, listens to what they do,
keeps the score, and hands them to a sales rep when it is time. Start everything with \`ripen up\`, then:

  ripen sequences publish
  ripen import leads.csv --source trade-show --sequence buyers-journey
  ripen status`;
const after = `
LEAD is a lead id, an e-mail address or a phone number. \`ripen COMMAND -h\` shows a command's options and an example.
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no such thing.`;

/** `version`: of the package. `open` makes the context when a command runs. */
export async function runCli(
  words: readonly string[],
  version: string,
  open: (warn: (says: string) => void) => Context,
  outlets: Outlets,
): Promise<ExitCode> {
  let exit: ExitCode = 0;
  const run: Runner = async (json, act) => {
    const context = open((says) => outlets.err(`${safe(says)}\n`));
    try {
      const outcome = await act(context);
      if (outcome.says !== '') (json ? outlets.err : outlets.out)(`${safe(outcome.says)}\n`);
      if (json) outlets.out(`${JSON.stringify(outcome.json)}\n`);
      exit = outcome.exit ?? 0;
    } finally {
      await context.close();
    }
  };
  try {
    await build({ program: new Command('ripen'), run }, version, outlets).parseAsync([...words], { from: 'user' });
    return exit;
  } catch (error) {
    return refused(error, words.includes('--json'), outlets);
  }
}

function build(cli: Cli, version: string, outlets: Outlets): Command {
  const { program } = cli;
  program
    .description(about)
    .version(version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .addHelpText('after', after)
    .showHelpAfterError('(`ripen -h` lists the commands)')
    // What stands behind a command's name is that command's own.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeOut: outlets.out, writeErr: outlets.err, getOutHelpWidth: () => 100, getErrHelpWidth: () => 100 });
  const adders = [
    addAccess,
    addAudience,
    addCalendar,
    addCampaign,
    addUp,
    addWhatIf,
    addSending,
    addSequences,
    addSettings,
    addSimulate,
    addHygiene,
    addImport,
    addLead,
    addDuplicates,
    addEnrol,
    addMerge,
    addMove,
    addPause,
    addSuppress,
    addEngage,
    addStatus,
    addTimeline,
    addExplain,
    addLifecycle,
    addLeaderboard,
    addPlan,
    addPreview,
    addStory,
    addStuck,
    addHandOff,
    addUncertain,
    addVendor,
    addRejected,
    addRebuild,
    addScore,
    addPersona,
    addPerson,
  ];
  for (const add of adders) add(cli);
  return program;
}

/** Commander has said its own sentence already; whatever is no refusal is a bug and goes on. */
function refused(error: unknown, json: boolean, outlets: Outlets): ExitCode {
  if (error instanceof CommanderError) {
    const exit = error.exitCode === 0 ? 0 : 2;
    if (json && exit !== 0) outlets.out(`${JSON.stringify({ ok: false, exit, says: error.message.replace(/^error: /, '') })}\n`);
    return exit;
  }
  if (!(error instanceof Refusal)) throw error;
  outlets.err(`${safe(error.message)}\n`);
  if (json)
    outlets.out(
      `${JSON.stringify({ ok: false, exit: error.exit, ...(error.code === undefined ? {} : { code: error.code }), says: error.message })}\n`,
    );
  return error.exit;
}
