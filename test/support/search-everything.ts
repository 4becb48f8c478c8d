/** Collects every text that is stored for long: histories, memos, attributes and details of all workflows, and all of FACTS. Knows no secret. */
import type { Client } from '@temporalio/client';
import { natsScan } from '../../activities/adapters/nats-scan';
import type { Database } from '../../activities/people/database';
import type { Nats } from '../../activities/adapters/nats-connection';

export type Place = { readonly where: string; readonly text: string };

export async function storedTexts(client: Client, nats: Nats): Promise<readonly Place[]> {
  const places: Place[] = [];
  for await (const { workflowId, runId } of client.workflow.list()) {
    const handle = client.workflow.getHandle(workflowId, runId);
    const history = await handle.fetchHistory();
    for (const event of history.events ?? []) places.push({ where: `${workflowId} event ${String(event.eventId)}`, text: readable(event) });
    const { raw } = await handle.describe();
    places.push({ where: `${workflowId} description`, text: readable(raw) });
    places.push({ where: `${workflowId} details`, text: readable(await handle.query('__temporal_workflow_metadata')) });
  }
  return [...places, ...(await streamTexts(nats, 'FACTS'))];
}

/** Every message of a stream with its subject. */
export async function streamTexts(nats: Nats, stream: keyof typeof lastSubject): Promise<readonly Place[]> {
  const places: Place[] = [];
  await natsScan(nats).scan({ stream, subjects: [lastSubject[stream]], fromSeq: 1 }, async (messages) => {
    for (const { subject, seq, data } of messages)
      places.push({ where: `${stream} ${subject} ${seq}`, text: `${subject} ${Buffer.from(data).toString('utf8')}` });
    return true;
  });
  return places;
}
const lastSubject = { FACTS: 'facts.>', ENGAGEMENT: 'engagement.>', REJECTED: 'rejected.>' } as const;

/** Every row of every table of the people store. */
export async function tableTexts(db: Pick<Database, 'query'>): Promise<readonly Place[]> {
  const { rows: tables } = await db.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const places: Place[] = [];
  for (const { name } of tables) {
    const { rows } = await db.query<{ text: string }>(`select t::text as text from "${name}" t`);
    places.push(...rows.map(({ text }) => ({ where: `table ${name}`, text })));
  }
  return places;
}

/** Every text and number of it in a row, bytes read as text: `JSON.stringify` would ask the messages' own `toJSON`, which hides payloads in base64. */
function readable(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, member]) => (typeof member === 'function' ? '' : `${name} ${readable(member)}`))
    .join('\n');
}

/** The text as it is, as a part of an address of the web, and in base64 at each of the three offsets. */
export function disguises(text: string): readonly string[] {
  const offsets = [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64');
    return whole.slice(before === 0 ? 0 : 4);
  });
  // Fewer than eight characters of base64 are found in some random id sooner or later.
  const long = offsets.filter((one) => one.length >= 8);
  return [text, encodeURIComponent(text), ...long, ...long.map((one) => one.replace(/\+/g, '-').replace(/\//g, '_'))];
}

/** Where which of the texts is found, in any disguise; upper and lower case are one, base64 apart. */
export function findings(places: readonly Place[], texts: readonly string[]): readonly string[] {
  const wanted = texts.flatMap((text) => [...new Set(disguises(text))].map((disguise) => ({ text, disguise })));
  return places.flatMap(({ where, text: stored }) => {
    const lower = stored.toLowerCase();
    return wanted
      .filter(({ text, disguise }) => stored.includes(disguise) || lower.includes(text.toLowerCase()))
      .map(({ disguise }) => `${disguise} in ${where}`);
  });
}
