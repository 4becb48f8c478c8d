/** Recorded histories as JSON files and back. Kept apart from the SDK's own converter, which breaks when npm installs two copies of protobufjs. */
import { temporal } from '@temporalio/proto';

const { History } = temporal.api.history.v1;
type History = temporal.api.history.v1.IHistory;

/** One line: enum names, longs as text, payloads as base64. Identities and sticky queues, which name a machine, are made neutral. */
export function historyText(history: History): string {
  const json = History.toObject(History.fromObject(history), { longs: String, enums: String, bytes: String });
  return JSON.stringify(json).replaceAll(/"\d+@[^"]*"/g, '"recorder"');
}

export const historyOf = (text: string): History => History.fromObject(JSON.parse(text) as Record<string, unknown>);
