import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../../metrics/metrics.js';
import { ofPage } from '../access.js';
import { problemOf } from '../answer-problem.js';
import { Problem } from '../problem.js';
import type { Services } from '../services.js';

/** Counts every answer; shows the figures here unless they have a port of their own. */
export function metricsRoutes(
  app: FastifyInstance,
  metrics: Metrics,
  { admission, config, room }: Pick<Services, 'admission' | 'config' | 'room'>,
): void {
  metrics.watchUploads({ taken: () => admission.taken, places: config.uploadsAtOnce });
  metrics.watchRoom(() => room.left());
  app.addHook('onResponse', async (request, reply) =>
    metrics.answered({
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
      problem: problemOf(request),
    }),
  );
  app.addHook('onClose', async () => metrics.close());

  app.get('/metrics', ofPage('metrics'), async (_request, reply) => {
    if (config.metricsPort !== undefined) throw new Problem('not-found');
    return reply
      .header('cache-control', 'no-store')
      .type(metrics.contentType)
      .send(await metrics.text());
  });
}
