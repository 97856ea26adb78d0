import { createServer, type Server, type ServerResponse } from 'node:http';
import { jsonText } from '../core/ground/json-line.js';
import type { Metrics } from './metrics.js';

/** What whoever looks after a process without a door asks it. */
export interface Health {
  live(): boolean;
  ready(): Promise<{ status: 'ready' | 'not-ready' }>;
}

/**
 * A port of its own, for whoever collects: nothing else is there, and nobody is asked for a key. `health`: of a worker,
 * which has no other door; at the addresses that a server has.
 */
export async function startMetricsServer(
  metrics: Metrics,
  at: { host: string; port: number },
  health?: Health,
): Promise<Server> {
  const answers: Readonly<Record<string, (response: ServerResponse) => Promise<unknown>>> = {
    '/metrics': async (response) =>
      response.writeHead(200, { 'content-type': metrics.contentType }).end(await metrics.text()),
    ...(health && {
      '/v1/health/live': async (response) =>
        health.live() ? json(response, 200, { status: 'live' }) : json(response, 503, { status: 'stuck' }),
      '/v1/health/ready': async (response) => {
        const answer = await health.ready();
        json(response, answer.status === 'ready' ? 200 : 503, answer);
      },
    }),
  };
  const server = createServer((request, response) => {
    const path = request.url?.split('?', 1)[0] ?? '';
    const answer = Object.hasOwn(answers, path) ? answers[path] : undefined;
    if (request.method !== 'GET' || answer === undefined) {
      response.writeHead(404).end();
      return;
    }
    answer(response).catch(() => response.writeHead(500).end());
  });
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, resolve);
  });
  return server;
}

function json(response: ServerResponse, status: number, body: object): void {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  response.writeHead(status, headers).end(jsonText(body));
}
