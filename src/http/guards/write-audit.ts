import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { EventLog } from '../../storage/log/log.js';
import { callerIfKnown } from '../contract/access.js';

/** Ids of Assay are at most this long; a longer text comes from the client and is no id. */
const ID = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Writes one log leaf per request of a known caller. An unknown caller gets nothing, and its refusal is in the request
 * log.
 */
export function registerAuditLog(app: FastifyInstance, log: EventLog, now: () => Date): void {
  const noted = new WeakSet<FastifyRequest>();
  const note = (request: FastifyRequest, reply: FastifyReply, got = true) => {
    const caller = callerIfKnown(request);
    if (caller === undefined || request.is404 || noted.has(request)) return;
    noted.add(request);
    const subject = subjectOf(request);
    const operation = actionOf(request);
    log.queueEvent({
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
  // A client that leaves early has received a part of the answer, and `onResponse` does not run then.
  app.addHook('onRequest', async (request, reply) => {
    reply.raw.once('close', () => {
      if (reply.raw.headersSent) note(request, reply);
    });
  });
  // A client that left before the answer began has received nothing, but its request was carried out.
  app.addHook('onSend', async (request, reply) => {
    if (reply.raw.destroyed) note(request, reply, false);
  });
  app.addHook('onClose', () => log.flush());
}

/** Returns whether the request read an inspection, in any format. */
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
