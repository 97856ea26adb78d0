import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { isDay } from '../../base/day.js';
import { PERSONAL } from '../../core/signals/personal.js';
import { requireStoredReport } from '../../service/inspections/stored-report.js';
import { isFinal } from '../../storage/inspections/inspections.js';
import { actorOf, pageRouteOptions, requireScope, tenantOf } from '../contract/access.js';
import { Problem } from '../contract/problems/problem.js';
import { InspectionParamsSchema, idParams, type TypeBoxProvider } from '../contract/schemas.js';
import { canRetry, retryInspection } from '../inspections/retry-inspection.js';
import { renderDeletePage } from '../pages/delete-page.js';
import { formFacts } from '../pages/form-facts.js';
import { type PreselectedOptions, renderFormPage } from '../pages/form-page.js';
import { findPageMatches } from '../pages/page-matches.js';
import { loadPageAttachments } from '../pages/report-attachments.js';
import { renderReportPage } from '../pages/report-page.js';
import { renderStatusPage } from '../pages/status-page.js';
import { sendPage } from '../responses/send-inspection.js';
import { canSeal } from '../seals/seal-request.js';
import { canReveal } from '../services/disclosure.js';
import { findIntroduction } from '../services/first-use.js';
import { createPageTranslator } from '../services/language.js';
import { judgeForReader, LawChoiceQuerySchema, readLawChoice } from '../services/options/law-choice.js';
import type { Services } from '../services/services.js';
import { hasShareRoutes } from '../services/share-links.js';
import { loadInspection } from '../services/stored-report.js';
import { registerFormParser } from '../uploads/form-body.js';

const hidden = { hide: true } as const;

const word = Type.Optional(Type.String({ maxLength: 200 }));
/** Options that links from a report preselect when they request its file again. */
const FormQuerySchema = Type.Object({
  deleted: word,
  deep: word,
  visible: word,
  reveal: word,
  manifest: word,
  asOf: word,
});

function parsePreselected(
  { deep, visible, reveal, manifest, asOf = '' }: Static<typeof FormQuerySchema>,
  allowed: boolean,
): PreselectedOptions {
  const isOn = (value: string | undefined) => value === 'on' || value === 'true';
  const named = (reveal ?? '').split(',').map((one) => one.trim());
  const kinds = PERSONAL.filter((kind) => isOn(reveal) || named.includes(kind));
  return {
    deep: isOn(deep),
    visible: isOn(visible),
    reveal: allowed ? kinds : [],
    isRevealRefused: !allowed && kinds.length > 0,
    manifest: isOn(manifest),
    ...(isDay(asOf) ? { asOf } : {}),
  };
}

/** Registers the pages. All of them work without script. */
export function formRoutes(instance: FastifyInstance, services: Services): void {
  const { stores, uploads } = services;
  const app = instance.withTypeProvider<TypeBoxProvider>();

  registerFormParser(app);

  app.get('/', pageRouteOptions('inspect', { querystring: FormQuerySchema }), async (request, reply) => {
    const translator = createPageTranslator(request, reply);
    const guide = await findIntroduction(request, services, translator.language);
    const facts = {
      ...formFacts(request, services),
      preselected: parsePreselected(request.query, canReveal(request, services)),
      trustListsNotice: await services.host.findTrustListsNotice(),
      wasDeleted: request.query.deleted !== undefined,
      ...(guide === undefined ? {} : { introduction: guide }),
    };
    return sendPage(reply, renderFormPage(facts, translator));
  });

  app.route({
    method: 'GET',
    url: '/inspections/:id',
    config: requireScope('read'),
    schema: { ...hidden, params: InspectionParamsSchema, querystring: LawChoiceQuerySchema },
    handler: async (request, reply) => {
      const { id } = request.params;
      const shown = await loadInspection(request, services, id);
      const { record } = shown;
      const translator = createPageTranslator(request, reply);
      reply.header('x-robots-tag', 'noindex');
      if (record.report !== undefined) {
        const beside = await loadPageAttachments(stores.inspections, shown);
        const law = readLawChoice(request, reply, services);
        const report = judgeForReader(requireStoredReport(record), law, request, services);
        const matches = await findPageMatches(record, beside, { ...services, log: request.log });
        const origin = record.request.servedBy && (await stores.exchanges.findOrigin(tenantOf(request), id));
        const facts = {
          shares: hasShareRoutes(request),
          seals: canSeal(request, services),
          reveals: canReveal(request, services),
          ...{ law, matches, origin },
        };
        return sendPage(reply, renderReportPage(report, record, translator, { ...beside, ...facts }));
      }
      // The browser reloads the page by itself, so no script is needed.
      if (!isFinal(record.status)) reply.header('refresh', '2');
      return sendPage(reply, renderStatusPage(record, translator, canRetry(record, services.now())));
    },
  });

  app.get('/inspections/:id/delete', pageRouteOptions('inspect', idParams), async (request, reply) => {
    const { id } = request.params;
    const { record } = await loadInspection(request, services, id);
    const links = (await services.shares.list(tenantOf(request), id, services.now())).length;
    const asked = { id, name: record.request.name, links };
    return sendPage(
      reply.header('x-robots-tag', 'noindex'),
      renderDeletePage(asked, createPageTranslator(request, reply)),
    );
  });

  app.post('/inspections/:id/delete', pageRouteOptions('inspect', idParams), async (request, reply) => {
    const { id } = request.params;
    if (!(await stores.inspections.delete(tenantOf(request), id, undefined, actorOf(request))))
      throw new Problem('inspection-not-found');
    await uploads.removeOf(id);
    return reply
      .header('cache-control', 'no-store')
      .redirect(createPageTranslator(request, reply).linkTo('/?deleted'), 303);
  });

  app.post('/inspections/:id/retry', pageRouteOptions('inspect', idParams), async (request, reply) => {
    const { id } = request.params;
    const record = await stores.inspections.get(tenantOf(request), id);
    if (record === undefined) throw new Problem('inspection-not-found');
    await retryInspection(record, services);
    const { linkTo: to } = createPageTranslator(request, reply);
    return reply.header('cache-control', 'no-store').redirect(to(`/inspections/${id}`), 303);
  });
}
