import { join } from 'node:path';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import swagger from '@fastify/swagger';
import fastify, { type FastifyInstance } from 'fastify';
import type { Config } from '../config.js';
import { loadRulebooks } from '../core/law/rulebooks/index.js';
import { PublishedRulebookSchema } from '../core/law/rulebooks/published.js';
import { EvidenceSheetSchema } from '../core/report/evidence-sheet.js';
import { ReportSchema } from '../core/report/report.js';
import { PublishedSaidSchema, published } from '../core/report/told-published.js';
import type { FetchBounds } from '../fetching/fetch-limits.js';
import { Confinement } from '../isolation/confinement.js';
import type { CrJsonMaker } from '../isolation/cr-json.js';
import type { Inspector } from '../isolation/inspector.js';
import { type AgainJudge, createAgainJudge } from '../isolation/judge-again.js';
import type { PictureMaker } from '../isolation/pictures.js';
import type { Seen } from '../likeness/seen-types.js';
import type { Metrics } from '../metrics/metrics.js';
import { Printer } from '../pdf/printer.js';
import { secretKeysThere } from '../secrets/key-file.js';
import { Audit } from '../store/audit.js';
import { Idempotency } from '../store/idempotency.js';
import { KyselyDeliveries } from '../store/kysely-deliveries.js';
import { KyselyKeys } from '../store/kysely-keys.js';
import { KyselyScans } from '../store/kysely-scans.js';
import { KyselyShares } from '../store/kysely-shares.js';
import type { KyselyWebhooks } from '../store/kysely-webhooks.js';
import { Sessions } from '../store/sessions.js';
import type { Stores } from '../store/stores.js';
import { Usage } from '../store/usage.js';
import { traceRequests } from '../tracing/trace-requests.js';
import { WebhookSender } from '../webhooks/send.js';
import { AllowedPaths } from '../worker/allowed-paths.js';
import { fingerprintExpiryOf } from '../worker/expiry.js';
import { INCOMING_FOLDER, JobFiles } from '../worker/job-files.js';
import { type FollowedLaw, Versions } from '../worker/versions.js';
import { Admission } from './admission.js';
import { AfterAnswers } from './after-answers.js';
import { answerProblem, answerUnrouted } from './answer-problem.js';
import { answerOtherOrigins, packAnswers } from './answers.js';
import { addBasePath, withoutBasePath } from './base-path.js';
import { BatchSchema } from './batch-schemas.js';
import { keepBodiesMoving } from './body-pace.js';
import { answerClientError } from './client-error.js';
import { CrJsonMaking } from './cr-json-making.js';
import { tellDeprecated } from './deprecation.js';
import { escapeAnswers } from './escape-answers.js';
import { BadKeys } from './guards/bad-keys.js';
import { dailyQuota } from './guards/daily-quota.js';
import { guard } from './guards/guard.js';
import { requestLimit } from './guards/rate-limit.js';
import { SessionCookie } from './guards/session-cookie.js';
import { trustedBy } from './guards/trusted-proxies.js';
import { writeAudit } from './guards/write-audit.js';
import { securityHeaders } from './headers.js';
import { HostFacts } from './host-facts.js';
import { InspectionSchema } from './inspection-envelope.js';
import { readsJson } from './json-body.js';
import { refuseUnknownMembers } from './known-members.js';
import { httpLimits, requestMillis } from './limits.js';
import { LinkDoor } from './link-door.js';
import { type LogStream, loggerOptions } from './logging.js';
import { MatchesSchema } from './match-schemas.js';
import { Matching } from './matching.js';
import { refuseUnrouted } from './methods.js';
import { keepRequestsApart } from './once.js';
import { openapiOptions } from './openapi.js';
import { PictureMaking } from './picture-making.js';
import { ProblemSchema } from './problem.js';
import { ReadinessSchema } from './readiness.js';
import { RejudgementSchema } from './rejudgement-schemas.js';
import { requestIdOf } from './request-id.js';
import { Room } from './room.js';
import { noteRoutes } from './route-table.js';
import { assetRoutes } from './routes/assets.js';
import { auditRoutes } from './routes/audit.js';
import { batchPageRoutes } from './routes/batch-pages.js';
import { batchRoutes } from './routes/batches.js';
import { capabilityRoutes } from './routes/capabilities.js';
import { casePageRoutes } from './routes/case-pages.js';
import { caseRoutes } from './routes/cases.js';
import { collectionRoutes } from './routes/collections.js';
import { crJsonRoutes } from './routes/cr-json.js';
import { createInspectionRoute } from './routes/create-inspection.js';
import { docsRoutes, interactiveDocs } from './routes/docs.js';
import { eventRoutes } from './routes/events.js';
import { evidenceRoutes } from './routes/evidence.js';
import { exchangeRoutes } from './routes/exchanges.js';
import { formRoutes } from './routes/form.js';
import { healthRoutes } from './routes/health.js';
import { helpRoutes } from './routes/help.js';
import { historyRoutes } from './routes/history.js';
import { inspectionDeskRoutes } from './routes/inspection-desk.js';
import { inspectionRoutes } from './routes/inspections.js';
import { keyRoutes } from './routes/keys.js';
import { lawRoutes } from './routes/law.js';
import { logRoutes } from './routes/log.js';
import { matchRoutes } from './routes/matches.js';
import { metricsRoutes } from './routes/metrics.js';
import { noteFormRoutes } from './routes/note-form.js';
import { partRoutes } from './routes/parts.js';
import { pictureRoutes } from './routes/pictures.js';
import { problemRoutes } from './routes/problems.js';
import { rejudgementRoutes } from './routes/rejudgements.js';
import { reportHtmlRoutes } from './routes/report-html.js';
import { reportJsonRoutes } from './routes/report-json.js';
import { reportPdfRoutes } from './routes/report-pdf.js';
import { retryInspectionRoute } from './routes/retry-inspection.js';
import { rulebookRoutes } from './routes/rulebooks.js';
import { sampleRoutes } from './routes/samples.js';
import { sealRoutes } from './routes/seal.js';
import { sealPageRoutes } from './routes/seal-page.js';
import { sharePageRoutes } from './routes/share-pages.js';
import { sharedReportRoutes } from './routes/shared-report.js';
import { shareRoutes } from './routes/shares.js';
import { signInRoutes } from './routes/sign-in.js';
import { signalRoutes } from './routes/signals.js';
import { trustListRoutes } from './routes/trust-lists.js';
import { uploadRoutes } from './routes/uploads.js';
import { webhookDeliveryRoutes } from './routes/webhook-deliveries.js';
import { webhookRoutes } from './routes/webhooks.js';
import { Sealing } from './sealing.js';
import type { Services } from './services.js';
import { UploadDirectory } from './upload-directory.js';
import { oneValidator } from './validators.js';
import { WebhookMessageSchema } from './webhook-schemas.js';

