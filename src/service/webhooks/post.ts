import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Socket } from 'node:net';
import { webhookLimits as limits } from './webhook-limits.js';

export interface EndpointResponse {
  status: number;
  retryAfter: string | undefined;
}

/**
 * Sends one request on a connection of its own. Redirects are not followed, because their target is not one that the
 * operator allowed. The body of the answer is discarded; if it is too long or too slow, the connection is closed, but
 * the answer counts. Rejects if no response head came.
 */
export function sendPost(
  socket: Socket,
  url: URL,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
): Promise<EndpointResponse> {
  return new Promise((resolve, reject) => {
    let answer: EndpointResponse | undefined;
    const asking = (url.protocol === 'https:' ? secureRequest : plainRequest)(url, {
      method: 'POST',
      headers,
      createConnection: () => socket,
      maxHeaderSize: limits.answerHeaderBytes,
      // Set explicitly, so that Node's command-line switch has no effect here.
      insecureHTTPParser: false,
      signal,
    });
    asking.on('error', (error) => {
      if (answer === undefined) reject(error);
    });
    asking.on('response', (incoming) => {
      answer = { status: incoming.statusCode ?? 0, retryAfter: incoming.headers['retry-after'] };
      if (Number(incoming.headers['content-length'] ?? 0) > limits.answerBytes) socket.destroy();
      let bytes = 0;
      incoming.on('error', () => undefined);
      incoming.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > limits.answerBytes) socket.destroy();
      });
    });
    asking.on('close', () => {
      socket.destroy();
      if (answer === undefined) reject(closed());
      else resolve(answer);
    });
    asking.end(body);
  });
}

/** Node's usual error for a connection that ends early, which it does not raise after a protocol upgrade. */
const closed = () => Object.assign(new Error('closed without an answer'), { code: 'ECONNRESET' });
