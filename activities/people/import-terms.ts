/** On which terms an import runs: the rules of its source from the published settings, and whether its vendor has evidence. Changes nothing. */
import { rulesFor, type ImportRules, type ListTerms, type SourceRules } from '../../events/list/rules';
import type { Ask } from '../../events/requests';
import type { Client } from './database';
import { importRulesOf } from './import-rules';
import { vendorId } from './vendors';

export type ImportTerms = {
  readonly rules: Required<SourceRules>;
  readonly all: ImportRules;
  readonly terms: ListTerms;
};

export async function termsOf(client: Client, { source, consent, vendor }: Ask<'import'>): Promise<ImportTerms> {
  const all = await importRulesOf(client);
  const { rows: vendors } =
    vendor === undefined
      ? { rows: [] }
      : await client.query<{ evidence: string | null }>('select evidence from vendor where id = $1', [vendorId(vendor)]);
  const evidence = (vendors[0]?.evidence ?? '') !== '';
  return { rules: rulesFor(all, source), all, terms: { consent: consent !== undefined, evidence } };
}