export interface AppParts {
  config: Config;
  inspector: Inspector;
  /** Open; whoever opened them closes them. */
  stores: Stores;
  webhooks: KyselyWebhooks;
  /** Tells the worker beside it that something was queued; left out: there is none. */
  wake?: () => void;
  /** The same of what asks kept reports again. */
  wakeRejudger?: () => void;
  /** Left out: the one that is in force at the start stays. */
  law?: FollowedLaw | undefined;
  /** `YYYY-MM-DD`; left out: the day in UTC. */
  today?: () => string;
  /** Left out: the clock. */
  now?: () => Date;
  /** Closed with the app; left out: no pictures are made. */
  pictures?: PictureMaker;
  /** Closed with the app; left out: nothing is kept of what files look and sound like. */
  likenesses?: PictureMaker;
  /** Left out: nothing is compared. Whoever opened it closes it. */
  seen?: Seen | undefined;
  /** The same for crJSON. */
  crJson?: CrJsonMaker;
  /** Left out: one of its own. */
  againJudge?: AgainJudge;
  /** Left out: one that uses what this machine has. */
  printer?: Services['printer'];
  /** What prints the pages of bundles; left out: the library alone. */
  paper?: Services['printer'];
  /** Where log lines go; left out: nowhere. */
  log?: LogStream;
  /** Closed with the app; left out: nothing is counted. */
  metrics?: Metrics;
  /** What following a link may cost; left out: what is usual (fetching/fetch-limits.ts). */
  linkBounds?: Partial<FetchBounds>;
  /** Aborted a while before the app is closed, so that balancers send nobody any more; left out: nobody is told. */
  leaving?: AbortSignal;
}

