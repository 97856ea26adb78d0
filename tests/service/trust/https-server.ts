import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { issue, pem, SERVER } from '../../core/trust/ca.js';

export interface HttpsServer {
  host: string;
  /** PEM of the authority that issued its certificate. */
  ca: string;
  close(): Promise<void>;
}

/** Starts a real HTTPS server on the loopback interface, under an authority of its own. */
export async function httpsServer(listener: RequestListener): Promise<HttpsServer> {
  const root = await issue({ name: 'Test web root', ca: true });
  const own = await issue({ name: 'localhost', issuer: root, purposes: [SERVER] });
  const key = Buffer.from(await crypto.subtle.exportKey('pkcs8', own.keys.privateKey)).toString('base64');
  const server = createServer(
    { cert: pem(own), key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n` },
    listener,
  );
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    host: `localhost:${port}`,
    ca: pem(root),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
