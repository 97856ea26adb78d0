import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { InspectionRecord } from '../../store/inspections.js';
import type { Share } from '../../store/shares.js';
import { openToAll } from '../access.js';
import { isPictureName } from '../album.js';
import { besideReport } from '../beside-report.js';
import { partPage } from '../form/part-page.js';
import { sharedInspected, sharedPage } from '../form/shared-page.js';
import { visitorLimit } from '../guards/visitor-limit.js';
import { askedLanguage, pageLanguage } from '../language.js';
import { keptPart } from '../part-report.js';
import { pictureHeaders } from '../picture-headers.js';
import { Problem } from '../problem.js';
import type { TypeBoxProvider } from '../schemas.js';
import { reportTextIn, sendPage } from '../send-inspection.js';
import { sendPdf } from '../send-pdf.js';
import type { Services } from '../services.js';
import { maskedShown } from '../shown.js';

const TokenParamsSchema = Type.Object({ token: Type.String() });
const common = { config: openToAll, schema: { hide: true, params: TokenParamsSchema } } as const;

/**
 * What a link shows to whoever has it: no key, no session, nothing of the list it stands in. Whoever has none learns
 * nothing: unknown, revoked and run out are answered alike.
 */
export function sharedReportRoutes(instance: FastifyInstance, services: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();
  const limit = visitorLimit(instance);
  const onRequest = [keepQuiet, limit];

  app.route({
    method: 'GET',
    url: '/s/:token',
    onRequest,
    ...common,
    handler: async (request, reply) => {
      const { record, share } = await opened(request, request.params.token);
      const { token } = request.params;
      const beside = await besideReport(services.stores.inspections, maskedShown(services, record));
      return sendPage(reply, sharedPage({ record, share, token, ...beside }, pageLanguage(request, reply)));
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
      const part = await keptPart(inspections, maskedShown(services, record), number);
      const facts = { ...part, record, base: `/s/${token}`, visitor: true };
      return sendPage(reply, partPage(facts, pageLanguage(request, reply)));
    },
  });

  app.route({
    method: 'GET',
    url: '/s/:token/report.json',
    onRequest,
    ...common,
    handler: async (request, reply) => {
      const { record } = await opened(request, request.params.token);
      const language = askedLanguage(request);
      return reply
        .header('cache-control', 'no-store')
        .header('content-disposition', 'attachment; filename="assay-report.json"')
        .type('application/json; charset=utf-8')
        .serializer((text: unknown) => text as string)
        .send(reportTextIn(record.report ?? '', language));
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
        const kept = await maskedShown(services, record).derivatives();
        const { withPictures } = share;
        const inspected = sharedInspected(record);
        return sendPdf(request, reply, { record, kept, withPictures, onePage, inspected }, services.printer);
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
      // In no cache: a link that is revoked shows nothing from then on.
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
    services.log.note({
      tenant: share.tenant,
      at: now.toISOString(),
      who: `link ${share.id}`,
      action: 'share.opened',
      operation: 'readShare',
      subject: share.inspectionId,
      status: 200,
      requestId: request.id,
    });
    // What was written after the link was made was not meant for it.
    const notes = share.withNotes ? record.notes.filter(({ at }) => at <= share.createdAt) : [];
    return { share, record: { ...record, notes } };
  }
}

/** The address is the key: it goes into no Referer and no index. Set before anything can be refused. */
async function keepQuiet(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.header('referrer-policy', 'no-referrer').header('x-robots-tag', 'noindex, nofollow');
}
