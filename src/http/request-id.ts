import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** What may stand in a log line, an address and a header without a word more. */
const TAKEN_OVER = /^[A-Za-z0-9._-]{1,128}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The client's own id of its request, so that one id leads through the logs of all who had a part in it; where it sends
 * none, or something else than a short plain word, one of ours. It says nothing of who asks and opens nothing.
 */
export function requestIdOf({ headers }: { headers: IncomingHttpHeaders }): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && TAKEN_OVER.test(given) ? given : randomUUID();
}

/** RFC 9562 has a form for ids like ours; a client's may be any word. */
export const requestUrn = (id: string): string =>
  UUID.test(id) ? `urn:uuid:${id}` : `urn:assay:request:${id}`;
