import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../../service/ops/metrics.js';
import { pageRouteOptions } from '../contract/access.js';
import { Problem } from '../contract/problems/problem.js';
import { problemCodeOf } from '../responses/answer-problem.js';
import type { Services } from '../services/services.js';

/** Counts every answer; serves the metrics here unless they have their own port. */
export function metricsRoutes(
  app: FastifyInstance,
  metrics: Metrics,
  { admission, config, diskQuota: room }: Pick<Services, 'admission' | 'config' | 'diskQuota'>,
): void {
  metrics.registerUploads({ taken: () => admission.taken, places: config.uploadsAtOnce });
  metrics.registerQuota(() => room.remainingBytes());
  app.addHook('onResponse', async (request, reply) =>
    metrics.observeRequest({
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
      problem: problemCodeOf(request),
    }),
  );
  app.addHook('onClose', async () => metrics.close());

  app.get('/metrics', pageRouteOptions('metrics'), async (_request, reply) => {
    if (config.metrics !== undefined) throw new Problem('not-found');
    return reply
      .header('cache-control', 'no-store')
      .type(metrics.contentType)
      .send(await metrics.text());
  });
}
