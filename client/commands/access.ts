/** `ripen access`: who may do what at the command line. */
import { allowedWords, mayAsk, roles } from '../../events/access';
import type { Role } from '../../events/access';
import type { Context, Outcome } from '../ports';
import { date, table, wrapped } from '../print';
import { wrongUsage } from '../refusal';
import { authorOf, family, verb } from '../verb';
import type { Cli } from '../verb';

const means: Readonly<Record<Role, string>> = {
  marketer: 'imports, audiences, campaigns, content and settings; people in and out of sequences',
  rep: 'looks people up; takes, accepts and closes hand-offs; pauses, suppresses and enrols',
  manager: 'both, and: approves campaigns, lifts a suppression, starts sending again, takes points back, exports and erases people',
  operator: 'everything, and alone: credentials, rebuilding and repairing leads, settling unknown deliveries',
};
const more = `Roles:\n${roles.map((role) => `  ${role.padEnd(9)} ${means[role]}`).join('\n')}
While nobody has a credential everybody may do everything. The first one must be an operator's. From then on every
command needs RIPEN_CREDENTIAL, and what is kept as "by" is the name it was given to.`;

type Giving = { readonly role?: string; readonly by?: string };

export function addAccess(cli: Cli): void {
  const parent = family(cli, 'access', 'Who may do what at the command line: give, list and end credentials.');
  verb<Giving>(
    cli,
    {
      usage: 'give <name>',
      does: 'Give somebody a credential. It is shown once; the same name again gets a new one, and the old one ends.',
      examples: ['access give "Olga Berg" --role operator', 'access give maya --role rep'],
      more,
    },
    (command) => command.option('--role <role>', roles.join(', ')).option('--by <name>', 'who does this, where no credential says so'),
    give,
    parent,
  );
  verb(
    cli,
    { usage: 'list', does: 'Who has a credential, and when it was last used.', examples: ['access list'] },
    (command) => command,
    list,
    parent,
  );
  verb<{ readonly by?: string }>(
    cli,
    { usage: 'end <name>', does: 'End a credential; it is refused from the answer on.', examples: ['access end maya'] },
    (command) => command.option('--by <name>', 'who does this, where no credential says so'),
    end,
    parent,
  );
}

async function give(context: Context, options: Giving, name = ''): Promise<Outcome> {
  const role = roles.find((one) => one === options.role);
  if (role === undefined)
    throw wrongUsage(
      options.role === undefined ? `Name a role: --role ${roles.join(' | ')}.` : `"${options.role}" is no role: ${roles.join(', ')}.`,
    );
  const { token } = await context.people('giveAccess', { name, role, by: authorOf(context, options) });
  return {
    says: `${name} is here as ${role} from now on; give them this, it is not shown again:\n\n  export RIPEN_CREDENTIAL=${token}`,
    json: { ok: true, name, role, credential: token },
  };
}

async function list(context: Context): Promise<Outcome> {
  const { accesses } = await context.people('accesses', {});
  return {
    says:
      accesses.length === 0
        ? 'Nobody has a credential, so everybody may do everything: ripen access give NAME --role operator'
        : table(
            [{ title: 'name', flexible: true }, 'role', { title: 'given by', flexible: true }, 'given', 'last used'],
            accesses.map(({ name, role, givenBy, givenAt, usedAt }) => [name, role, givenBy, date(givenAt), date(usedAt)]),
          ),
    json: { ok: true, accesses },
  };
}

async function end(context: Context, options: { readonly by?: string }, name = ''): Promise<Outcome> {
  const { open } = await context.people('endAccess', { name, by: authorOf(context, options) });
  return {
    says: wrapped(
      open
        ? `The credential of ${name} has ended. It was the last one: everybody may do everything again.`
        : `The credential of ${name} has ended. Only ${allowedWords(mayAsk.giveAccess).replace(/ may$/, '')} can give another.`,
    ),
    json: { ok: true, name, open },
  };
}
