import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** Below the ephemeral port range of any system. */
const FROM = 10_000;
const USUAL_FIRST_GIVEN_OUT = 32_768;

/**
 * Returns an unused loopback port for a program that must be told one. It is outside of the ephemeral range: otherwise
 * a new connection, or a test that asks for port 0, could take it between the check and its use.
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
