/** Removes throw-away folders once the starter and its servers are gone, however they went. Knows no server. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { lockFile } from './lock';

/**
 * Like a keeper: end of file on standard input means that the starter died. Servers need a moment to end and may write until then, so it removes more than once;
 * a folder that somebody else has locked since is theirs.
 */
const script = `
mine=$1; lock=$2; shift 2
while read -r _; do :; done
tries=0
while [ $tries -lt 60 ]; do
  if [ -n "$mine" ] && [ -e "$lock" ] && [ "$(cat "$lock")" != "$mine" ]; then exit 0; fi
  rm -rf "$@" 2>/dev/null
  sleep 0.2
  tries=$((tries + 1))
  left=0; for folder in "$@"; do if [ -e "$folder" ]; then left=1; fi; done
  if [ $left = 0 ] && [ $tries -gt 10 ]; then exit 0; fi
done
`;

export type Sweeper = { /** The folders are removed already, or shall stay. */ dismiss(): void };

/** The first folder is the one whose lock counts, if it has one now. */
export function sweepAtTheEnd(folders: readonly [string, ...string[]]): Sweeper {
  const lock = lockFile(folders[0]);
  const mine = existsSync(lock) ? readFileSync(lock, 'utf8') : '';
  const shell = spawn('/bin/sh', ['-c', script, 'ripen-sweeper', mine, lock, ...folders], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  });
  shell.on('error', (error) => process.emitWarning(`${folders.join(', ')} will not be removed: ${error.message}`));
  (shell.stdin as { unref?: () => void }).unref?.();
  shell.unref();
  return { dismiss: () => void shell.kill('SIGKILL') };
}
