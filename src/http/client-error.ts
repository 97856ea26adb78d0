import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { jsonText } from '../core/ground/json-line.js';
import { table } from '../core/ground/table.js';
import { speechOf } from '../say/speech.js';
import { Problem } from './problem.js';
import type { ProblemCode } from './problems.js';

const BY_CODE: Readonly<Record<string, ProblemCode>> = table({
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
});

/** What is no HTTP request never reaches a route; Node hands over the bare socket. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  // The client has gone, or an answer is under way already.
  if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
    socket.destroy();
    return;
  }
  const problem = new Problem(BY_CODE[error.code ?? ''] ?? 'bad-request');
  const body = jsonText(problem.body(randomUUID(), speechOf('en')));
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
