/** Lets other leads hear of something this one did. Knows no rules and no people. */
import type { Outcome, TellLeads } from '../workflows/core';
import type { LeadNews } from './ports';

export function createTellLeads({
  news,
}: {
  readonly news: LeadNews;
}): (args: { readonly leadId: string; readonly effect: TellLeads }) => Promise<Outcome> {
  return async ({ leadId, effect }) => ({ as: 'told', reached: await news.tell(leadId, effect) });
}
