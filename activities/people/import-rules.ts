/** What the settings in force say of lists and of fields of the workspace's own. Changes nothing. */
import { rulesIn, type ImportRules } from '../../events/list/rules';
import type { Client } from './database';

export async function importRulesOf(client: Client): Promise<ImportRules> {
  const { rows } = await client.query<{ body: unknown }>(
    `select body from published where kind = 'settings' and id = 'workspace' order by version desc limit 1`,
  );
  return rulesIn(rows[0]?.body);
}
