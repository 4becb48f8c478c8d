/** Publishes an event where it belongs: subject by type and keyed identity, message id by source and id. Knows no library. */
import { createHash } from 'node:crypto';
import { identityHash } from './hashes';
import type { Publisher } from './ports';
import { surestIdentity } from './strip';
import { engagementSubject } from './subjects';

type Publishable = { readonly id: string; readonly source: string; readonly type: string; readonly data: unknown };

/** `Nats-Msg-Id` = source and id, where a header can hold them; else their hash. */
export function messageId(source: string, id: string): string {
  const plain = `${source} ${id}`;
  return /^[\x21-\x7e]+ [\x21-\x7e]+$/.test(plain)
    ? plain
    : createHash('sha256')
        .update(JSON.stringify([source, id]))
        .digest('hex');
}

/** Resolves when the stream has it. A repeated event is `duplicate` within the stream's window. */
export function publishEvent(
  publisher: Publisher,
  secret: string,
  event: Publishable,
  timeoutMs?: number,
): Promise<{ readonly seq: number; readonly duplicate: boolean }> {
  const subject = engagementSubject(event.type, identityHash(secret, surestIdentity(event)));
  return publisher.publish(subject, Buffer.from(JSON.stringify(event)), {
    msgId: messageId(event.source, event.id),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
}
