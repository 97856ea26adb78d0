import { createServer, type Server, type ServerResponse } from 'node:http';
import { formatJson } from '../../base/json-line.js';
import type { Metrics } from './metrics.js';

/** Health checks of a process that has no HTTP API. */
export interface HealthChecks {
  live(): boolean;
  ready(): Promise<{ status: 'ready' | 'not-ready' }>;
}

/**
 * Starts a server on a separate port that only serves metrics, without API keys. `health`: also serves health checks,
 * at the same paths as a server, for workers without another port.
 */
export async function startMetricsServer(
  metrics: Metrics,
  at: { host: string; port: number },
  health?: HealthChecks,
): Promise<Server> {
  const answers: Readonly<Record<string, (response: ServerResponse) => Promise<unknown>>> = {
    '/metrics': async (response) =>
      response.writeHead(200, { 'content-type': metrics.contentType }).end(await metrics.text()),
    ...(health && {
      '/v1/health/live': async (response) =>
        health.live()
          ? sendJson(response, 200, { status: 'live' })
          : sendJson(response, 503, { status: 'stuck' }),
      '/v1/health/ready': async (response) => {
        const answer = await health.ready();
        sendJson(response, answer.status === 'ready' ? 200 : 503, answer);
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

function sendJson(response: ServerResponse, status: number, body: object): void {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  response.writeHead(status, headers).end(formatJson(body));
}
