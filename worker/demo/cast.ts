/** Brings the demo's mail server, people and reps together, and stops them together. Knows no engine beyond their ports. */
import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { EngineClock } from '../../activities/ports';
import type { Publisher } from '../../events/ports';
import { bouncesAtDoor, greylists } from './people';
import { startPlayers } from './players';
import { startReceiver, type Mail, type Receiver } from './receiver';
import { startReps, type SayForRep } from './reps';

/** Started before the engine, because the engine needs its address. Each run has a folder of its own. */
export const openMailboxes = (folder: string, seed: number): Promise<Receiver> =>
  startReceiver({
    folder: join(folder, 'mails', new Date().toISOString().slice(0, 19).replaceAll(/[:T]/g, '-')),
    verdict: (address) => (bouncesAtDoor(seed, address) ? 'refuse' : greylists(seed, address) ? 'greylist' : 'take'),
  });

/** Mails of earlier runs go once nobody else can be running in this folder. */
export async function forgetEarlierMails(receiver: Receiver): Promise<void> {
  const all = dirname(receiver.folder);
  const earlier = (await readdir(all)).filter((name) => name !== basename(receiver.folder));
  await Promise.all(earlier.map((name) => rm(join(all, name), { recursive: true, force: true })));
}

export type CastOptions = {
  readonly seed: number;
  readonly secret: string;
  readonly clock: EngineClock;
  readonly nats: Publisher;
  readonly intakeUrl: string;
  readonly say: SayForRep;
};

export type Cast = {
  /** What people and reps did, with how often. */
  deeds(): ReadonlyMap<string, number>;
  failures(): readonly string[];
  /** Nobody does anything more; resolves when what they began is done. */
  leave(): Promise<void>;
};

export function bringOn(receiver: Receiver, options: CastOptions): Cast {
  const addresses = new Map<string, string>();
  const players = startPlayers(options);
  const reps = startReps({ ...options, addressOf: (leadId) => addresses.get(leadId) });
  const hear = (mail: Mail): void => {
    if (mail.rep === undefined && mail.leadId !== undefined) addresses.set(mail.leadId, mail.to);
    players.receive(mail);
    reps.receive(mail);
  };
  for (const mail of receiver.mails) hear(mail);
  receiver.onMail(hear);
  return {
    deeds: () => new Map([...players.did, ...[...reps.did].map(([word, times]) => [`rep: ${word}`, times] as const)]),
    failures: () => [...players.failures, ...reps.failures],
    leave: async () => void (await Promise.all([players.stop(), reps.stop()])),
  };
}
