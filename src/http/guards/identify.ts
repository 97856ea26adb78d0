import type { FastifyRequest } from 'fastify';
import type { ApiKey } from '../../storage/access/keys.js';
import type { KeyRepository } from '../../storage/access/kysely-keys.js';
import type { Caller } from '../contract/access.js';
import { Problem } from '../contract/problems/problem.js';
import type { BadKeys } from './bad-keys.js';

/** RFC 6750 section 3: a refusal states how to authenticate. */
const CHALLENGE = { 'www-authenticate': 'Bearer realm="assay"' };
const INVALID_TOKEN_CHALLENGE = { 'www-authenticate': 'Bearer realm="assay", error="invalid_token"' };

export const keyRequiredProblem = (): Problem => new Problem('key-required', { headers: CHALLENGE });

/**
 * Returns the key of the request; `undefined` if it carries none. An invalid key is an error, never an anonymous
 * caller.
 */
export async function authenticateKey(
  request: FastifyRequest,
  { keys, badKeys, now }: { keys: KeyRepository; badKeys: BadKeys; now: () => Date },
): Promise<ApiKey | undefined> {
  const [, text] = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '') ?? [];
  if (text === undefined) return undefined;
  const key = await keys.find(text, now());
  if (key !== undefined) return key;
  badKeys.fail(request.ip, text, now());
  throw new Problem('key-invalid', { headers: INVALID_TOKEN_CHALLENGE });
}

export function toCaller(key: ApiKey): Caller {
  return {
    tenant: key.tenant,
    name: key.name,
    keyId: key.id,
    scopes: new Set(key.scopes),
    defaults: key.defaults,
    limits: key.limits,
  };
}
