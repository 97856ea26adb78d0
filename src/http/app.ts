import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import swagger from '@fastify/swagger';
import fastify, { type FastifyInstance } from 'fastify';
import { PublishedMessageSchema, toPublishedSchema } from '../core/report/published-schema.js';
import { ReportSchema } from '../core/report/report.js';
import { closeResultMakers } from '../inspect/makers/makers.js';
import { traceRequests } from '../service/ops/trace-requests.js';
import { batchesPlugin } from './batches/plugin.js';
import { casesPlugin } from './cases/plugin.js';
import { addBasePath, stripBasePath } from './contract/base-path.js';
import { announceDeprecations } from './contract/deprecation.js';
import { InspectionSchema } from './contract/inspection-envelope.js';
import { httpLimits, requestMillis } from './contract/limits.js';
import { refuseUnrouted } from './contract/methods.js';
import { sendClientError } from './contract/problems/client-error.js';
import { ProblemSchema } from './contract/problems/problem.js';
import { resolveRequestId } from './contract/request-id.js';
import { registerCompression, registerCors } from './contract/response-headers.js';
import { recordRoutes } from './contract/route-table.js';
import { securityHeaders } from './contract/security-headers.js';
import { sharedValidator } from './contract/validators.js';
import { enforceBodyRate } from './guards/body-pace.js';
import { registerRequestLimit } from './guards/rate-limit.js';
import { createProxyCheck } from './guards/trusted-proxies.js';
import { registerAuditLog } from './guards/write-audit.js';
import { homePlugin } from './home/plugin.js';
import { inspectionsPlugin } from './inspections/plugin.js';
import { lawPlugin } from './law/plugin.js';
import { matchesPlugin } from './matches/plugin.js';
import { openapiOptions } from './openapi/openapi.js';
import { metricsRoutes } from './ops/metrics.js';
import { opsPlugin } from './ops/plugin.js';
import { reportsPlugin } from './reports/plugin.js';
import { sendProblem, sendUnroutedProblem } from './responses/answer-problem.js';
import { escapeAnswers } from './responses/escape-answers.js';
import { sealsPlugin } from './seals/plugin.js';
import { type AppOptions, createServices } from './services/create-services.js';
import { registerGuards } from './services/guard.js';
import { registerIdempotency } from './services/idempotency.js';
import { loggerOptions } from './services/logging.js';
import { refuseUnknownMembers } from './services/options/known-members.js';
import type { ResourcePlugin } from './services/plugin.js';
import { sharesPlugin } from './shares/plugin.js';
import { uploadsPlugin } from './uploads/plugin.js';
import { webhooksPlugin } from './webhooks/plugin.js';

/** One plugin a resource; links to reports come with theirs only if sharing is on. */
const PLUGINS: readonly ResourcePlugin[] = [
  inspectionsPlugin,
  uploadsPlugin,
  batchesPlugin,
  webhooksPlugin,
  lawPlugin,
  reportsPlugin,
  matchesPlugin,
  casesPlugin,
  sealsPlugin,
  homePlugin,
  opsPlugin,
];

/** Registers all routes and hooks, in the order they run. Writes nothing and contacts nothing until a request comes. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const { config, stores, log, metrics } = options;
  const trusted = createProxyCheck(config.access.trustedProxies);
  const app = fastify({
    logger: log === undefined ? false : loggerOptions(config.logLevel, log),
    genReqId: resolveRequestId,
    // Fastify would accept any text as the id.
    requestIdHeader: false,
    rewriteUrl: ({ url }) => stripBasePath(url, config.access.basePath),
    // Forwarded headers of a client are not trusted; those of a trusted proxy are.
    trustProxy: config.access.trustedProxies.length > 0 ? trusted : false,
    bodyLimit: httpLimits.bodyBytes,
    // A misspelled parameter that is dropped silently would change the question. All errors are reported, which is
    // affordable because bodies are small.
    ajv: { customOptions: { removeAdditional: false, allErrors: true } },
    schemaController: { compilersFactory: { buildValidator: sharedValidator } },
    requestTimeout: requestMillis(config),
    keepAliveTimeout: httpLimits.keepAliveMillis,
    http: { headersTimeout: httpLimits.headersMillis },
    routerOptions: { maxParamLength: httpLimits.pathParameterCharacters },
    // While closing, requests on open connections get Assay's own answer (see Admission).
    return503OnClosing: false,
    frameworkErrors: sendUnroutedProblem,
    clientErrorHandler: sendClientError,
  });

  const services = createServices(options, (err) =>
    app.log.error({ err }, 'an attachment of a report could not be made'),
  );

  const plugins = config.shares ? [...PLUGINS, sharesPlugin] : PLUGINS;
  // Schemas only describe; the answer is sent unchanged, byte for byte as the CLI and the library give it.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  for (const schema of [
    toPublishedSchema(ReportSchema),
    PublishedMessageSchema,
    InspectionSchema,
    ProblemSchema,
    ...plugins.flatMap(({ schemas }) => schemas),
  ])
    app.addSchema(schema);
  app.setErrorHandler(sendProblem);
  app.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id));
  if (config.tracing !== undefined) traceRequests(app, trusted);
  enforceBodyRate(app);
  addBasePath(app, config.access.basePath);
  await registerCors(app, config.access);
  await app.register(cookie);
  registerGuards(app, {
    ...services,
    settings: config.access,
    trusted,
    limitRequests: await registerRequestLimit(app, config.access),
    limitDay: services.quota.admit,
  });
  stores.log.onFault((err, lost) => app.log.error({ err, lost }, 'the log could not be written'));
  registerAuditLog(app, stores.log, services.now);
  refuseUnknownMembers(app);
  escapeAnswers(app);
  await registerCompression(app);
  app.addHook('preClose', async () => {
    services.admission.close();
    services.links.close();
  });
  app.addHook('onClose', () => services.links.removeFolder());
  // During shutdown a connection must not stay open for another request after its answer.
  app.addHook('onSend', async (_request, reply) => {
    if (services.admission.isClosed || services.shuttingDown.aborted) reply.header('connection', 'close');
  });

  await app.register(helmet, securityHeaders(config.access));
  await app.register(swagger, openapiOptions(config.access.basePath));
  recordRoutes(app);
  announceDeprecations(app);
  registerIdempotency(app);
  refuseUnrouted(app);
  app.addHook('onClose', () => services.sender.close());
  app.addHook('onClose', async () => {
    services.rechecker.close();
    await Promise.all([closeResultMakers(options), services.inspectionService.afterResponse.close()]);
  });
  if (metrics !== undefined) metricsRoutes(app, metrics, services);

  // Only the content types registered below are read at all.
  app.removeAllContentTypeParsers();
  // The limit is enforced while a file comes in (receive-upload.ts), not after all of it has come.
  await app.register(multipart, { throwFileSizeLimit: false });

  for (const { register } of plugins) await app.register((scope) => register(scope, services));
  return app;
}
