import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { message } from '../../i18n/message.js';
import { requireStoredReport } from '../../service/inspections/stored-report.js';
import { pageRouteOptions, requireScope, tenantOf } from '../contract/access.js';
import { badField, Problem } from '../contract/problems/problem.js';
import { InspectionParamsSchema, idParams, type TypeBoxProvider } from '../contract/schemas.js';
import { renderSharePage } from '../pages/share-page.js';
import { sendPage } from '../responses/send-inspection.js';
import { createPageTranslator } from '../services/language.js';
import { loadAlbum } from '../services/pictures/thumbnails.js';
import type { Services } from '../services/services.js';
import { createShare, type ShareRequest, shareLimits } from '../services/share-links.js';
import { loadReport } from '../services/stored-report.js';
import { formFields, registerFormParser } from '../uploads/form-body.js';

const hidden = { hide: true } as const;

/** Registers the pages to create, list and revoke share links. */
export function sharePageRoutes(instance: FastifyInstance, services: Services): void {
  instance.register(async (scope) => {
    registerFormParser(scope);
    registerRoutes(scope, services);
  });
}

function registerRoutes(instance: FastifyInstance, services: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();
  const { shares, now } = services;

  const factsOf = async (request: FastifyRequest, id: string) => {
    const { record } = await loadReport(request, services, id);
    const links = await shares.list(tenantOf(request), id, now());
    const album = await loadAlbum(services.stores.inspections, record.tenant, id);
    return {
      record,
      facts: {
        record,
        name: requireStoredReport(record).asset.name,
        links,
        pictures: album?.pictures.length ?? 0,
      },
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
      return sendPage(
        reply,
        renderSharePage({ ...facts, wasRevoked: revoked }, createPageTranslator(request, reply)),
      );
    },
  });

  app.post('/inspections/:id/share', pageRouteOptions('inspect', idParams), async (request, reply) => {
    const { id } = request.params;
    const translator = createPageTranslator(request, reply);
    // No language is set, so each reader gets that of their own browser.
    const ask = parseShareForm(formFields(request));
    const { record } = await loadReport(request, services, id);
    const { share, url } = await createShare(request, services, record, ask);
    const { facts } = await factsOf(request, id);
    // Answers the POST directly instead of redirecting: the address of a redirect would contain the link.
    const made = { url, expiresAt: share.expiresAt };
    return sendPage(reply.code(201), renderSharePage({ ...facts, newLink: made }, translator));
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
        .redirect(createPageTranslator(request, reply).linkTo(`/inspections/${id}/share?revoked`), 303);
    },
  });
}

function parseShareForm(fields: URLSearchParams): ShareRequest {
  const days = Number(fields.get('days') ?? shareLimits.defaultDays);
  if (!Number.isInteger(days) || days < 1 || days > shareLimits.mostDays) {
    throw badField(
      'days',
      message('problem.field.number', { least: '1', most: String(shareLimits.mostDays) }),
    );
  }
  return {
    days,
    withNotes: fields.get('notes') === 'true',
    withPictures: fields.get('pictures') === 'true',
  };
}
