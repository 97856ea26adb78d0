import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { InspectionRecord } from '../../storage/inspections/inspections.js';
import type { Share } from '../../storage/inspections/shares.js';
import { openToAll } from '../contract/access.js';
import { Problem } from '../contract/problems/problem.js';
import type { TypeBoxProvider } from '../contract/schemas.js';
import { createVisitorLimit } from '../guards/visitor-limit.js';
import { renderPartPage } from '../pages/part-page.js';
import { loadPageAttachments } from '../pages/report-attachments.js';
import { renderSharedPage, toSharedInspected } from '../pages/shared-page.js';
import { localizeReportText, sendPage } from '../responses/send-inspection.js';
import { sendPdf } from '../responses/send-pdf.js';
import { discloseMasked } from '../services/disclosure.js';
import { createPageTranslator, requestedLanguage } from '../services/language.js';
import { loadPart } from '../services/part-report.js';
import { pictureHeaders } from '../services/pictures/picture-headers.js';
import { isPictureName } from '../services/pictures/thumbnails.js';
import type { Services } from '../services/services.js';

const TokenParamsSchema = Type.Object({ token: Type.String() });
const common = { config: openToAll, schema: { hide: true, params: TokenParamsSchema } } as const;

/**
 * Registers the pages of a share link: no key, no session, and no link to other reports. Unknown, revoked and expired
 * links get the same answer, which discloses nothing.
 */
export function sharedReportRoutes(instance: FastifyInstance, services: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();
  const limit = createVisitorLimit(instance);
  const onRequest = [setPrivacyHeaders, limit];

  app.route({
    method: 'GET',
    url: '/s/:token',
    onRequest,
    ...common,
    handler: async (request, reply) => {
      const { record, share } = await opened(request, request.params.token);
      const { token } = request.params;
      const beside = await loadPageAttachments(services.stores.inspections, discloseMasked(services, record));
      return sendPage(
        reply,
        renderSharedPage({ record, share, token, ...beside }, createPageTranslator(request, reply)),
      );
    },
  });

  app.route({
    method: 'GET',
    url: '/s/:token/parts/:number',
    onRequest,
    ...common,
    schema: { hide: true, params: Type.Object({ ...TokenParamsSchema.properties, number: Type.String() }) },
    handler: async (request, reply) => {
      const { token, number } = request.params;
      const { record } = await opened(request, token);
      const { inspections } = services.stores;
      const part = await loadPart(inspections, discloseMasked(services, record), number);
      const facts = { ...part, record, base: `/s/${token}`, visitor: true };
      return sendPage(reply, renderPartPage(facts, createPageTranslator(request, reply)));
    },
  });

  app.route({
    method: 'GET',
    url: '/s/:token/report.json',
    onRequest,
    ...common,
    handler: async (request, reply) => {
      const { record } = await opened(request, request.params.token);
      const language = requestedLanguage(request);
      return reply
        .header('cache-control', 'no-store')
        .header('content-disposition', 'attachment; filename="assay-report.json"')
        .type('application/json; charset=utf-8')
        .serializer((text: unknown) => text as string)
        .send(localizeReportText(record.report ?? '', language));
    },
  });

  for (const [url, onePage] of [
    ['/s/:token/report.pdf', false],
    ['/s/:token/finding.pdf', true],
  ] as const) {
    app.route({
      method: 'GET',
      url,
      onRequest,
      ...common,
      handler: async (request, reply) => {
        const { record, share } = await opened(request, request.params.token);
        const kept = await discloseMasked(services, record).derivatives();
        const { withPictures } = share;
        const inspected = toSharedInspected(record);
        return sendPdf(
          request,
          reply,
          { record, attachments: kept, withPictures, isOnePage: onePage, inspected },
          services.printer,
        );
      },
    });
  }

  app.route({
    method: 'GET',
    url: '/s/:token/pictures/:name',
    onRequest,
    ...common,
    schema: { hide: true, params: Type.Object({ ...TokenParamsSchema.properties, name: Type.String() }) },
    handler: async (request, reply) => {
      const { token, name } = request.params;
      const { share, record } = await opened(request, token);
      const picture =
        share.withPictures && isPictureName(name)
          ? await services.stores.inspections.getDerivative(record.tenant, record.id, name)
          : undefined;
      if (picture === undefined) throw new Problem('picture-not-found');
      // Not cacheable: a revoked link must show nothing from then on.
      return pictureHeaders(reply, name).header('cache-control', 'no-store').send(picture.content);
    },
  });

  async function opened(
    request: FastifyRequest,
    token: string,
  ): Promise<{ share: Share; record: InspectionRecord }> {
    const now = services.now();
    const share = await services.shares.find(token, now);
    const record =
      share === undefined
        ? undefined
        : await services.stores.inspections.get(share.tenant, share.inspectionId);
    if (share === undefined || record?.report === undefined) throw new Problem('share-not-found');
    services.log.queueEvent({
      tenant: share.tenant,
      at: now.toISOString(),
      who: `link ${share.id}`,
      action: 'share.opened',
      operation: 'readShare',
      subject: share.inspectionId,
      status: 200,
      requestId: request.id,
    });
    // Notes written after the link was made were not meant for it.
    const notes = share.withNotes ? record.notes.filter(({ at }) => at <= share.createdAt) : [];
    return { share, record: { ...record, notes } };
  }
}

/** The address is a secret, so it must go into no Referer and no index. Set before any refusal. */
async function setPrivacyHeaders(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.header('referrer-policy', 'no-referrer').header('x-robots-tag', 'noindex, nofollow');
}
