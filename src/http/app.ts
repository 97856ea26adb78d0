import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fastify, { type FastifyInstance } from 'fastify';
import type { Config } from '../config.js';
import { ReportSchema } from '../core/report.js';
import { loadRulebooks } from '../core/rulebooks/index.js';
import type { Inspector } from '../isolation/inspector.js';
import type { InspectionStore } from '../store/store.js';
import { Admission } from './admission.js';
import { answerProblem, answerUnrouted } from './answer-problem.js';
import { answerClientError } from './client-error.js';
import { apiPagePolicy, securityHeaders } from './headers.js';
import { httpLimits, openUploads, requestMillis } from './limits.js';
import { type LogStream, loggerOptions } from './logging.js';
import { refuseUnrouted } from './methods.js';
import { openapiOptions } from './openapi.js';
import { ProblemSchema } from './problem.js';
import { ReadinessSchema } from './readiness.js';
import { assetRoutes } from './routes/assets.js';
import { docsRoutes } from './routes/docs.js';
import { formRoutes } from './routes/form.js';
import { healthRoutes } from './routes/health.js';
import { inspectionRoutes } from './routes/inspections.js';
import { problemRoutes } from './routes/problems.js';
import type { Services } from './services.js';
import { UploadDirectory } from './upload-directory.js';

export interface AppParts {
  config: Config;
  inspector: Inspector;
  store: InspectionStore;
  /** `YYYY-MM-DD`; left out: the day in UTC. */
  today?: () => string;
  /** Where log lines go; left out: nowhere. */
  log?: LogStream;
}

/** Everything that listens, in the order it is asked. Writes nothing and asks nobody until a request comes. */
export async function buildApp({
  config,
  inspector,
  store,
  today = dayInUtc,
  log,
}: AppParts): Promise<FastifyInstance> {
  const app = fastify({
    logger: log === undefined ? false : loggerOptions(config.logLevel, log),
    genReqId: () => randomUUID(),
    // A client's word for its own request, or for who it is, is not believed.
    requestIdHeader: false,
    trustProxy: false,
    bodyLimit: httpLimits.bodyBytes,
    requestTimeout: requestMillis(config),
    keepAliveTimeout: httpLimits.keepAliveMillis,
    http: { headersTimeout: httpLimits.headersMillis },
    routerOptions: { maxParamLength: httpLimits.pathParameterCharacters },
    // While closing, requests on open connections get our own words (see Admission).
    return503OnClosing: false,
    frameworkErrors: answerUnrouted,
    clientErrorHandler: answerClientError,
  });

  const services: Services = {
    config,
    inspector,
    store,
    today,
    uploads: new UploadDirectory(join(config.dataDir, 'uploads')),
    admission: new Admission(openUploads(config)),
    rulebooks: loadRulebooks().map(({ id, jurisdiction, instrument }) => ({
      id,
      title: `${jurisdiction}: ${instrument.title}`,
    })),
  };

  // Schemas describe; what is sent is what was made, the same bytes as from the other doors.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  for (const schema of [ReportSchema, ProblemSchema, ReadinessSchema]) app.addSchema(schema);
  app.setErrorHandler(answerProblem);
  app.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id));
  app.addHook('preClose', async () => services.admission.close());
  // While closing, a connection that has its answer must not stay open for the next request.
  app.addHook('onSend', async (_request, reply) => {
    if (services.admission.closed) reply.header('connection', 'close');
  });

  await app.register(helmet, securityHeaders);
  await app.register(swagger, openapiOptions);
  refuseUnrouted(app);

  // Only the bodies named here are read at all.
  app.removeAllContentTypeParsers();
  // The limit is seen to while a file comes in (receive-upload.ts), not after all of it has come.
  await app.register(multipart, { throwFileSizeLimit: false });

  inspectionRoutes(app, services);
  healthRoutes(app, services);
  docsRoutes(app);
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: apiPagePolicy });
  await app.register(async (scope) => formRoutes(scope, services));
  assetRoutes(app);
  problemRoutes(app);
  return app;
}

function dayInUtc(): string {
  return new Date().toISOString().slice(0, 10);
}
