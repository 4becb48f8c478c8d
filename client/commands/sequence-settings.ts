/** `ripen sequences settings`: what a marketer may change of a sequence for one campaign. */
import type { Command } from 'commander';
import { settingWord } from '../../workflows/speech/plan-words';
import { planAtHand } from '../plan-at-hand';
import type { Context, Outcome } from '../ports';
import { table } from '../print';
import { verb } from '../verb';
import type { Cli } from '../verb';

export const addSequenceSettings = (cli: Cli, parent: Command): void =>
  verb(
    cli,
    {
      usage: 'settings <sequence>',
      does: 'What may be set for one campaign when people are enrolled: ripen enrol ... --set name=value.',
      examples: ['sequences settings post-purchase'],
    },
    (command: Command): Command => command,
    (context, _, name) => settings(context, name ?? ''),
    parent,
  );

async function settings(context: Context, name: string): Promise<Outcome> {
  const { id, version, settings: fields = {} } = await planAtHand(context, name);
  const rows = Object.entries(fields).map(([field, setting]) => [field, settingWord(setting), setting.says]);
  const says =
    rows.length === 0
      ? `${id}@${version} has no settings; nothing of it changes from campaign to campaign.`
      : table(['setting', 'may be', 'says'], rows);
  return { says, json: { ok: true, sequence: `${id}@${version}`, settings: fields } };
}
