/** Brings back to a lead what its workflow had taken and not yet decided when it was lost: read from the stream, handed over as inputs. Knows no command. */
import type { Ask, Reply } from '../events/requests';
import type { Input } from '../workflows/core';
import { awayCode } from './away';
import type { Context, Leads } from './ports';
import { Refusal } from './refusal';

/** As many as the router hands over at once. */
const atOnce = 100;

export type ReadAgain = {
  /** Events of the lead in the stream. */
  readonly read: number;
  /** Those its log did not hold. */
  readonly fresh: number;
};

type Where = Pick<Ask<'reread'>, 'leadId' | 'everything'>;

/** Is anything there, and can it be read? Changes nothing; one page only. */
export async function looksAgain(context: Context, { leadId }: Where): Promise<Reply<'reread'>> {
  try {
    return await context.people('reread', { leadId, fromSeq: 1 });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== awayCode) throw error;
    throw new Refusal(`${error.message} Nothing was changed. To rebuild from the facts alone, add --facts-only.`, 1, awayCode);
  }
}

export async function readAgain(context: Context, leads: Leads, where: Where): Promise<ReadAgain> {
  const progress = context.progress('Reading events again');
  const ids = new Set<string>();
  let read = 0;
  try {
    for (let fromSeq: number | undefined = 1; fromSeq !== undefined;) {
      const page: Reply<'reread'> = await context.people('reread', { ...where, fromSeq });
      const inputs = page.inputs.filter(({ id }) => !ids.has(id));
      for (const { id } of inputs) ids.add(id);
      await handOver(leads, where.leadId, inputs);
      read += page.read;
      progress.at(read);
      fromSeq = page.nextSeq;
    }
  } finally {
    progress.end();
  }
  return { read, fresh: ids.size };
}

async function handOver(leads: Leads, leadId: string, inputs: readonly Input[]): Promise<void> {
  for (let from = 0; from < inputs.length; from += atOnce) await leads.deliver(leadId, inputs.slice(from, from + atOnce));
}
