/** The roles by name, and starting any of them in one process in the order in which they need each other. Knows no rules. */
import type { Config } from '../config';
import type { Logger } from '../logger';
import { openContext } from './context';
import type { Context, Role } from './context';
import { startIntakeRole } from './intake';
import { startPeopleRole } from './people';
import { startProjectorRole } from './projector';
import { startRouterRole } from './router';
import { startWorkerRole } from './worker';

const starters = {
  worker: startWorkerRole,
  people: startPeopleRole,
  router: startRouterRole,
  intake: startIntakeRole,
  projector: startProjectorRole,
} as const satisfies Record<string, (context: Context) => Promise<Role>>;

export type RoleName = keyof typeof starters;
export const roleNames = Object.keys(starters) as readonly RoleName[];
export const isRole = (name: string): name is RoleName => name in starters;

export type StartedRoles = {
  /** Drains: what is under way ends first. */
  readonly stop: () => Promise<void>;
  /** Settles with a sentence when a role can go on no more. */
  readonly failed: Promise<string>;
  readonly intakeUrl?: string;
};

/** Each role any number of times over any number of processes. When one cannot start, those before it are stopped and its error is thrown. */
export async function startRoles(config: Config, roles: readonly RoleName[], log: Logger): Promise<StartedRoles> {
  const context = await openContext(config, log);
  const started: Role[] = [];
  const stop = async (): Promise<void> => {
    // Doors first, then who works through what came in.
    for (const role of started.splice(0).reverse()) await role.stop();
    await context.close();
  };
  try {
    for (const name of roleNames.filter((role) => roles.includes(role))) started.push(await starters[name](context));
  } catch (error) {
    await stop();
    throw error;
  }
  const failed = Promise.race([
    new Promise<string>(() => undefined),
    ...started.flatMap((role) => (role.failed === undefined ? [] : [role.failed])),
  ]);
  const intakeUrl = started.find((role) => role.intakeUrl !== undefined)?.intakeUrl;
  return { stop, failed, ...(intakeUrl === undefined ? {} : { intakeUrl }) };
}
