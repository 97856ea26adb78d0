import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { pageRouteOptions, requireScope, tenantOf } from '../contract/access.js';
import { httpLimits } from '../contract/limits.js';
import { Problem } from '../contract/problems/problem.js';
import { IdParamsSchema, idParams, type TypeBoxProvider } from '../contract/schemas.js';
import { renderBatchesPage, renderBatchPage } from '../pages/batch-page.js';
import { countSimilarFiles } from '../pages/page-matches.js';
import { toListItem } from '../responses/list-item.js';
import { sendPage } from '../responses/send-inspection.js';
import { createPageTranslator } from '../services/language.js';
import type { Services } from '../services/services.js';
import { sendBatchFiles } from './batch-files.js';
import { cancelBatch } from './end-batch.js';

const PAGE_BATCHES = 25;
const PAGE_FILES = 25;
const REFRESH_SECONDS = '5';

/** Registers the pages of batches. Must be called in the scope that parses forms (form-route.ts). */
export function batchPageRoutes(instance: FastifyInstance, services: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();
  const { batches, inspections } = services.stores;

  app.route({
    method: 'GET',
    url: '/batches',
    config: requireScope('read'),
    schema: {
      hide: true,
      querystring: Type.Object({ cursor: Type.Optional(Type.String({ maxLength: 512 })) }),
    },
    handler: async (request, reply) => {
      const tenant = tenantOf(request);
      const { cursor } = request.query;
      const page = { limit: PAGE_BATCHES, ...(cursor === undefined ? {} : { cursor }) };
      const { items, next } = await batches.list(tenant, page);
      const counted = await Promise.all(
        items.map(async (batch) => ({
          batch,
          counts: await inspections.countByStatus(tenant, { batchId: batch.id }),
        })),
      );
      const older = next === undefined ? {} : { older: `/batches?${new URLSearchParams({ cursor: next })}` };
      const content = { batches: counted, paged: cursor !== undefined, ...older };
      return sendPage(reply, renderBatchesPage(content, createPageTranslator(request, reply)));
    },
  });

  app.route({
    method: 'GET',
    url: '/batches/:id',
    config: requireScope('read'),
    schema: {
      hide: true,
      params: IdParamsSchema,
      querystring: Type.Object({
        after: Type.Optional(Type.Integer({ minimum: 0, maximum: httpLimits.batchItems })),
      }),
    },
    handler: async (request, reply) => {
      const tenant = tenantOf(request);
      const { id } = request.params;
      const { after = 0 } = request.query;
      const batch = await batches.get(tenant, id);
      if (batch === undefined) throw new Problem('batch-not-found');
      const [counts, origins, found] = await Promise.all([
        inspections.countByStatus(tenant, { batchId: id }),
        inspections.countByOrigin(tenant, { batchId: id }),
        batches.items(tenant, id, after, PAGE_FILES + 1),
      ]);
      const shown = found.slice(0, PAGE_FILES);
      const last = shown.at(-1)?.item;
      const translator = createPageTranslator(request, reply);
      // The browser reloads the page by itself, so no script is needed.
      if (batch.finishedAt === undefined) reply.header('refresh', REFRESH_SECONDS);
      const done = shown.flatMap(({ record }) => (record.status === 'done' ? [record] : []));
      // While the batch runs, the page is reloaded too often for a search.
      const seen =
        batch.finishedAt === undefined
          ? undefined
          : await countSimilarFiles(done, { ...services, log: request.log });
      const content = {
        ...{ batch, counts, origins, paged: after > 0 },
        ...(seen === undefined ? {} : { matches: seen }),
        items: shown.map(({ record }) => toListItem(record)),
        pictured: await inspections.withDerivative(
          tenant,
          shown.map(({ record }) => record.id),
          'preview',
        ),
        ...(found.length > shown.length ? { further: `/batches/${id}?after=${last}` } : {}),
      };
      return sendPage(reply.header('x-robots-tag', 'noindex'), renderBatchPage(content, translator));
    },
  });

  // Separate addresses for links of the page: a browser that follows one does not ask for these formats in its Accept
  // header.
  for (const [url, form] of [
    ['/batches/:id/files.csv', 'csv'],
    ['/batches/:id/reports.zip', 'zip'],
  ] as const) {
    app.route({
      method: 'GET',
      url,
      config: requireScope('read'),
      schema: { hide: true, params: IdParamsSchema },
      handler: async (request, reply) => {
        const batch = await batches.get(tenantOf(request), request.params.id);
        if (batch === undefined) throw new Problem('batch-not-found');
        const translator = createPageTranslator(request, reply);
        return sendBatchFiles(request, reply, form, { batch, speech: translator, services });
      },
    });
  }

  app.post('/batches/:id/cancel', pageRouteOptions('inspect', idParams), async (request, reply) => {
    const { id } = request.params;
    if (!(await cancelBatch(tenantOf(request), id, services))) throw new Problem('batch-not-found');
    return reply
      .header('cache-control', 'no-store')
      .redirect(createPageTranslator(request, reply).linkTo(`/batches/${id}`), 303);
  });
}
