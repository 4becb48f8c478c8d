/** Suppresses everybody a file names, one a line or in its first column: addresses, numbers, whole domains. Knows no workflow but of those it is told of. */
import { readFile } from 'node:fs/promises';
import { look, openList } from './import-file';
import { LineTooLong } from './csv-text';
import type { Context, Outcome } from './ports';
import { blocks, count, section, table } from './print';
import { failed, Refusal } from './refusal';
import { tell } from './say';
import type { Authored } from './verb';
import { authorOf } from './verb';
import type { Channel } from '../events/stripped';

type Ask = Authored & { readonly channel: Channel | 'all'; readonly lift: boolean; readonly dryRun: boolean };
type Named = { readonly who: string; readonly line: number };

const heading =
  /^(?:e-?mail(?: address)?|mail|address|addresse|adresse|domains?|who|phone(?: number)?|telephone|website|url|competitors?|rivals?|name|contact|company domain)$/i;

/** `rival.example` and `https://www.rival.example/about` mean everybody there. */
export function whoOf(cell: string): string {
  const text = cell.trim();
  if (text === '' || text.includes('@') || /^\+?[\d\s()/.-]+$/.test(text)) return text;
  const host = /^(?:https?:\/\/)?(?:www\.)?([\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)(?:[/?#].*)?$/iu.exec(text)?.[1];
  return host === undefined ? text : `@${host.toLowerCase()}`;
}

async function namedIn(file: string): Promise<readonly Named[]> {
  try {
    const surveyed = await look(file);
    const list = await openList(file, surveyed, () => undefined).catch((error: unknown) => {
      // A list of addresses has no header, and needs none.
      if (error instanceof Refusal && error.message.includes('not the names of the columns')) return undefined;
      throw error;
    });
    if (list === undefined) return bare(file);
    const [first = ''] = list.columns;
    const named: Named[] = heading.test(first) ? [] : [{ who: whoOf(first), line: 1 }];
    for await (const some of list.rows)
      for (const row of some) if (row.as === 'row') named.push({ who: whoOf(row.cells[0] ?? ''), line: row.line });
    return named;
  } catch (error) {
    if (error instanceof LineTooLong) throw failed(`"${file}" is no list: ${error.message}.`);
    throw error;
  }
}

async function bare(file: string): Promise<readonly Named[]> {
  const lines = (await readFile(file, 'utf8')).split(/\r\n|\n|\r/);
  return lines.flatMap((text, at) => (text.trim() === '' ? [] : [{ who: whoOf(text.split(/[,;\t|]/)[0] ?? ''), line: at + 1 }]));
}

type Refused = { readonly line: number; readonly who: string; readonly says: string };

export async function suppressFile(context: Context, file: string, ask: Ask): Promise<Outcome> {
  const { channel, lift, dryRun } = ask;
  const by = authorOf(context, ask);
  const named = (await namedIn(file)).filter(({ who }) => who !== '');
  const refused: Refused[] = [];
  const done = { entries: 0, leads: 0, named: 0 };
  const progress = context.progress(`Reading ${file}`, named.length);
  for (const { who, line } of named) {
    progress.at(done.named + refused.length);
    try {
      const because = ask.because ?? `named in a list by ${by}`;
      const { leadIds = [], entries } = await context.people('suppress', {
        who,
        channel,
        by,
        because,
        ...(lift ? { lift } : {}),
        ...(dryRun ? { dryRun } : {}),
      });
      done.named += 1;
      done.entries += entries;
      done.leads += leadIds.length;
      if (!dryRun)
        for (const leadId of leadIds) await tell(context, leadId, { word: lift ? 'unsuppress' : 'suppress', channel }, { by, because });
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'lead-unknown') throw error;
      refused.push({ line, who, says: 'is no address, number with its country, domain or lead' });
    }
  }
  progress.end();
  return outcomeOf(file, ask, done, refused);
}

function outcomeOf(
  file: string,
  { lift, dryRun, channel }: Ask,
  { entries, leads, named }: { readonly entries: number; readonly leads: number; readonly named: number },
  refused: readonly Refused[],
): Outcome {
  const does = lift ? 'may be contacted again' : 'are not contacted any more';
  return {
    says: blocks(
      `${file} names ${count(named, 'person or domain', 'people or domains')} ${lift ? 'to contact again' : 'never to contact'}: ${count(entries, 'new entry', 'new entries')}, ${count(leads, 'known lead')} ${dryRun ? `would be touched` : does}.${dryRun ? ' This was a dry run: nothing was changed.' : ''}`,
      refused.length === 0
        ? undefined
        : section(
            `Not understood: ${count(refused.length, 'line')}`,
            table(
              [{ title: 'line', align: 'right' }, { title: 'text', flexible: true }, 'why'],
              refused.slice(0, 20).map(({ line, who, says }) => [line, who, says]),
            ),
          ),
    ),
    json: { ok: refused.length === 0, named, entries, leads, channel, lift, dryRun, refused },
    exit: refused.length === 0 || named > 0 ? 0 : 1,
  };
}
