import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { actorOf, ofPage, tenantOf } from '../access.js';
import { keptAlbum } from '../album.js';
import { figuresByAddress } from '../figures.js';
import { comparePage } from '../form/compare-page.js';
import { historyPage } from '../form/history-page.js';
import { addressOf, filterOf, type HistoryAsk, HistoryQuerySchema } from '../history-query.js';
import { keptInspection } from '../kept-report.js';
import { type PageLanguage, pageLanguage } from '../language.js';
import type { TypeBoxProvider } from '../schemas.js';
import { reportOf, sendPage } from '../send-inspection.js';
import type { Services } from '../services.js';

const PAGE_ITEMS = 25;

const CompareSchema = Type.Object(
  {
    id: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String(), { maxItems: 100 })])),
  },
  { title: 'Comparison' },
);

/** Pages over what is kept: the list with its question, and two reports side by side. */
export function historyRoutes(instance: FastifyInstance, services: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();

  app.get('/inspections', ofPage('read', { querystring: HistoryQuerySchema }), async (request, reply) => {
    const { cursor, ...ask } = request.query;
    const speaks = pageLanguage(request, reply);
    return sendPage(reply, await listPage(services, tenantOf(request), ask, cursor, speaks));
  });

  app.get('/compare', ofPage('read', { querystring: CompareSchema }), async (request, reply) => {
    const tenant = tenantOf(request);
    const speaks = pageLanguage(request, reply);
    const ids = [request.query.id ?? []].flat();
    const [first, second, ...more] = await Promise.all(
      ids.slice(0, 3).map((id) => opened(request, services, id)),
    );
    if (first === undefined || second === undefined || more.length > 0) {
      const again = await listPage(services, tenant, {}, undefined, speaks, true);
      return sendPage(reply.code(400), again);
    }
    // Both were seen, and the address of this page names none.
    for (const { id: subject } of [first, second]) {
      const at = services.now().toISOString();
      services.log.note({ tenant, at, action: 'inspection.viewed', subject, ...actorOf(request) });
    }
    return sendPage(reply.header('x-robots-tag', 'noindex'), comparePage([first, second], speaks));
  });
}

async function opened(request: FastifyRequest, services: Services, id: string) {
  const { record } = await keptInspection(request, services, id);
  if (record.report === undefined) return undefined;
  const album = await keptAlbum(services.stores.inspections, record.tenant, id);
  const preview = figuresByAddress(`/v1/inspections/${id}`, album)?.preview;
  return { id, report: reportOf(record), preview };
}

async function listPage(
  services: Services,
  tenant: string,
  ask: HistoryAsk,
  cursor: string | undefined,
  speaks: PageLanguage,
  pickTwo = false,
): Promise<string> {
  const { inspections } = services.stores;
  const filter = filterOf(ask);
  const [{ items, next }, origins] = await Promise.all([
    inspections.list(tenant, filter, { limit: PAGE_ITEMS, ...(cursor === undefined ? {} : { cursor }) }),
    inspections.origins(tenant, filter),
  ]);
  const ids = items.map(({ id }) => id);
  return historyPage(
    {
      ask,
      items,
      pictured: await inspections.having(tenant, ids, 'preview'),
      ...(next === undefined ? {} : { older: addressOf(ask, next) }),
      paged: cursor !== undefined,
      origins,
      pickTwo,
    },
    speaks,
  );
}
