import { join } from 'node:path';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import swagger from '@fastify/swagger';
import fastify, { type FastifyInstance } from 'fastify';
import { readSecretKeys } from '../base/secrets/key-file.js';
import type { Config } from '../config/settings.js';
import { loadRulebooks } from '../core/law/rulebooks/index.js';
import { PublishedRulebookSchema } from '../core/law/rulebooks/published.js';
import { EvidenceViewSchema } from '../core/report/evidence-sheet.js';
import { PublishedMessageSchema, toPublishedSchema } from '../core/report/published-schema.js';
import { ReportSchema } from '../core/report/report.js';
import type { CrJsonMaker } from '../inspect/makers/cr-json.js';
import type { PictureMaker } from '../inspect/makers/pictures.js';
import { createReportRejudger, type ReportRejudger } from '../inspect/makers/recheck.js';
import type { Inspector } from '../inspect/pool/inspector.js';
import { Confinement } from '../inspect/sandbox/confinement.js';
import type { FetchLimits } from '../service/fetching/fetch-limits.js';
import { AllowedPaths } from '../service/inspections/allowed-paths.js';
import { fingerprintExpiry } from '../service/inspections/expiry.js';
import { INCOMING_FOLDER, JobUploads } from '../service/inspections/upload-files.js';
import { AnswerInputs, type FollowedLaw } from '../service/inspections/versions.js';
import type { Matcher } from '../service/matches/matcher.js';
import type { Metrics } from '../service/ops/metrics.js';
import { traceRequests } from '../service/ops/trace-requests.js';
import { Printer } from '../service/pdf/printer.js';
import { WebhookSender } from '../service/webhooks/send.js';
import { Idempotency } from '../storage/access/idempotency.js';
import { KeyRepository } from '../storage/access/kysely-keys.js';
import { SessionRepository } from '../storage/access/sessions.js';
import { UsageRepository } from '../storage/access/usage.js';
import { ShareRepository } from '../storage/inspections/kysely-shares.js';
import { AuditRepository } from '../storage/log/audit.js';
import { ScanRepository } from '../storage/scans/kysely-scans.js';
import type { Stores } from '../storage/stores.js';
import { DeliveryRepository } from '../storage/webhooks/kysely-deliveries.js';
import type { WebhookRepository } from '../storage/webhooks/kysely-webhooks.js';
import { batchPageRoutes } from './batches/batch-pages.js';
import { BatchSchema } from './batches/batch-schemas.js';
import { batchRoutes } from './batches/batches.js';
import { casePageRoutes } from './cases/case-pages.js';
import { caseRoutes } from './cases/cases.js';
import { addBasePath, stripBasePath } from './contract/base-path.js';
import { announceDeprecations } from './contract/deprecation.js';
import { InspectionSchema } from './contract/inspection-envelope.js';
import { registerJsonParser } from './contract/json-body.js';
import { httpLimits, requestMillis } from './contract/limits.js';
import { refuseUnrouted } from './contract/methods.js';
import { sendClientError } from './contract/problems/client-error.js';
import { ProblemSchema } from './contract/problems/problem.js';
import { resolveRequestId } from './contract/request-id.js';
import { registerCompression, registerCors } from './contract/response-headers.js';
import { recordRoutes } from './contract/route-table.js';
import { securityHeaders } from './contract/security-headers.js';
import { sharedValidator } from './contract/validators.js';
import { Admission } from './guards/admission.js';
import { BadKeys } from './guards/bad-keys.js';
import { enforceBodyRate } from './guards/body-pace.js';
import { createDailyQuota } from './guards/daily-quota.js';
import { registerRequestLimit } from './guards/rate-limit.js';
import { SessionCookie } from './guards/session-cookie.js';
import { createProxyCheck } from './guards/trusted-proxies.js';
import { registerAuditLog } from './guards/write-audit.js';
import { formRoutes } from './home/form-route.js';
import { historyRoutes } from './home/history-route.js';
import { signInRoutes } from './home/sign-in-route.js';
import { createInspectionRoute } from './inspections/create-inspection.js';
import { inspectionDeskRoutes } from './inspections/inspection-desk.js';
import { inspectionRoutes } from './inspections/inspections.js';
import { noteFormRoutes } from './inspections/note-form.js';
import { retryInspectionRoute } from './inspections/retry-route.js';
import { lawRoutes } from './law/law-route.js';
import { RejudgementSchema } from './law/rejudgement-schemas.js';
import { rejudgementRoutes } from './law/rejudgements.js';
import { rulebookRoutes } from './law/rulebooks.js';
import { signalRoutes } from './law/signals.js';
import { collectionRoutes } from './matches/collections.js';
import { matchRoutes } from './matches/matches.js';
import { openapiOptions } from './openapi/openapi.js';
import { assetRoutes } from './ops/assets.js';
import { auditRoutes } from './ops/audit.js';
import { capabilityRoutes } from './ops/capabilities-route.js';
import { docsRoutes, interactiveDocs } from './ops/docs.js';
import { healthRoutes } from './ops/health.js';
import { helpRoutes } from './ops/help.js';
import { keyRoutes } from './ops/keys.js';
import { logRoutes } from './ops/log.js';
import { metricsRoutes } from './ops/metrics.js';
import { problemRoutes } from './ops/problems.js';
import { sampleRoutes } from './ops/samples.js';
import { trustListRoutes } from './ops/trust-lists.js';
import { crJsonRoutes } from './reports/cr-json.js';
import { evidenceRoutes } from './reports/evidence.js';
import { exchangeRoutes } from './reports/exchanges.js';
import { partRoutes } from './reports/parts.js';
import { pictureRoutes } from './reports/pictures.js';
import { reportHtmlRoutes } from './reports/report-html.js';
import { reportJsonRoutes } from './reports/report-json.js';
import { reportPdfRoutes } from './reports/report-pdf.js';
import { sendProblem, sendUnroutedProblem } from './responses/answer-problem.js';
import { escapeAnswers } from './responses/escape-answers.js';
import { sealRoutes } from './seals/seal.js';
import { sealPageRoutes } from './seals/seal-page.js';
import { AfterResponseTasks } from './services/after-responses.js';
import { DiskQuota } from './services/disk-quota.js';
import { registerGuards } from './services/guard.js';
import { HostFacts } from './services/host-facts.js';
import { registerIdempotency } from './services/idempotency.js';
import { LinkFetcher } from './services/link-fetcher.js';
import { type LogStream, loggerOptions } from './services/logging.js';
import { MatchesSchema } from './services/matches/match-schemas.js';
import { MatchSearch } from './services/matches/matching.js';
import { refuseUnknownMembers } from './services/options/known-members.js';
import { CrJsonScheduler } from './services/pictures/cr-json-making.js';
import { PictureScheduler } from './services/pictures/picture-making.js';
import { ReadinessSchema } from './services/readiness.js';
import { SealService } from './services/sealing.js';
import type { Services } from './services/services.js';
import { UploadDirectory } from './services/upload-directory.js';
import { sharePageRoutes } from './shares/share-pages.js';
import { sharedReportRoutes } from './shares/shared-report.js';
import { shareRoutes } from './shares/shares.js';
import { uploadRoutes } from './uploads/uploads.js';
import { eventRoutes } from './webhooks/events.js';
import { webhookDeliveryRoutes } from './webhooks/webhook-deliveries.js';
import { WebhookMessageSchema } from './webhooks/webhook-schemas.js';
import { webhookRoutes } from './webhooks/webhooks.js';

