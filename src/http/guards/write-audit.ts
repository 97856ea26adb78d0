import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { EventLog } from '../../store/log.js';
import { callerIfKnown } from '../access.js';

/** Ids of ours are at most so long; what is longer is the client's own and none. */
const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** One leaf a request of somebody known. Who is not known has got nothing, and is in the log by its code. */
export function writeAudit(app: FastifyInstance, log: EventLog, now: () => Date): void {
  const noted = new WeakSet<FastifyRequest>();
  const note = (request: FastifyRequest, reply: FastifyReply, got = true) => {
    const caller = callerIfKnown(request);
    if (caller === undefined || request.is404 || noted.has(request)) return;
    noted.add(request);
    const subject = subjectOf(request);
    const operation = actionOf(request);
    log.note({
      tenant: caller.tenant,
      at: now().toISOString(),
      ...(caller.keyId === undefined ? {} : { keyId: caller.keyId }),
      who: caller.name,
      action: got && isView(request, reply.statusCode) ? 'inspection.viewed' : operation,
      operation,
      ...(subject === undefined ? {} : { subject }),
      status: reply.statusCode,
      requestId: request.id,
    });
  };
  app.addHook('onResponse', async (request, reply) => note(request, reply));
  // Whoever leaves before the end of the answer has got some of it; that it ended nobody hears then.
  app.addHook('onRequest', async (request, reply) => {
    reply.raw.once('close', () => {
      if (reply.raw.headersSent) note(request, reply);
    });
  });
  // Whoever left before it began has got nothing, but what was asked is done all the same.
  app.addHook('onSend', async (request, reply) => {
    if (reply.raw.destroyed) note(request, reply, false);
  });
  app.addHook('onClose', () => log.flush());
}

/** Whoever got something of an inspection, in whatever form. */
function isView({ method, routeOptions }: FastifyRequest, status: number): boolean {
  const reads = method === 'GET' || method === 'HEAD';
  return reads && status < 400 && /^(\/v1)?\/inspections\/:id(\/|$)/.test(routeOptions.url ?? '');
}

function actionOf({ method, routeOptions }: FastifyRequest): string {
  const schema: object = routeOptions.schema ?? {};
  return 'operationId' in schema && typeof schema.operationId === 'string'
    ? schema.operationId
    : `${method} ${routeOptions.url ?? ''}`;
}

function subjectOf({ params }: FastifyRequest): string | undefined {
  if (typeof params !== 'object' || params === null || !('id' in params)) return undefined;
  return typeof params.id === 'string' && ID.test(params.id) ? params.id : undefined;
}