/** Everything that listens, in the order it is asked. Writes nothing and asks nobody until a request comes. */
export async function buildApp({
  config,
  inspector,
  stores,
  webhooks,
  wake = () => undefined,
  wakeRejudger = () => undefined,
  law,
  today = dayInUtc,
  now = () => new Date(),
  pictures,
  likenesses,
  seen,
  crJson,
  againJudge = createAgainJudge(config.trustDir, new Confinement({ sandbox: config.sandbox })),
  printer = new Printer(config.programPath),
  paper,
  log,
  metrics,
  leaving = new AbortController().signal,
  linkBounds,
}: AppParts): Promise<FastifyInstance> {
  const trusted = trustedBy(config.access.trustedProxies);
  const keys = new KyselyKeys(stores.database);
  const app = fastify({
    logger: log === undefined ? false : loggerOptions(config.logLevel, log),
    genReqId: requestIdOf,
    // Fastify would take over any word.
    requestIdHeader: false,
    rewriteUrl: ({ url }) => withoutBasePath(url, config.access.basePath),
    // A client's word for who it is is not believed; a trusted proxy's for whom it asks is.
    trustProxy: config.access.trustedProxies.length > 0 ? trusted : false,
    bodyLimit: httpLimits.bodyBytes,
    // A misspelled parameter that is dropped in silence would answer another question.
    // Each member that is wrong is named; bodies are small.
    ajv: { customOptions: { removeAdditional: false, allErrors: true } },
    schemaController: { compilersFactory: { buildValidator: oneValidator } },
    requestTimeout: requestMillis(config),
    keepAliveTimeout: httpLimits.keepAliveMillis,
    http: { headersTimeout: httpLimits.headersMillis },
    routerOptions: { maxParamLength: httpLimits.pathParameterCharacters },
    // While closing, requests on open connections get our own words (see Admission).
    return503OnClosing: false,
    frameworkErrors: answerUnrouted,
    clientErrorHandler: answerClientError,
  });

  const sender = new WebhookSender(config.webhookAllowedHosts, config.fetch.denied);
  const room = new Room(config);
  const usage = new Usage(stores.database);
  const couldNotMake = (err: unknown) =>
    app.log.error({ err }, 'what is kept beside a report could not be made');
  const afterAnswers = new AfterAnswers(couldNotMake);
  const pictureMaking = new PictureMaking(
    { pictures, likenesses },
    stores,
    afterAnswers,
    couldNotMake,
    (at) => fingerprintExpiryOf(config, at),
  );
  const scans = new KyselyScans(stores.database);
  const uploads = new UploadDirectory(join(config.dataDir, 'uploads'));
  const allowedPaths = new AllowedPaths(config.allowedPaths);
  const matching = new Matching({
    ...{ stores, scans, seen, now },
    pictures: pictureMaking,
    keys: () => secretKeysThere(config.secrets),
  });
  const services: Services = {
    config,
    inspector,
    database: stores.database,
    stores,
    keys,
    shares: new KyselyShares(stores.database, stores.log),
    sessions: new Sessions(stores.database),
    sessionCookie: new SessionCookie(config.access),
    badKeys: new BadKeys(),
    versions: new Versions(config.trustDir, law),
    printer,
    afterAnswers,
    pictures: pictureMaking,
    matching,
    sealing: new Sealing({ config, stores, inspector, uploads, allowedPaths, matching, now, paper }),
    crJson: new CrJsonMaking(crJson, stores.inspections, afterAnswers),
    againJudge,
    wake,
    wakeRejudger,
    room,
    host: new HostFacts(config.trustDir, config.programPath),
    audit: new Audit(stores.database, stores.log),
    log: stores.log,
    idempotency: new Idempotency(stores.database),
    secrets: webhooks.keys,
    today,
    now,
    webhooks,
    deliveries: new KyselyDeliveries(stores.database, stores.events),
    sender,
    uploads,
    allowedPaths,
    quota: dailyQuota({
      settings: config.access,
      usage,
      mostAtOnce: config.access.uploadsPerKey ?? Math.ceil(config.uploadsAtOnce / 2),
      now,
    }),
    incomingFiles: new JobFiles(join(config.dataDir, INCOMING_FOLDER)),
    admission: new Admission(config.uploadsAtOnce),
    links: new LinkDoor(config, linkBounds),
    leaving,
    get rulebooks() {
      return loadRulebooks();
    },
  };

  // Schemas describe; what is sent is what was made, the same bytes as from the other doors.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  for (const schema of [
    published(ReportSchema),
    PublishedSaidSchema,
    InspectionSchema,
    EvidenceSheetSchema,
    BatchSchema,
    MatchesSchema,
    RejudgementSchema,
    PublishedRulebookSchema,
    ProblemSchema,
    ReadinessSchema,
    WebhookMessageSchema,
  ])
    app.addSchema(schema);
  app.setErrorHandler(answerProblem);
  app.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id));
  if (config.tracing !== undefined) traceRequests(app, trusted);
  keepBodiesMoving(app);
  addBasePath(app, config.access.basePath);
  await answerOtherOrigins(app, config.access);
  await app.register(cookie);
  guard(app, {
    ...services,
    settings: config.access,
    trusted,
    limitRequests: await requestLimit(app, config.access),
    limitDay: services.quota.atDoor,
  });
  stores.log.tellFaults((err, lost) => app.log.error({ err, lost }, 'the log could not be written'));
  writeAudit(app, stores.log, now);
  refuseUnknownMembers(app);
  escapeAnswers(app);
  await packAnswers(app);
  app.addHook('preClose', async () => {
    services.admission.close();
    services.links.close();
  });
  app.addHook('onClose', () => services.links.clear());
  // From then on a connection that has its answer must not stay open for the next request.
  app.addHook('onSend', async (_request, reply) => {
    if (services.admission.closed || leaving.aborted) reply.header('connection', 'close');
  });

  await app.register(helmet, securityHeaders(config.access));
  await app.register(swagger, openapiOptions(config.access.basePath));
  noteRoutes(app);
  tellDeprecated(app);
  keepRequestsApart(app);
  refuseUnrouted(app);
  app.addHook('onClose', () => sender.close());
  app.addHook('onClose', async () => {
    againJudge.close();
    await Promise.all([services.pictures.close(), services.crJson.close(), afterAnswers.close()]);
  });
  if (metrics !== undefined) metricsRoutes(app, metrics, services);

  // Only the bodies named here are read at all.
  app.removeAllContentTypeParsers();
  // The limit is seen to while a file comes in (receive-upload.ts), not after all of it has come.
  await app.register(multipart, { throwFileSizeLimit: false });

  createInspectionRoute(app, services);
  inspectionRoutes(app, services);
  inspectionDeskRoutes(app, services);
  retryInspectionRoute(app, services);
  // Without them there is no address for a link: those that were made lead nowhere too.
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
    readsJson(scope);
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

function dayInUtc(): string {
  return new Date().toISOString().slice(0, 10);
}
