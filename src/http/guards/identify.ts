import type { FastifyRequest } from 'fastify';
import type { ApiKey } from '../../store/keys.js';
import type { KyselyKeys } from '../../store/kysely-keys.js';
import type { Caller } from '../access.js';
import { Problem } from '../problem.js';
import type { BadKeys } from './bad-keys.js';

/** RFC 6750 section 3: whoever is refused is told how to ask. */
const ASK = { 'www-authenticate': 'Bearer realm="assay"' };
const ASK_AGAIN = { 'www-authenticate': 'Bearer realm="assay", error="invalid_token"' };

export const keyRequired = (): Problem => new Problem('key-required', { headers: ASK });

/** The key that the request shows; undefined where it shows none. A key that does not hold is an error, never nobody. */
export async function keyOf(
  request: FastifyRequest,
  { keys, badKeys, now }: { keys: KyselyKeys; badKeys: BadKeys; now: () => Date },
): Promise<ApiKey | undefined> {
  const [, text] = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? [];
  if (text === undefined) return undefined;
  const key = await keys.find(text, now());
  if (key !== undefined) return key;
  badKeys.fail(request.ip, text, now());
  throw new Problem('key-invalid', { headers: ASK_AGAIN });
}

export function callerWith(key: ApiKey): Caller {
  return {
    tenant: key.tenant,
    name: key.name,
    keyId: key.id,
    scopes: new Set(key.scopes),
    defaults: key.defaults,
    limits: key.limits,
  };
}
