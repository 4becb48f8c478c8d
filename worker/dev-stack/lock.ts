/** One dev stack a folder: a lock file that names its holder and is taken over only from a holder that no longer lives. Knows no server. */
import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DevStackError } from './error';
import { identityOf, lives, type ProcessIdentity } from './identity';

export const lockFile = (dir: string): string => join(dir, 'lock');

export type Lock = { release(): void };

/** A process that died in the middle of a takeover leaves its claim; after this it counts for nothing. */
const claimLastsMs = 5_000;

/** Throws `DevStackError` naming the holder when another living process has the folder. */
export async function lockFolder(dir: string): Promise<Lock> {
  const me = identityOf(process.pid);
  if (me === undefined)
    throw new DevStackError('This system does not tell when a process started, so the dev stack cannot guard its folder.');
  const file = lockFile(dir);
  const mine = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(mine, JSON.stringify(me));
  try {
    for (const until = Date.now() + 15_000; Date.now() < until; await delay(50)) {
      if (created(() => linkSync(mine, file))) return releasing(file, me);
      const holder = holderOf(file);
      if (holder !== undefined && lives(holder)) throw new DevStackError(taken(dir, holder));
      if (takenOver(file, mine, holder)) return releasing(file, me);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  throw new DevStackError(`The lock of ${dir} is contended; try again, or delete ${file} when no ripen runs.`);
}

const taken = (dir: string, holder: ProcessIdentity): string =>
  `Another ripen (process ${holder.pid}) already runs the dev stack in ${dir}. Use its servers (their addresses are in ${join(dir, 'run.json')}), stop it, or choose another folder.`;

/** Only one process may look at a dead holder's lock and replace it: the one that made the claim file. */
export function takenOver(file: string, mine: string, dead: ProcessIdentity | undefined): boolean {
  const claim = `${file}.claim`;
  if (!created(() => writeFileSync(claim, '', { flag: 'wx' }))) {
    if (age(claim) > claimLastsMs) rmSync(claim, { force: true });
    return false;
  }
  try {
    const now = holderOf(file);
    if (now?.pid !== dead?.pid || now?.started !== dead?.started) return false;
    renameSync(mine, file);
    return true;
  } finally {
    rmSync(claim, { force: true });
  }
}

function releasing(file: string, me: ProcessIdentity): Lock {
  return {
    release() {
      const holder = holderOf(file);
      if (holder?.pid === me.pid && holder.started === me.started) rmSync(file, { force: true });
    },
  };
}

function created(make: () => void): boolean {
  try {
    make();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function holderOf(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined; // released meanwhile, or cut off in the middle by a crash: nobody's
  }
}

function age(file: string): number {
  try {
    return Date.now() - statSync(file).mtimeMs;
  } catch {
    return 0; // gone: the other one finished
  }
}
