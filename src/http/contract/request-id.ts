import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Characters that need no escaping in a log line, an address or a header. */
const ACCEPTED_ID = /^[A-Za-z0-9._-]{1,128}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Returns the client's own request id, so that one id connects the logs of all parties; a random one if it sends none
 * or one that is not a short plain word. The id does not identify the caller and grants nothing.
 */
export function resolveRequestId({ headers }: { headers: IncomingHttpHeaders }): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && ACCEPTED_ID.test(given) ? given : randomUUID();
}

/** RFC 9562 ids have a registered URN form; a client's id may be any word. */
export const requestUrn = (id: string): string =>
  UUID.test(id) ? `urn:uuid:${id}` : `urn:assay:request:${id}`;
