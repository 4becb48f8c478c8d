/** Who of a running stack is up, kept on disk as it changes, and ended together. Knows no server's kind. */
import { DevStackError, type Progress } from './error';
import { identityOf } from './identity';
import type { Kept } from './keeper';
import { removeRunFile, writeRunFile, type Addresses, type RunNotes } from './run-file';

export type Roster = {
  /** A process of this name was started; a later one of the same name takes its place. */
  add(name: string, kept: Kept): void;
  learn(addresses: Addresses): void;
  tell(notes: RunNotes): void;
  addresses(): Addresses;
  pids(): Readonly<Record<string, number>>;
  /** From now on a server that ends by itself is reported; before, whoever starts it says so. */
  watch(): void;
  /** Ends all at once and waits; throws the first failure after all were tried. */
  stop(): Promise<void>;
};

export function openRoster(dir: string, onProgress: Progress): Roster {
  const owner = identityOf(process.pid);
  if (owner === undefined) throw new DevStackError('This system does not tell when a process started.');
  const kept = new Map<string, Kept>();
  let known: Addresses = {};
  let told: RunNotes = {};
  let watching = false;
  const note = () => {
    const servers = Object.fromEntries([...kept].map(([name, server]) => [name, { ...server.identity, signal: server.signal }]));
    writeRunFile(dir, { v: 1, owner, addresses: known, servers, ...told });
  };
  return {
    add(name, server) {
      kept.set(name, server);
      note();
      server.onEnd(() => {
        if (watching && kept.get(name) === server)
          onProgress(`${name} (process ${server.identity.pid}) ended by itself; its log said:\n${server.said()}`);
      });
    },
    learn(addresses) {
      known = { ...known, ...addresses };
      note();
    },
    tell(notes) {
      told = { ...told, ...notes };
      note();
    },
    addresses: () => known,
    pids: () => Object.fromEntries([...kept].map(([name, server]) => [name, server.identity.pid])),
    watch: () => void (watching = true),
    async stop() {
      watching = false;
      const ended = await Promise.allSettled([...kept.values()].map((server) => server.stop()));
      const failed = ended.find((end) => end.status === 'rejected');
      if (failed !== undefined) throw failed.reason; // run.json stays: the next start tries again
      removeRunFile(dir);
    },
  };
}
