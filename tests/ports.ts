import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** Below what any system gives out by itself. */
const FROM = 10_000;
const USUAL_FIRST_GIVEN_OUT = 32_768;

/**
 * A port of loopback that nobody listens on, for a program that must be told one. It is none of those that the system
 * gives out: every connection that is opened and every test that asks for port 0 gets one of them, and would now and
 * then get this one between the look and its use.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FROM, firstGivenOut());
    const server = createServer();
    try {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') continue;
      throw error;
    }
    server.close();
    await once(server, 'close');
    return port;
  }
}

function firstGivenOut(): number {
  try {
    const [first] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').trim().split(/\s+/);
    return Math.max(FROM + 1_000, Number(first));
  } catch {
    return USUAL_FIRST_GIVEN_OUT;
  }
}