export interface AppOptions {
  config: Config;
  inspector: Inspector;
  /** Already open; the code that opened them closes them. */
  stores: Stores;
  webhooks: WebhookRepository;
  /** Notifies the worker of this process that something was queued; left out: there is no worker. */
  wakeWorker?: () => void;
  /** Notifies the worker that rejudges stored reports. */
  wakeRejudger?: () => void;
  /** Left out: the law in force at the start is used. */
  law?: FollowedLaw | undefined;
  /** `YYYY-MM-DD`; left out: the day in UTC. */
  today?: () => string;
  /** Left out: the system clock. */
  now?: () => Date;
  /** Closed with the app; left out: no pictures are made. */
  pictureMaker?: PictureMaker;
  /** Closed with the app; left out: no fingerprints are stored. */
  fingerprintMaker?: PictureMaker;
  /** Left out: nothing is compared. The code that opened it closes it. */
  matchIndex?: Matcher | undefined;
  /** Closed with the app; left out: no crJSON is made. */
  crJsonMaker?: CrJsonMaker;
  /** Left out: the app creates its own. */
  reevaluator?: ReportRejudger;
  /** Left out: a printer that uses the programs of this machine. */
  printer?: Services['printer'];
  /** Printer of the pages in bundles; left out: the PDF library alone. */
  bundlePrinter?: Services['printer'];
  /** Destination of log lines; left out: none. */
  log?: LogStream;
  /** Closed with the app; left out: nothing is measured. */
  metrics?: Metrics;
  /** What following a link may cost; left out: what is usual (service/fetching/fetch-limits.ts). */
  linkLimits?: Partial<FetchLimits>;
  /**
   * Aborted a while before the app is closed, so that load balancers stop sending requests; left out: no notice is
   * given.
   */
  shuttingDown?: AbortSignal;
}

