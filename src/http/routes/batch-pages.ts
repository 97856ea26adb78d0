import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { ofPage, requireScope, tenantOf } from '../access.js';
import { sendBatchFiles } from '../batch-files.js';
import { cancelBatch } from '../end-batch.js';
import { batchesPage, batchPage } from '../form/batch-page.js';
import { pageLanguage } from '../language.js';
import { httpLimits } from '../limits.js';
import { listItem } from '../list-item.js';
import { Problem } from '../problem.js';
import { IdParamsSchema, ofOne, type TypeBoxProvider } from '../schemas.js';
import { seenCounts } from '../seen-before.js';
import { sendPage } from '../send-inspection.js';
import type { Services } from '../services.js';

const PAGE_BATCHES = 25;
const PAGE_FILES = 25;
const REFRESH_SECONDS = '5';

/** Batches as pages. Registered where bodies of forms are taken (form.ts). */
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
          counts: await inspections.count(tenant, { batchId: batch.id }),
        })),
      );
      const older = next === undefined ? {} : { older: `/batches?${new URLSearchParams({ cursor: next })}` };
      const content = { batches: counted, paged: cursor !== undefined, ...older };
      return sendPage(reply, batchesPage(content, pageLanguage(request, reply)));
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
        inspections.count(tenant, { batchId: id }),
        inspections.origins(tenant, { batchId: id }),
        batches.items(tenant, id, after, PAGE_FILES + 1),
      ]);
      const shown = found.slice(0, PAGE_FILES);
      const last = shown.at(-1)?.item;
      const speaks = pageLanguage(request, reply);
      // Asked again by the browser itself: the page needs no script.
      if (batch.finishedAt === undefined) reply.header('refresh', REFRESH_SECONDS);
      const done = shown.flatMap(({ record }) => (record.status === 'done' ? [record] : []));
      // While it runs the page is asked for again and again.
      const seen =
        batch.finishedAt === undefined
          ? undefined
          : await seenCounts(done, { ...services, log: request.log });
      const content = {
        ...{ batch, counts, origins, paged: after > 0 },
        ...(seen === undefined ? {} : { seen }),
        items: shown.map(({ record }) => listItem(record)),
        pictured: await inspections.having(
          tenant,
          shown.map(({ record }) => record.id),
          'preview',
        ),
        ...(found.length > shown.length ? { further: `/batches/${id}?after=${last}` } : {}),
      };
      return sendPage(reply.header('x-robots-tag', 'noindex'), batchPage(content, speaks));
    },
  });

  // Links of the page: a browser that follows one says of no form that it would rather have it.
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
        const speech = pageLanguage(request, reply);
        return sendBatchFiles(request, reply, form, { batch, speech, services });
      },
    });
  }

  app.post('/batches/:id/cancel', ofPage('inspect', ofOne), async (request, reply) => {
    const { id } = request.params;
    if (!(await cancelBatch(tenantOf(request), id, services))) throw new Problem('batch-not-found');
    return reply
      .header('cache-control', 'no-store')
      .redirect(pageLanguage(request, reply).to(`/batches/${id}`), 303);
  });
}
