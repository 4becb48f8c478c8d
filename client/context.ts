/** Binds the ports to the real world, each part opened when a command first needs it. Decides nothing. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import type * as CampaignRunsModule from './campaign-runs';
import type * as LeadsModule from './leads';
import type * as LinkModule from './link';
import type * as TemporalModule from './temporal';
import { findAddresses } from './addresses';
import type { Environment, Whereabouts } from './addresses';
import { shipped } from '../workflows/paths';
import type { Context } from './ports';
import { permitted } from './permitted';
import { startProgress } from './progress';
import { openScreen } from './screen';
import { failed } from './refusal';

/** Development only; a real installation sets RIPEN_SECRET for every part. */
const developmentSecret = 'ripen-development-secret';

export function openContext(environment: Environment, folder: string, warn: (says: string) => void): Context {
  let whereabouts: Whereabouts | undefined;
  const where = (): Whereabouts => (whereabouts ??= findAddresses(environment, folder));
  const link = once(() => {
    // Loaded late: `--help` and wrong usage answer without it.
    const { openLink } = require('./link') as typeof LinkModule;
    return openLink(where().address('NATS_URL'), where().runFile, environment['RIPEN_CREDENTIAL'] || undefined);
  });
  const temporal = once(() => {
    const { openTemporal } = require('./temporal') as typeof TemporalModule;
    return openTemporal(where(), environment);
  });
  const people: Context['people'] = async (verb, ask) => (await link.get()).ask(verb, ask);
  return {
    people,
    facts: async (leadId) => (await link.get()).facts(leadId),
    position: async (leadId) => (await link.get()).position(leadId),
    stream: async () => (await link.get()).nats,
    leads: async () => permitted((require('./leads') as typeof LeadsModule).leadsOver(await temporal.get()), { people, warn }),
    campaigns: async () => (require('./campaign-runs') as typeof CampaignRunsModule).campaignsOver(await temporal.get()),
    now: Date.now,
    toEngine: (realAt) => Math.floor(where().clock.epoch + (realAt - where().clock.epoch) * where().clock.rate),
    toReal: (engineAt) => Math.ceil(where().clock.epoch + (engineAt - where().clock.epoch) / where().clock.rate),
    get clockRate() {
      return where().clock.rate;
    },
    get uiUrl() {
      return where().uiUrl;
    },
    get namespace() {
      return where().namespace;
    },
    secret: environment['RIPEN_SECRET'] ?? developmentSecret,
    get user() {
      return userName(environment);
    },
    shipped,
    runShipped: (args) => runShipped(args, environment),
    warn,
    progress: (title, total) => startProgress(title, total, process.stderr, Date.now),
    screen: openScreen(process.stdout),
    close: async () => void (await Promise.all([link.opened(), temporal.opened()].map(async (part) => (await part)?.close()))),
  };
}

/** One opening however often it is asked for; a failed one is not closed. */
function once<T>(open: () => Promise<T>): { readonly get: () => Promise<T>; readonly opened: () => Promise<T | undefined> } {
  let opening: Promise<T> | undefined;
  return {
    get: () => (opening ??= open()),
    opened: async () => opening?.catch(() => undefined),
  };
}

function userName(environment: Environment): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a number that no user list knows.
    return environment['USER'] ?? 'operator';
  }
}

/** In a group of its own, so that Ctrl-C reaches it once, through us, and its draining is waited for; `follow` ends it even when we are killed. */
function runShipped(args: readonly string[], environment: Environment): Promise<number> {
  const [program = ''] = args;
  if (!existsSync(program)) return Promise.reject(failed('The engine is not built. Run `npm run build` first.'));
  const follow = ['--require', require.resolve('./follow')];
  const child = spawn(process.execPath, [...follow, ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    detached: true,
    env: { ...environment },
  });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  for (const signal of signals) {
    // Whoever would end us at once must wait for the child.
    process.removeAllListeners(signal);
    process.on(signal, pass);
  }
  const end = (): void => void child.kill('SIGTERM');
  process.once('exit', end);
  return new Promise<number>((resolve, reject) => {
    child.once('error', (error) => reject(failed(`${program} could not be started: ${error.message}`)));
    child.once('exit', (code) => resolve(code ?? 1));
  }).finally(() => {
    process.off('exit', end);
    for (const signal of signals) process.off(signal, pass);
  });
}
