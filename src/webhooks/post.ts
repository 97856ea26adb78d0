import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Socket } from 'node:net';
import { webhookLimits as limits } from './webhook-limits.js';

export interface Answer {
  status: number;
  retryAfter: string | undefined;
}

/**
 * One request on a connection that is kept for nothing else. No redirect is followed: where an answer points is not
 * where the operator let us go. What is answered beside the head is thrown away; too much of it, or too late, costs the
 * connection and not the answer. Rejects where no head came.
 */
export function post(
  socket: Socket,
  url: URL,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let answer: Answer | undefined;
    const asking = (url.protocol === 'https:' ? secureRequest : plainRequest)(url, {
      method: 'POST',
      headers,
      createConnection: () => socket,
      maxHeaderSize: limits.answerHeaderBytes,
      // Said here, so that a switch in somebody's shell does not reach this.
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

/** As Node says it of most that end so; it says nothing of who was asked to go over to another protocol. */
const closed = () => Object.assign(new Error('closed without an answer'), { code: 'ECONNRESET' });
