/** `npm run bench -- NAME [--json]`: runs one benchmark; figures as a table, with `--json` as one closing line on standard output. */

const benches: Readonly<Record<string, () => Promise<{ readonly run: () => Promise<Record<string, number>> }>>> = {
  core: () => import('./core.js'),
  engine: () => import('./engine.js'),
  audience: () => import('./audience.js'),
  campaign: () => import('./campaign.js'),
  compile: () => import('./compile.js'),
  import: () => import('./import.js'),
  'import-check': () => import('./import-check.js'),
  simulate: () => import('./simulate.js'),
  score: () => import('./score.js'),
  'score-quality': () => import('./score-quality.js'),
  'score-train': () => import('./score-train.js'),
};

async function main(): Promise<number> {
  const words = process.argv.slice(2);
  const json = words.includes('--json');
  const name = words.find((word) => !word.startsWith('--'));
  const load = name === undefined ? undefined : benches[name];
  if (load === undefined) {
    process.stderr.write(
      `Usage: npm run bench -- NAME [--json]\n${name === undefined ? 'Name a benchmark' : `There is no benchmark "${name}"`}: ${Object.keys(benches).join(', ')}.\n`,
    );
    return 2;
  }
  const figures = await (await load()).run();
  if (json) process.stdout.write(`${JSON.stringify(figures)}\n`);
  else
    for (const [figure, value] of Object.entries(figures))
      process.stdout.write(`${figure.padEnd(28)} ${Number.isInteger(value) ? value : value.toFixed(3)}\n`);
  return 0;
}

// Whatever a benchmark started ends with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
