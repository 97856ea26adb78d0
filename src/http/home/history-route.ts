import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type from 'typebox';
import type { Likeness } from '../../core/page/compare.js';
import {
  type Fingerprint,
  MAX_SIMILAR_BITS,
  MIN_QUALITY,
  similarityTier,
} from '../../matching/fingerprint.js';
import { hammingDistance } from '../../matching/video-frames.js';
import { requireStoredReport } from '../../service/inspections/stored-report.js';
import { actorOf, pageRouteOptions, tenantOf } from '../contract/access.js';
import {
  buildPageAddress,
  type HistoryQuery,
  HistoryQuerySchema,
  toHistoryFilter,
} from '../contract/queries/history-query.js';
import type { TypeBoxProvider } from '../contract/schemas.js';
import { renderComparePage } from '../pages/compare-page.js';
import { renderHistoryPage } from '../pages/history-page.js';
import { sendPage } from '../responses/send-inspection.js';
import { createPageTranslator, type PageTranslator } from '../services/language.js';
import { linkedFigures } from '../services/page-figures.js';
import { loadAlbum } from '../services/pictures/thumbnails.js';
import type { Services } from '../services/services.js';
import { loadInspection } from '../services/stored-report.js';

const PAGE_ITEMS = 25;

const CompareSchema = Type.Object(
  {
    id: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String(), { maxItems: 100 })])),
  },
  { title: 'Comparison' },
);

/** Registers the pages of stored inspections: the list with its search, and two reports side by side. */
export function historyRoutes(instance: FastifyInstance, services: Services): void {
  const app = instance.withTypeProvider<TypeBoxProvider>();

  app.get(
    '/inspections',
    pageRouteOptions('read', { querystring: HistoryQuerySchema }),
    async (request, reply) => {
      const { cursor, ...ask } = request.query;
      const translator = createPageTranslator(request, reply);
      return sendPage(reply, await renderListPage(services, tenantOf(request), ask, cursor, translator));
    },
  );

  app.get('/compare', pageRouteOptions('read', { querystring: CompareSchema }), async (request, reply) => {
    const tenant = tenantOf(request);
    const translator = createPageTranslator(request, reply);
    const ids = [request.query.id ?? []].flat();
    const [first, second, ...more] = await Promise.all(
      ids.slice(0, 3).map((id) => loadCompared(request, services, id)),
    );
    if (first === undefined || second === undefined || more.length > 0) {
      const again = await renderListPage(services, tenant, {}, undefined, translator, true);
      return sendPage(reply.code(400), again);
    }
    // Both views are logged here, because the path of this page contains no id.
    for (const { id: subject } of [first, second]) {
      const at = services.now().toISOString();
      services.log.queueEvent({ tenant, at, action: 'inspection.viewed', subject, ...actorOf(request) });
    }
    const likeness = likenessOf(first.picture, second.picture);
    return sendPage(
      reply.header('x-robots-tag', 'noindex'),
      renderComparePage([first, second], translator, likeness),
    );
  });
}

async function loadCompared(request: FastifyRequest, services: Services, id: string) {
  const { record } = await loadInspection(request, services, id);
  if (record.report === undefined) return undefined;
  const album = await loadAlbum(services.stores.inspections, record.tenant, id);
  const preview = linkedFigures(`/v1/inspections/${id}`, album)?.preview;
  const { made } = await services.stores.fingerprints.getForSearch(record.tenant, { inspection: id });
  const picture = made.find(({ kind }) => kind === 'picture');
  return { id, report: requireStoredReport(record), preview, picture };
}

const PDQ_BYTES = 32;

/** Compares the whole pictures, upright; `undefined` if one has no fingerprint, or too little detail for it to mean anything. */
function likenessOf(one: Fingerprint | undefined, other: Fingerprint | undefined): Likeness | undefined {
  if (one === undefined || other === undefined) return undefined;
  if (one.quality < MIN_QUALITY || other.quality < MIN_QUALITY) return undefined;
  const bits = hammingDistance(one.shelf.subarray(0, PDQ_BYTES), other.shelf.subarray(0, PDQ_BYTES));
  return { bits, look: bits > MAX_SIMILAR_BITS ? 'other' : similarityTier(bits) };
}

async function renderListPage(
  services: Services,
  tenant: string,
  ask: HistoryQuery,
  cursor: string | undefined,
  translator: PageTranslator,
  pickTwo = false,
): Promise<string> {
  const { inspections } = services.stores;
  const filter = toHistoryFilter(ask);
  const [{ items, next }, origins] = await Promise.all([
    inspections.list(tenant, filter, { limit: PAGE_ITEMS, ...(cursor === undefined ? {} : { cursor }) }),
    inspections.countByOrigin(tenant, filter),
  ]);
  const ids = items.map(({ id }) => id);
  return renderHistoryPage(
    {
      query: ask,
      items,
      pictured: await inspections.withDerivative(tenant, ids, 'preview'),
      ...(next === undefined ? {} : { older: buildPageAddress(ask, next) }),
      paged: cursor !== undefined,
      origins,
      needsTwoReports: pickTwo,
    },
    translator,
  );
}
