import { compact } from '../../../base/json-shape.js';
import { lookupTable } from '../../../base/table.js';
import { message } from '../../../i18n/message.js';
import { InspectionRefusal } from '../../../service/inspections/inspection-refusal.js';
import { StoreError } from '../../../storage/engine/store-error.js';
import { httpLimits } from '../limits.js';
import { toFieldErrors } from './member-fault.js';
import { badField, Problem } from './problem.js';
import type { ProblemCode } from './problems.js';

/** Maps error codes of Fastify, of the system and of libraries to problems. Any other error is a fault of Assay. */
const BY_CODE: Readonly<Record<string, ProblemCode>> = lookupTable({
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_EMPTY_TYPE: 'unsupported-media-type',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_REQ_FILE_TOO_LARGE: 'too-large',
  FST_ERR_MAX_PARAM_LENGTH: 'not-found',
  FST_ERR_NOT_FOUND: 'not-found',
  FST_FILES_LIMIT: 'several-files',
  FST_FIELDS_LIMIT: 'bad-multipart',
  FST_PARTS_LIMIT: 'bad-multipart',
  FST_PROTO_VIOLATION: 'bad-multipart',
  FST_INVALID_JSON_FIELD_ERROR: 'bad-multipart',
  FST_MP_PREMATURE_CLOSE: 'bad-multipart',
  // System codes for a full disk, a full quota and a file size limit.
  ENOSPC: 'storage-full',
  EDQUOT: 'storage-full',
  EFBIG: 'storage-full',
  // System codes for a folder or disk that exists but is not writable.
  EROFS: 'storage-unavailable',
  EACCES: 'storage-unavailable',
  EPERM: 'storage-unavailable',
  EIO: 'storage-unavailable',
  'store.full': 'storage-full',
  'store.unavailable': 'storage-unavailable',
  'store.otherVersion': 'storage-unavailable',
  'log.forked': 'log-not-signed',
  // Raised if the law that all processes share cannot be loaded in this one.
  'law.away': 'storage-unavailable',
});

const RETRY_HEADERS = { 'retry-after': String(httpLimits.retryAfterSeconds) };

export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof StoreError && error.code === 'store.corrupt') {
    return new Problem('inspection-unreadable', { cause: error });
  }
  if (error instanceof StoreError && error.code === 'store.bad-cursor') {
    return badField('cursor', message('problem.field.cursor'));
  }
  if (error instanceof StoreError && error.code === 'store.changed') {
    return new Problem('precondition-failed');
  }
  if (error instanceof InspectionRefusal)
    return new Problem(error.code, { cause: error, ...compact({ detail: error.detail }) });
  const { code, statusCode } = errorFields(error);
  if (code === 'FST_ERR_VALIDATION') return toMembersProblem(error);
  const known = code === undefined ? undefined : BY_CODE[code];
  if (known !== undefined) {
    const headers = known === 'storage-unavailable' ? { headers: RETRY_HEADERS } : {};
    return new Problem(known, { cause: error, ...headers });
  }
  const clientsFault = statusCode !== undefined && statusCode >= 400 && statusCode < 500;
  return new Problem(clientsFault ? 'bad-request' : 'internal', { cause: error });
}

/** Lists every invalid member of a body, a query or a path once. */
function toMembersProblem(error: unknown): Problem {
  const errors = toFieldErrors(error instanceof Error && 'validation' in error ? error.validation : []);
  const [first, ...others] = errors;
  if (first === undefined) return new Problem('bad-request', { cause: error });
  const { pointer, detail: what } = first;
  const detail =
    pointer === ''
      ? message('problem.request', { what })
      : message('problem.member', { pointer, what, others: others.length });
  return new Problem('bad-field', { detail, errors });
}

/** Returns true if the system raised the error, rather than the client's data. */
export function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

function errorFields(error: unknown): { code?: string; statusCode?: number } {
  if (!(error instanceof Error)) return {};
  return {
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...('statusCode' in error && typeof error.statusCode === 'number'
      ? { statusCode: error.statusCode }
      : {}),
  };
}
