/** One `import check` in a process of its own, so that its memory is its own: `FILE`; prints seconds and the most memory it ever had. */
import { usualRules, rulesFor } from '../events/list/rules';
import { checkList } from '../client/check-list';
import { look, openList } from '../client/import-file';

async function main(file: string): Promise<void> {
  const startedAt = performance.now();
  const surveyed = await look(file);
  const list = await openList(file, surveyed, () => undefined);
  const terms = { consent: true, evidence: true };
  const { checked } = await checkList(list, {
    names: list.columns,
    rules: rulesFor(usualRules, 'bench'),
    terms,
    fields: {},
    onRejected: () => undefined,
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  process.stdout.write(
    JSON.stringify({ seconds, megabytes: process.resourceUsage().maxRSS / 1_024, rows: checked.rows, accepted: checked.accepted }),
  );
}

main(process.argv[2] ?? '').catch((error: unknown) => {
  process.stderr.write(String(error));
  process.exit(1);
});