/** Registers all routes and hooks, in the order they run. Writes nothing and contacts nothing until a request comes. */
export async function buildApp({
  config,
  inspector,
  stores,
  webhooks,
  wakeWorker: wake = () => undefined,
  wakeRejudger = () => undefined,
  law,
  today = utcDay,
  now = () => new Date(),
  pictureMaker: pictures,
  fingerprintMaker: fingerprints,
  matchIndex: seen,
  crJsonMaker: crJson,
  reevaluator: againJudge = createReportRejudger(
    config.trustDir,
    new Confinement({ sandbox: config.sandbox }),
  ),
  printer = new Printer(config.programPath),
  bundlePrinter: paper,
  log,
  metrics,
  shuttingDown: leaving = new AbortController().signal,
  linkLimits: linkBounds,
}: AppOptions): Promise<FastifyInstance> {
  const trusted = createProxyCheck(config.access.trustedProxies);
  const keys = new KeyRepository(stores.database);
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

  const sender = new WebhookSender(config.webhookAllowedHosts, config.fetch.denied);
  const room = new DiskQuota(config);
  const usage = new UsageRepository(stores.database);
  const couldNotMake = (err: unknown) =>
    app.log.error({ err }, 'what is kept beside a report could not be made');
  const afterAnswers = new AfterResponseTasks(couldNotMake);
  const pictureMaking = new PictureScheduler(
    { pictures, fingerprints: fingerprints },
    stores,
    afterAnswers,
    couldNotMake,
    (at) => fingerprintExpiry(config, at),
  );
  const scans = new ScanRepository(stores.database);
  const uploads = new UploadDirectory(join(config.dataDir, 'uploads'));
  const allowedPaths = new AllowedPaths(config.allowedPaths);
  const matching = new MatchSearch({
    ...{ stores, scans, index: seen, now },
    pictures: pictureMaking,
    keys: () => readSecretKeys(config.secrets),
  });
  const services: Services = {
    config,
    inspector,
    database: stores.database,
    stores,
    keys,
    shares: new ShareRepository(stores.database, stores.log),
    sessions: new SessionRepository(stores.database),
    sessionCookie: new SessionCookie(config.access),
    badKeys: new BadKeys(),
    versions: new AnswerInputs(config.trustDir, law),
    printer,
    afterResponse: afterAnswers,
    pictures: pictureMaking,
    matching,
    sealing: new SealService({
      config,
      stores,
      inspector,
      uploads,
      allowedPaths,
      matching,
      now,
      bundlePrinter: paper,
    }),
    crJson: new CrJsonScheduler(crJson, stores.inspections, afterAnswers),
    reevaluator: againJudge,
    wakeWorker: wake,
    wakeRejudger,
    diskQuota: room,
    host: new HostFacts(config.trustDir, config.programPath),
    audit: new AuditRepository(stores.database, stores.log),
    log: stores.log,
    idempotency: new Idempotency(stores.database),
    secrets: webhooks.keys,
    today,
    now,
    webhooks,
    deliveries: new DeliveryRepository(stores.database, stores.events),
    sender,
    uploads,
    allowedPaths,
    quota: createDailyQuota({
      settings: config.access,
      usage,
      maxConcurrent: config.access.uploadsPerKey ?? Math.ceil(config.uploadsAtOnce / 2),
      now,
    }),
    incomingFiles: new JobUploads(join(config.dataDir, INCOMING_FOLDER)),
    admission: new Admission(config.uploadsAtOnce),
    links: new LinkFetcher(config, linkBounds),
    shuttingDown: leaving,
    get rulebooks() {
      return loadRulebooks();
    },
  };

  // Schemas only describe; the answer is sent unchanged, byte for byte as the CLI and the library give it.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  for (const schema of [
    toPublishedSchema(ReportSchema),
    PublishedMessageSchema,
    InspectionSchema,
    EvidenceViewSchema,
    BatchSchema,
    MatchesSchema,
    RejudgementSchema,
    PublishedRulebookSchema,
    ProblemSchema,
    ReadinessSchema,
    WebhookMessageSchema,
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
  registerAuditLog(app, stores.log, now);
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
    if (services.admission.isClosed || leaving.aborted) reply.header('connection', 'close');
  });

  await app.register(helmet, securityHeaders(config.access));
  await app.register(swagger, openapiOptions(config.access.basePath));
  recordRoutes(app);
  announceDeprecations(app);
  registerIdempotency(app);
  refuseUnrouted(app);
  app.addHook('onClose', () => sender.close());
  app.addHook('onClose', async () => {
    againJudge.close();
    await Promise.all([services.pictures.close(), services.crJson.close(), afterAnswers.close()]);
  });
  if (metrics !== undefined) metricsRoutes(app, metrics, services);

  // Only the content types registered below are read at all.
  app.removeAllContentTypeParsers();
  // The limit is enforced while a file comes in (receive-upload.ts), not after all of it has come.
  await app.register(multipart, { throwFileSizeLimit: false });

  createInspectionRoute(app, services);
  inspectionRoutes(app, services);
  inspectionDeskRoutes(app, services);
  retryInspectionRoute(app, services);
  // With sharing off no route for links exists, so links made earlier stop working too.
  if (config.shares) {
    shareRoutes(app, services);
    sharePageRoutes(app, services);
    sharedReportRoutes(app, services);
  }
  uploadRoutes(app, services);
  batchRoutes(app, services);
  eventRoutes(app, services);
  rulebookRoutes(app);
  rejudgementRoutes(app, services);
  signalRoutes(app);
  trustListRoutes(app, services);
  capabilityRoutes(app, services);
  keyRoutes(app, services);
  auditRoutes(app, services);
  logRoutes(app, services);
  signInRoutes(app, services);
  healthRoutes(app, services);
  await app.register(async (scope) => {
    registerJsonParser(scope);
    webhookRoutes(scope, services);
    webhookDeliveryRoutes(scope, services);
  });
  docsRoutes(app);
  await app.register((scope) => interactiveDocs(scope, config.access.basePath));
  helpRoutes(app);
  reportHtmlRoutes(app, services);
  reportJsonRoutes(app, services);
  pictureRoutes(app, services);
  matchRoutes(app, services);
  collectionRoutes(app, services);
  caseRoutes(app, services);
  casePageRoutes(app, services);
  crJsonRoutes(app, services);
  evidenceRoutes(app, services);
  exchangeRoutes(app, services);
  partRoutes(app, services);
  lawRoutes(app, services);
  reportPdfRoutes(app, services);
  sealRoutes(app, services);
  sealPageRoutes(app, services);
  await app.register(async (scope) => {
    formRoutes(scope, services);
    batchPageRoutes(scope, services);
  });
  historyRoutes(app, services);
  sampleRoutes(app, services);
  noteFormRoutes(app, services);
  assetRoutes(app);
  problemRoutes(app);
  return app;
}

function utcDay(): string {
  return new Date().toISOString().slice(0, 10);
}
