import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { onTestFinished } from 'vitest';

export interface Received {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Receiver {
  port: number;
  host: string;
  url: string;
  received: Received[];
  /** Current answer of the receiver; 204 at first. */
  answer: { status: number; headers?: Record<string, string>; body?: string | Buffer; hang?: boolean };
  close(): Promise<void>;
}

/** Starts a real endpoint on loopback that records what it receives. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const receiver = { received, answer: { status: 204 } } as unknown as Receiver;
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      received.push({ method, path: url, headers, body: Buffer.concat(chunks).toString() });
      if (receiver.answer.hang) return;
      response.writeHead(receiver.answer.status, receiver.answer.headers);
      response.end(receiver.answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  receiver.port = address.port;
  receiver.host = `127.0.0.1:${address.port}`;
  receiver.url = `http://127.0.0.1:${address.port}/hook`;
  receiver.close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(() => receiver.close());
  return receiver;
}
