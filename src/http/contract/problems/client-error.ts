import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { formatJson } from '../../../base/json-line.js';
import { lookupTable } from '../../../base/table.js';
import { translatorFor } from '../../../i18n/translator.js';
import { Problem } from './problem.js';
import type { ProblemCode } from './problems.js';

const BY_CODE: Readonly<Record<string, ProblemCode>> = lookupTable({
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout',
});

/** Answers bytes that are no HTTP request. They never reach a route, so Node hands over the bare socket. */
export function sendClientError(error: Error & { code?: string }, socket: Socket): void {
  // The client has gone, or an answer is under way already.
  if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
    socket.destroy();
    return;
  }
  const problem = new Problem(BY_CODE[error.code ?? ''] ?? 'bad-request');
  const body = formatJson(problem.body(randomUUID(), translatorFor('en')));
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
