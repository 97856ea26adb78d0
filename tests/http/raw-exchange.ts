import { connect } from 'node:net';
import type { LightMyRequestResponse } from 'fastify';

/** Sends these bytes to a local port, and returns everything received until the connection is closed. */
export function exchange(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
}

export type RawAnswer = Pick<LightMyRequestResponse, 'statusCode' | 'headers' | 'body' | 'json'>;

/** Sends one request whose head no client library would send. `head`: its lines; the connection is closed afterwards. */
export async function askRaw(port: number, ...head: string[]): Promise<RawAnswer> {
  const answer = await exchange(port, `${head.join('\r\n')}\r\nConnection: close\r\n\r\n`);
  const at = answer.indexOf('\r\n\r\n');
  const [line = '', ...fields] = answer.slice(0, at).split('\r\n');
  const body = answer.slice(at + 4);
  return {
    statusCode: Number(line.split(' ')[1]),
    headers: Object.fromEntries(
      fields.map((one) => [
        one.slice(0, one.indexOf(':')).toLowerCase(),
        one.slice(one.indexOf(':') + 1).trim(),
      ]),
    ),
    body,
    json: () => JSON.parse(body),
  };
}
