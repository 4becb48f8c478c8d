/** Walks over a person's messages in the streams that may hold addresses. Knows no command. */
import type { Reply } from '../events/requests';
import type { Context } from './ports';

const streams = ['ENGAGEMENT', 'REJECTED'] as const;
export type StreamName = (typeof streams)[number];
type Shown = NonNullable<Reply<'messages'>['messages']>;

export type Messages = {
  readonly found: Readonly<Record<StreamName, number>>;
  readonly shown: Readonly<Record<StreamName, Shown>>;
  /** Behind the last message looked at. */
  readonly nextSeq: Readonly<Record<StreamName, number>>;
};

export async function walkMessages(
  context: Context,
  leadId: string,
  as: 'count' | 'show' | 'erase',
  from: Readonly<Record<StreamName, number>> = { ENGAGEMENT: 1, REJECTED: 1 },
): Promise<Messages> {
  const progress = context.progress(as === 'erase' ? 'Erasing messages' : 'Reading messages');
  const found = { ENGAGEMENT: 0, REJECTED: 0 };
  const shown: Record<StreamName, Shown> = { ENGAGEMENT: [], REJECTED: [] };
  const nextSeq = { ...from };
  try {
    for (const stream of streams) {
      for (let fromSeq: number | undefined = from[stream]; fromSeq !== undefined;) {
        const page: Reply<'messages'> = await context.people('messages', { leadId, stream, fromSeq, as });
        found[stream] += page.found;
        shown[stream] = [...shown[stream], ...(page.messages ?? [])];
        nextSeq[stream] = page.lastSeq + 1;
        progress.at(page.lastSeq);
        fromSeq = page.nextSeq;
      }
    }
  } finally {
    progress.end();
  }
  return { found, shown, nextSeq };
}
