import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Audit } from '../../store/audit.js';
import { callerIfKnown } from '../access.js';

/** Ids of ours are at most so long; what is longer is the client's own and none. */
const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** One entry a request of somebody known. Who is not known has got nothing, and is in the log by its code. */
export function writeAudit(app: FastifyInstance, audit: Audit, now: () => Date): void {
  app.addHook('onResponse', async (request, reply) => {
    const caller = callerIfKnown(request);
    if (caller === undefined || request.is404) return;
    const subject = subjectOf(request);
    audit.note({
      tenant: caller.tenant,
      at: now().toISOString(),
      ...(caller.keyId === undefined ? {} : { keyId: caller.keyId }),
      who: caller.name,
      action: actionOf(request),
      ...(subject === undefined ? {} : { subject }),
      status: reply.statusCode,
      requestId: request.id,
    });
  });
  app.addHook('onClose', () => audit.flush());
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
