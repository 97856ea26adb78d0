import type { FastifyRequest } from 'fastify';
import type { Personal } from '../core/signals/personal.js';
import type { InspectionAsk, NewInspection } from '../store/inspections.js';
import { callerOf } from './access.js';
import { expiryOf } from './expiry.js';
import type { Services } from './services.js';
import { type UploadFields, wantedRulebooks, withDefaults } from './upload-fields.js';

/** A file that lies here, however it came. */
export interface KnownFile {
  /** Base name to show. */
  name: string;
  declaredMediaType?: string;
  bytes?: number;
  /** Left out where it is dear to know before somebody reads the file anyway. */
  sha256?: string;
  hasSidecar: boolean;
  /** Where it stays, of the operator's own; left out: an upload of ours. */
  path?: string;
}

/** What is asked of one file, with what its key asks for where the client names nothing. */
export function newInspection(
  request: FastifyRequest,
  id: string,
  { name, declaredMediaType, bytes, sha256, hasSidecar, path }: KnownFile,
  asked: UploadFields,
  { config, rulebooks, today }: Pick<Services, 'config' | 'rulebooks' | 'today'>,
  reveal: Personal[] | undefined,
): NewInspection {
  const { tenant, defaults } = callerOf(request);
  const fields = withDefaults(asked, defaults, rulebooks);
  const ids = wantedRulebooks(fields);
  const { asOf, roles, deep, jurisdictions, caseRef, tags } = fields;
  const ask: InspectionAsk = {
    name,
    asOf: asOf ?? today(),
    asOfBecause: asOf === undefined ? 'today' : 'asked',
    engine: config.engine,
    hasSidecar,
    ...(declaredMediaType === undefined ? {} : { declaredMediaType }),
    ...(ids === undefined ? {} : { rulebooks: ids }),
    ...(jurisdictions === undefined ? {} : { jurisdictions }),
    ...(roles === undefined ? {} : { roles }),
    ...(deep === undefined ? {} : { deep }),
    ...(reveal === undefined ? {} : { reveal }),
    ...(path === undefined ? {} : { path }),
    ...(asksAnew(request) ? { anew: true } : {}),
  };
  return {
    id,
    tenant,
    createdAt: new Date().toISOString(),
    request: ask,
    ...(bytes === undefined ? {} : { sizeBytes: bytes }),
    ...(sha256 === undefined ? {} : { sha256 }),
    ...expiryOf(config),
    ...(caseRef === undefined ? {} : { caseRef }),
    ...(tags === undefined ? {} : { tags }),
  };
}

/** What is kept is not what this client wants. */
const asksAnew = ({ headers }: FastifyRequest): boolean =>
  /\bno-cache\b/i.test(headers['cache-control'] ?? '');
