import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { PERSONAL } from '../../core/signals/personal.js';
import { isFinal } from '../../store/inspections.js';
import { actorOf, ofPage, requireScope, tenantOf } from '../access.js';
import { besideReport } from '../beside-report.js';
import { firstUse } from '../first-use.js';
import { deletePage } from '../form/delete-page.js';
import { type AskedAgain, formPage } from '../form/form-page.js';
import { renderReportPage } from '../form/report-page.js';
import { statusPage } from '../form/status-page.js';
import { formFacts } from '../form-facts.js';
import { keptInspection } from '../kept-report.js';
import { pageLanguage } from '../language.js';
import { judgedFor, LawChoiceQuerySchema, lawChoice } from '../law-choice.js';
import { httpLimits } from '../limits.js';
import { Problem } from '../problem.js';
import { mayBeTriedAgain, retry } from '../retry.js';
import { InspectionParamsSchema, ofOne, type TypeBoxProvider } from '../schemas.js';
import { maySeal } from '../seal-asked.js';
import { seenBefore } from '../seen-before.js';
import { reportOf, sendPage } from '../send-inspection.js';
import type { Services } from '../services.js';
import { makesShares } from '../share-links.js';
import { mayReveal } from '../shown.js';

const hidden = { hide: true } as const;

const word = Type.Optional(Type.String({ maxLength: 200 }));
/** Links from a report ask for its file again, with a box ticked. */
const FormQuerySchema = Type.Object({ deleted: word, deep: word, reveal: word, manifest: word });

function askedAgain(
  { deep, reveal, manifest }: Static<typeof FormQuerySchema>,
  allowed: boolean,
): AskedAgain {
  const isOn = (value: string | undefined) => value === 'on' || value === 'true';
  const named = (reveal ?? '').split(',').map((one) => one.trim());
  const kinds = PERSONAL.filter((kind) => isOn(reveal) || named.includes(kind));
  return {
    deep: isOn(deep),
    reveal: allowed ? kinds : [],
    revealRefused: !allowed && kinds.length > 0,
    manifest: isOn(manifest),
  };
}

/** The pages. All of them work without script. */
export function formRoutes(instance: FastifyInstance, services: Services): void {
  const { stores, uploads } = services;
  const app = instance.withTypeProvider<TypeBoxProvider>();

  // What a button without fields sends. Nothing in it is wanted.
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: httpLimits.bodyBytes },
    (_request, _body, done) => done(null),
  );

  app.get('/', ofPage('inspect', { querystring: FormQuerySchema }), async (request, reply) => {
    const speaks = pageLanguage(request, reply);
    const guide = await firstUse(request, services, speaks.language);
    const facts = {
      ...formFacts(request, services),
      asked: askedAgain(request.query, mayReveal(request, services)),
      lists: await services.host.lists(),
      deleted: request.query.deleted !== undefined,
      ...(guide === undefined ? {} : { guide }),
    };
    return sendPage(reply, formPage(facts, speaks));
  });

  app.route({
    method: 'GET',
    url: '/inspections/:id',
    config: requireScope('read'),
    schema: { ...hidden, params: InspectionParamsSchema, querystring: LawChoiceQuerySchema },
    handler: async (request, reply) => {
      const { id } = request.params;
      const shown = await keptInspection(request, services, id);
      const { record } = shown;
      const speaks = pageLanguage(request, reply);
      reply.header('x-robots-tag', 'noindex');
      if (record.report !== undefined) {
        const beside = await besideReport(stores.inspections, shown);
        const law = lawChoice(request, reply, services);
        const report = judgedFor(reportOf(record), law, request, services);
        const seen = await seenBefore(record, beside, { ...services, log: request.log });
        const exchanges =
          record.request.servedBy !== undefined && (await stores.exchanges.has(tenantOf(request), id));
        const facts = {
          shares: makesShares(request),
          seals: maySeal(request, services),
          reveals: mayReveal(request, services),
          ...{ law, seen, exchanges },
        };
        return sendPage(reply, renderReportPage(report, record, speaks, { ...beside, ...facts }));
      }
      // Asked again by the browser itself: the page needs no script.
      if (!isFinal(record.status)) reply.header('refresh', '2');
      return sendPage(reply, statusPage(record, speaks, mayBeTriedAgain(record, services.now())));
    },
  });

  app.get('/inspections/:id/delete', ofPage('inspect', ofOne), async (request, reply) => {
    const { id } = request.params;
    const { record } = await keptInspection(request, services, id);
    const links = (await services.shares.list(tenantOf(request), id, services.now())).length;
    const asked = { id, name: record.request.name, links };
    return sendPage(reply.header('x-robots-tag', 'noindex'), deletePage(asked, pageLanguage(request, reply)));
  });

  app.post('/inspections/:id/delete', ofPage('inspect', ofOne), async (request, reply) => {
    const { id } = request.params;
    if (!(await stores.inspections.delete(tenantOf(request), id, undefined, actorOf(request))))
      throw new Problem('inspection-not-found');
    await uploads.removeOf(id);
    return reply
      .header('cache-control', 'no-store')
      .redirect(pageLanguage(request, reply).to('/?deleted'), 303);
  });

  app.post('/inspections/:id/retry', ofPage('inspect', ofOne), async (request, reply) => {
    const { id } = request.params;
    const record = await stores.inspections.get(tenantOf(request), id);
    if (record === undefined) throw new Problem('inspection-not-found');
    await retry(record, services);
    const { to } = pageLanguage(request, reply);
    return reply.header('cache-control', 'no-store').redirect(to(`/inspections/${id}`), 303);
  });
}
