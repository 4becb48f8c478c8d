/** Composition root: `node dist/worker/main.js --up`, `--role NAME` (repeatable) or `--register-search-attributes`. Drains on SIGTERM and Ctrl-C. */
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { NatsAway } from '../events/ports';
import { DatabaseAway } from '../activities/people/database';
import { ConfigError, readConfig } from './config';
import { DevStackError, startDevStack } from './dev-stack';
import type { DevStack } from './dev-stack';
import { createLogger } from './logger';
import { isRole, roleNames, startRoles } from './roles';
import type { RoleName } from './roles';
import { ensureSearchAttributes } from './search-attributes';
import { openClient } from './temporal';

const usage = `Usage: main --up | --role ${roleNames.join('|')} [--role ...] | --register-search-attributes`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      up: { type: 'boolean' },
      role: { type: 'string', multiple: true },
      dir: { type: 'string', default: '.ripen' },
      fresh: { type: 'boolean' },
      'register-search-attributes': { type: 'boolean' },
    },
  });
  if (values.up === true) return up(resolve(values.dir), values.fresh === true);
  if (values['register-search-attributes'] === true) return register();
  const roles = values.role ?? [];
  const unknown = roles.filter((role) => !isRole(role));
  if (roles.length === 0 || unknown.length > 0) {
    process.stderr.write(`${unknown.map((role) => `There is no role "${role}". `).join('')}${usage}\n`);
    return 2;
  }
  return run(roles as RoleName[], process.env);
}

/** The dev stack and all roles in one process; data survives a restart, nothing is left behind. */
async function up(dir: string, fresh: boolean): Promise<number> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  // A wrong setting must not cost half a minute of starting servers first.
  readConfig({
    TEMPORAL_ADDRESS: '127.0.0.1:7233',
    NATS_URL: 'nats://127.0.0.1:4222',
    DATABASE_URL: 'postgres://127.0.0.1/ripen',
    SMTP_URL: 'smtp://127.0.0.1:25',
    ...process.env,
  });
  let stack: DevStack | undefined;
  const stopped = asked();
  try {
    stack = await startDevStack({
      dir,
      env: process.env,
      need: ['temporal', 'nats', 'postgres', 'smtp'],
      ui: true,
      fresh,
      onProgress: say,
    });
    const token = randomBytes(24).toString('base64url');
    const own = process.env['INTAKE_TOKENS'] ?? '';
    const tokens = own === '' ? { INTAKE_TOKENS: `dev=${token}` } : {};
    return await run(roleNames, { LOG_LEVEL: 'warn', ...process.env, ...stack.addresses, ...tokens }, stopped, (url) => {
      if (url !== undefined && own === '') stack?.tell({ intake: { url, token } });
      say(`Ripen is up.${stack?.addresses.uiUrl === undefined ? '' : ` Temporal UI: ${stack.addresses.uiUrl}`} Ctrl-C ends everything.`);
      if (url !== undefined)
        say(`Events may be posted to ${url}/v1/events${own === '' ? `; the token is in ${join(dir, 'run.json')}` : ''}.`);
    });
  } finally {
    await stack?.stop();
  }
}

async function run(
  roles: readonly RoleName[],
  environment: NodeJS.ProcessEnv,
  stopped: Promise<string> = asked(),
  ready: (intakeUrl: string | undefined) => void = () => undefined,
): Promise<number> {
  const config = readConfig(environment);
  const log = createLogger(config.LOG_LEVEL);
  const started = await startRoles(config, roles, log);
  ready(started.intakeUrl);
  log.info({ roles, intake: started.intakeUrl }, 'started');
  const ended = await Promise.race([stopped, started.failed]);
  log.info({ because: ended }, 'draining');
  await started.stop();
  return ended === 'SIGINT' || ended === 'SIGTERM' ? 0 : 1;
}

/** The first signal drains; the second ends at once. */
function asked(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        resolve(signal);
        process.once(signal, () => process.exit(130));
      });
    }
  });
}

async function register(): Promise<number> {
  const config = readConfig({
    NATS_URL: 'nats://127.0.0.1:4222',
    DATABASE_URL: 'postgres://127.0.0.1/ripen',
    SMTP_URL: 'smtp://127.0.0.1:25',
    ...process.env,
  });
  const { connection } = await openClient(config);
  const added = await ensureSearchAttributes(connection, config.TEMPORAL_NAMESPACE);
  process.stdout.write(added.length === 0 ? 'All search attributes were registered already.\n' : `Registered ${added.join(', ')}.\n`);
  await connection.close();
  return 0;
}

if (require.main === module) {
  main().then(
    (code) => process.exit(code),
    (error: unknown) => {
      const misused = error instanceof TypeError && (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS') === true;
      const expected =
        misused ||
        error instanceof ConfigError ||
        error instanceof DevStackError ||
        error instanceof NatsAway ||
        error instanceof DatabaseAway;
      process.stderr.write(`${expected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exit(misused || error instanceof ConfigError ? 2 : 1);
    },
  );
}
