import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { said } from '../../say/said.js';
import { ofPage, requireScope, tenantOf } from '../access.js';
import { keptAlbum } from '../album.js';
import { sharePage } from '../form/share-page.js';
import { formFields, readsForms } from '../form-body.js';
import { keptReport } from '../kept-report.js';
import { pageLanguage } from '../language.js';
import { badField, Problem } from '../problem.js';
import { InspectionParamsSchema, ofOne, type TypeBoxProvider } from '../schemas.js';
import { reportOf, sendPage } from '../send-inspection.js';
import type { Services } from '../services.js';
import { makeShare, type ShareAsk, shareLimits } from '../share-links.js';

const hidden = { hide: true } as const;

/** The same for people: make a link, see which hold, revoke one. */
export function sharePageRoutes(instance: FastifyInstance, services: Services): void {
  instance.register(async (scope) => {
    readsForms(scope);
    routes(scope, services);
  });
}

function routes(instance: FastifyInstance, services: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();
  const { shares, now } = services;

  const factsOf = async (request: FastifyRequest, id: string) => {
    const { record } = await keptReport(request, services, id);
    const links = await shares.list(tenantOf(request), id, now());
    const album = await keptAlbum(services.stores.inspections, record.tenant, id);
    return {
      record,
      facts: { record, name: reportOf(record).asset.name, links, pictures: album?.pictures.length ?? 0 },
    };
  };

  app.route({
    method: 'GET',
    url: '/inspections/:id/share',
    config: requireScope('inspect'),
    schema: {
      ...hidden,
      params: InspectionParamsSchema,
      querystring: Type.Object({ revoked: Type.Optional(Type.String()) }),
    },
    handler: async (request, reply) => {
      const { facts } = await factsOf(request, request.params.id);
      const revoked = request.query.revoked !== undefined;
      return sendPage(reply, sharePage({ ...facts, revoked }, pageLanguage(request, reply)));
    },
  });

  app.post('/inspections/:id/share', ofPage('inspect', ofOne), async (request, reply) => {
    const { id } = request.params;
    const speaks = pageLanguage(request, reply);
    // Whoever opens it reads it in a language of their own.
    const ask = askOf(formFields(request));
    const { record } = await keptReport(request, services, id);
    const { share, url } = await makeShare(request, services, record, ask);
    const { facts } = await factsOf(request, id);
    // Not by way of another address: there the link would have to stand in it.
    const made = { url, expiresAt: share.expiresAt };
    return sendPage(reply.code(201), sharePage({ ...facts, made }, speaks));
  });

  app.route({
    method: 'POST',
    url: '/inspections/:id/shares/:shareId/revoke',
    config: requireScope('inspect'),
    schema: {
      ...hidden,
      params: Type.Object({ ...InspectionParamsSchema.properties, shareId: Type.String() }),
    },
    handler: async (request, reply) => {
      const { id, shareId } = request.params;
      if (!(await shares.revoke(tenantOf(request), id, shareId))) throw new Problem('share-not-found');
      return reply
        .header('cache-control', 'no-store')
        .redirect(pageLanguage(request, reply).to(`/inspections/${id}/share?revoked`), 303);
    },
  });
}

function askOf(fields: URLSearchParams): ShareAsk {
  const days = Number(fields.get('days') ?? shareLimits.defaultDays);
  if (!Number.isInteger(days) || days < 1 || days > shareLimits.mostDays) {
    throw badField('days', said('problem.field.number', { least: '1', most: String(shareLimits.mostDays) }));
  }
  return {
    days,
    withNotes: fields.get('notes') === 'true',
    withPictures: fields.get('pictures') === 'true',
  };
}
