import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

export interface Balancer {
  url: string;
  /** Adds a server, or replaces it by another. */
  place(name: string, url: string): void;
  isReady(name: string): boolean;
  /** Number of requests that each server got. */
  given: Map<string, number>;
}

interface Server {
  url: string;
  ready: boolean;
}

/** Interval of readiness checks. */
const ASK_MILLIS = 100;

/**
 * Starts a simple load balancer: each request goes, once, to a server that reported itself ready at the last check. It
 * keeps connections open and does not retry.
 */
export async function startBalancer(): Promise<Balancer> {
  const servers = new Map<string, Server>();
  const given = new Map<string, number>();
  const agent = new Agent({ keepAlive: true });
  let turn = 0;
  const door = createServer((incoming, outgoing) => {
    const ready = [...servers].filter(([, server]) => server.ready);
    turn += 1;
    const chosen = ready[turn % ready.length];
    if (chosen === undefined) {
      outgoing.writeHead(502).end('nobody is ready');
      return;
    }
    const [name, { url }] = chosen;
    given.set(name, (given.get(name) ?? 0) + 1);
    const { method, headers, url: path = '/' } = incoming;
    const passed = request(new URL(path, url), { method, headers, agent }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, { 'content-type': answer.headers['content-type'] });
      answer.pipe(outgoing);
    });
    passed.on('error', (error) => {
      if (!outgoing.headersSent) outgoing.writeHead(502);
      outgoing.end(`${name}: ${error.message}`);
    });
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  let open = true;
  const asking = (async () => {
    while (open) {
      await Promise.all(
        [...servers.values()].map(async (server) => {
          const { url } = server;
          const answer = await fetch(`${url}/v1/health/ready`).catch(() => undefined);
          await answer?.body?.cancel();
          if (server.url === url) server.ready = answer?.status === 200;
        }),
      );
      await sleep(ASK_MILLIS);
    }
  })();
  onTestFinished(async () => {
    open = false;
    door.closeAllConnections();
    door.close();
    agent.destroy();
    await asking;
  });
  return {
    url: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    place: (name, url) => void servers.set(name, { url, ready: false }),
    isReady: (name) => servers.get(name)?.ready ?? false,
    given,
  };
}
