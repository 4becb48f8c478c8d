/** A person's messages in ENGAGEMENT and REJECTED: counted, shown to them, or overwritten and deleted. Knows neither store nor stream library. */
import { identitiesOf, whoSchema } from './engagement';
import type { Identity } from './hashes';
import type { Identifier, Received, StreamScan } from './ports';
import type { Ask, Reply } from './requests';
import { jsonOf } from './strip';

export type MessagesPorts = StreamScan & {
  readonly identifier: Identifier;
  /** Their addresses and numbers as text, to be found where a message cannot be read; none once they are erased. */
  readonly addresses: (leadId: string) => Promise<readonly string[]>;
  /** Overwrites and deletes one message; one that is gone is no fault. */
  readonly remove: (stream: string, seq: number) => Promise<void>;
};
export type MessagesAsk = Ask<'messages'>;

/** One answer looks at so many messages and shows so many bytes at most. */
const mostLooked = 20_000;
const mostBytes = 400_000;

/** `show` gives what is about the person; `count` and `erase` also what only mentions their address, and what is about anybody erased before. */
export async function personMessages(ports: MessagesPorts, ask: MessagesAsk): Promise<Reply<'messages'>> {
  const mentions = mentionOf(ask.as === 'show' ? [] : await ports.addresses(ask.leadId));
  const shown: { seq: number; storedAt: number; subject: string; message: unknown }[] = [];
  let [found, looked, bytes, lastSeq] = [0, 0, 0, ask.fromSeq - 1];
  const nextSeq = await ports.scan(
    { stream: ask.stream, subjects: [`${ask.stream.toLowerCase()}.>`], fromSeq: ask.fromSeq },
    async (messages) => {
      for (const message of await theirs(ports.identifier, ask, messages, mentions)) {
        found += 1;
        if (ask.as === 'erase') await ports.remove(ask.stream, message.seq);
        if (ask.as !== 'show') continue;
        const { seq, storedAt, subject, data } = message;
        shown.push({ seq, storedAt, subject, message: jsonOf(data) ?? Buffer.from(data).toString('utf8') });
        bytes += data.length;
      }
      looked += messages.length;
      lastSeq = messages.at(-1)?.seq ?? lastSeq;
      return looked < mostLooked && bytes < mostBytes;
    },
  );
  return { found, lastSeq, ...(ask.as === 'show' ? { messages: shown } : {}), ...(nextSeq === undefined ? {} : { nextSeq }) };
}

async function theirs(
  identifier: Identifier,
  { leadId, as }: MessagesAsk,
  messages: readonly Received[],
  mentions: (text: string) => boolean,
): Promise<readonly Received[]> {
  const named = messages.map(({ data }) => namedIn(jsonOf(data)));
  const asked = named.flat();
  const answers = asked.length === 0 ? [] : await identifier.identify(asked);
  let from = 0;
  return messages.filter(({ data }, at) => {
    const own = answers.slice(from, (from += named[at]?.length ?? 0));
    const known = own.filter((answer) => answer !== undefined);
    // What somebody surer is named in is that person's; it is shown to nobody else.
    if (as === 'show') return known[0]?.as === 'lead' && known[0].leadId === leadId;
    return known.some((answer) => answer.as === 'erased' || answer.leadId === leadId) || mentions(Buffer.from(data).toString('utf8'));
  });
}

/** Everybody a message names: as an event, as a record of a rejected one, or as an input of the engine's own. */
function namedIn(json: unknown): readonly Identity[] {
  const message = json as
    | { readonly original?: unknown; readonly data?: { readonly who?: unknown; readonly leadId?: unknown }; readonly leadId?: unknown }
    | null
    | undefined;
  if (typeof message !== 'object' || message === null) return [];
  if (message.original !== undefined) return namedIn(message.original);
  const leads = [message.leadId, message.data?.leadId].filter((id) => typeof id === 'string');
  const who = whoSchema.safeParse(message.data?.who);
  return [...leads.map((value) => ({ kind: 'lead' as const, value })), ...(who.success ? identitiesOf(who.data) : [])];
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** Does the text hold one of the addresses, with a `+tag` or coded for the web too, and not as a part of a longer one? */
function mentionOf(addresses: readonly string[]): (text: string) => boolean {
  if (addresses.length === 0) return () => false;
  const patterns = addresses.map((address) => {
    const at = address.lastIndexOf('@');
    const [local, domain] = [escaped(address.slice(0, at)), escaped(address.slice(at + 1))];
    return at < 0 ? `(?<!\\d)${escaped(address)}(?!\\d)` : `(?<![\\w.%+-])${local}(?:\\+[^@\\s"]*)?(?:@|%40)${domain}(?![\\w-]|\\.\\w)`;
  });
  const pattern = new RegExp(patterns.join('|'), 'i');
  return (text) => pattern.test(text);
}
