import type { FastifyRequest } from 'fastify';
import { compact } from '../core/ground/json-shape.js';
import { settled } from '../question/asked.js';
import type { InspectionAsk, NewInspection } from '../store/inspections.js';
import { expiryOf } from '../worker/expiry.js';
import { actorOf, callerOf } from './access.js';
import type { Services } from './services.js';
import { lawIn, type UploadFields } from './upload-fields.js';

/** A file that lies here, however it came. */
export interface KnownFile {
  /** Base name to show. */
  name: string;
  declaredMediaType?: string;
  bytes?: number;
  /** Left out where it is dear to know before somebody reads the file anyway. */
  sha256?: string;
  hasSidecar: boolean;
  hasInit?: boolean;
  /** Where it stays, of the operator's own; left out: an upload of ours. */
  path?: string;
  /** Who served it, where it came by a link. */
  servedBy?: InspectionAsk['servedBy'];
}

/** What is asked of one file, with what its key and this server ask for where the client names nothing. */
export function newInspection(
  request: FastifyRequest,
  id: string,
  { name, declaredMediaType, bytes, sha256, hasSidecar, hasInit, path, servedBy }: KnownFile,
  asked: UploadFields,
  { config, rulebooks, today }: Pick<Services, 'config' | 'rulebooks' | 'today'>,
): NewInspection {
  const { tenant, defaults, keyId } = callerOf(request);
  const { caseRef, tags, ...question } = asked;
  const law = lawIn(question, { key: defaults, operator: config.lawDefaults }, rulebooks);
  const ask: InspectionAsk = {
    name,
    ...settled({ engine: config.engine, ...question }, law, today()),
    hasSidecar,
    ...(hasInit ? { hasInit } : {}),
    ...compact({ declaredMediaType, path, servedBy, keyId }),
    ...(asksAnew(request) ? { anew: true } : {}),
  };
  return {
    id,
    tenant,
    createdAt: new Date().toISOString(),
    request: ask,
    by: actorOf(request),
    ...compact({ sizeBytes: bytes, sha256 }),
    ...expiryOf(config),
    ...compact({ caseRef, tags }),
  };
}

/** What is kept is not what this client wants. */
const asksAnew = ({ headers }: FastifyRequest): boolean =>
  /\bno-cache\b/i.test(headers['cache-control'] ?? '');
