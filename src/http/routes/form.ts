import type { FastifyInstance, FastifyReply } from 'fastify';
import Type from 'typebox';
import { formPage } from '../form/form-page.js';
import { renderReportPage } from '../form/report-page.js';
import { httpLimits } from '../limits.js';
import { Problem } from '../problem.js';
import { InspectionParamsSchema, type TypeBoxProvider } from '../schemas.js';
import type { Services } from '../services.js';

const hidden = { hide: true } as const;

/** The pages. All of them work without script. */
export function formRoutes(instance: FastifyInstance, { config, store, rulebooks }: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();

  // What a button without fields sends. Nothing in it is wanted.
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: httpLimits.bodyBytes },
    (_request, _body, done) => done(null),
  );

  app.route({
    method: 'GET',
    url: '/',
    schema: { ...hidden, querystring: Type.Object({ deleted: Type.Optional(Type.String()) }) },
    handler: async (request, reply) =>
      sendPage(
        reply,
        formPage({
          maxUploadBytes: config.maxUploadBytes,
          keepInspections: config.keepInspections,
          rulebooks,
          deleted: request.query.deleted !== undefined,
        }),
      ),
  });

  app.route({
    method: 'GET',
    url: '/inspections/:id',
    schema: { ...hidden, params: InspectionParamsSchema },
    handler: async (request, reply) => {
      const { id } = request.params;
      const record = await store.get(id);
      if (record === undefined) throw new Problem('inspection-not-found');
      return sendPage(reply.header('x-robots-tag', 'noindex'), renderReportPage(record.report, { id }));
    },
  });

  app.route({
    method: 'POST',
    url: '/inspections/:id/delete',
    schema: { ...hidden, params: InspectionParamsSchema },
    handler: async (request, reply) => {
      if (!(await store.delete(request.params.id))) throw new Problem('inspection-not-found');
      return reply.header('cache-control', 'no-store').redirect('/?deleted', 303);
    },
  });
}

export function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(page);
}
