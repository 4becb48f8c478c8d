/** Builds the workflow bundle: at build time into `dist`, in tests once a run. The sandbox holds the shell and the folding half of the core. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';
import { shipped } from '../workflows/paths';

const quiet = { trace() {}, debug() {}, info() {}, warn: console.error, error: console.error, log() {} };

/** Loaded once a worker instead of once a lead: they hold no state of a lead, so every lead may share them. */
const pure = ['evolve', 'initial', 'upcast'] as const;

/** The bundle's code, from the source or the compiled workflows beside this file. */
export async function buildBundle(): Promise<string> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: require.resolve('../workflows/index'),
    preloadModules: pure.map((module) => require.resolve(`../workflows/core/${module}`)),
    logger: quiet,
  });
  return code;
}

/** The prebuilt bundle where there is one (`RIPEN_BUNDLE` first), else one built now. */
export async function findBundle(): Promise<{ codePath: string } | { code: string }> {
  const prebuilt = [process.env['RIPEN_BUNDLE'], shipped('dist', 'workflow-bundle.js')].find(
    (path) => path !== undefined && existsSync(path),
  );
  return prebuilt === undefined ? { code: await buildBundle() } : { codePath: prebuilt };
}

if (require.main === module) {
  void buildBundle().then((code) => writeFile(join(__dirname, '..', 'workflow-bundle.js'), code));
}
