/** Where the package lies, the same from source and from `dist`. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Absolute path of a file or folder that ships with the package. */
export function shipped(...parts: readonly string[]): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return join(folder, ...parts);
}
