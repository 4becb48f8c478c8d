/** A TCP proxy that can swallow what the server answers, or cut every line: the faults a lost ack is made of. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export type TcpProxy = {
  readonly port: number;
  /** From now on requests pass and answers do not. */
  swallowAnswers(): void;
  /** Answers pass again; those swallowed are gone. */
  passAnswers(): void;
  /** Breaks every connection and refuses new ones until `mend`. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
};

export async function tcpProxy(target: URL): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let answers = true;
  let open = true;
  const server = createServer((near) => {
    if (!open) return void near.destroy();
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => socket.destroy());
    }
    near.on('data', (bytes) => far.write(bytes));
    far.on('data', (bytes) => answers && near.write(bytes));
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    swallowAnswers: () => void (answers = false),
    passAnswers: () => void (answers = true),
    cut: () => {
      open = false;
      for (const socket of sockets) socket.destroy();
    },
    mend: () => void (open = true),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
