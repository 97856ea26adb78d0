import type { FastifyRequest } from 'fastify';
import { compact } from '../../base/json-shape.js';
import { resolveOptions } from '../../inspect/options/resolved.js';
import { reportExpiry } from '../../service/inspections/expiry.js';
import type { NewInspection, StoredRequest } from '../../storage/inspections/inspections.js';
import { actorOf, callerOf } from '../contract/access.js';
import { resolveLawOptions, type UploadFields } from '../services/options/upload-fields.js';
import type { Services } from '../services/services.js';

/** A file on the server's disk, whatever its origin. */
export interface InspectableFile {
  /** Base name to show. */
  name: string;
  declaredMediaType?: string;
  bytes?: number;
  /** Left out if computing it would read a large file once more than its inspection does. */
  sha256?: string;
  hasSidecar: boolean;
  hasInit?: boolean;
  /** Path of the operator's own file; left out: an upload. */
  path?: string;
  /** Server that the file came from, if it came by a link. */
  servedBy?: StoredRequest['servedBy'];
}

/**
 * Builds an inspection from the request, with the defaults of the key and of this server for options the client leaves
 * out.
 */
export function buildInspection(
  request: FastifyRequest,
  id: string,
  { name, declaredMediaType, bytes, sha256, hasSidecar, hasInit, path, servedBy }: InspectableFile,
  asked: UploadFields,
  { config, rulebooks, today }: Pick<Services, 'config' | 'rulebooks' | 'today'>,
): NewInspection {
  const { tenant, defaults, keyId } = callerOf(request);
  const { caseRef, tags, ...question } = asked;
  const law = resolveLawOptions(question, { key: defaults, operator: config.lawDefaults }, rulebooks);
  const ask: StoredRequest = {
    name,
    ...resolveOptions(
      { engine: config.engine, ...(config.visible && { visible: true }), ...question },
      law,
      today(),
    ),
    hasSidecar,
    ...(hasInit ? { hasInit } : {}),
    ...compact({ declaredMediaType, path, servedBy, keyId }),
    ...(wantsFreshResult(request) ? { anew: true } : {}),
  };
  return {
    id,
    tenant,
    createdAt: new Date().toISOString(),
    request: ask,
    by: actorOf(request),
    ...compact({ sizeBytes: bytes, sha256 }),
    ...reportExpiry(config),
    ...compact({ caseRef, tags }),
  };
}

/** Returns true if the client does not want a cached answer. */
const wantsFreshResult = ({ headers }: FastifyRequest): boolean =>
  /\bno-cache\b/i.test(headers['cache-control'] ?? '');
