import type { AddressInfo } from 'node:net';
import { createServer, connect as dial, type Socket } from 'node:net';

interface Breaks {
  /** Number of connections that are cut, each after this many bytes. */
  breaks: number;
  afterBytes: number;
  /** Stalls in place of a cut: no more bytes are passed on, and the connection stays open. */
  stallAfterBytes?: number;
}

export interface BreakingProxy {
  port: number;
  broken(): number;
  close(): Promise<void>;
}

/** Starts an unreliable proxy in front of a server. */
export async function breakingProxy(
  to: number,
  { breaks, afterBytes, stallAfterBytes }: Breaks,
): Promise<BreakingProxy> {
  let broken = 0;
  const open = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = dial(to, '127.0.0.1');
    let sent = 0;
    for (const socket of [client, server]) {
      open.add(socket);
      socket.once('close', () => open.delete(socket));
      socket.on('error', () => undefined);
    }
    client.on('data', (chunk) => {
      sent += chunk.length;
      if (stallAfterBytes !== undefined && sent > stallAfterBytes) {
        server.write(chunk.subarray(0, Math.max(0, chunk.length - (sent - stallAfterBytes))));
        client.pause();
        return;
      }
      if (sent > afterBytes && broken < breaks) {
        broken += 1;
        client.destroy();
        server.destroy();
        return;
      }
      if (!server.write(chunk)) {
        client.pause();
        server.once('drain', () => client.resume());
      }
    });
    server.pipe(client);
    client.once('close', () => server.destroy());
    server.once('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    port: (proxy.address() as AddressInfo).port,
    broken: () => broken,
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
