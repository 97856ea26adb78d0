import { table } from '../core/ground/table.js';
import { said } from '../say/said.js';
import { StoreError } from '../store/inspections.js';
import { httpLimits } from './limits.js';
import { memberFaults } from './member-fault.js';
import { badField, Problem } from './problem.js';
import type { ProblemCode } from './problems.js';

/** What other people's code throws, in our words. Whatever is not listed is a fault of ours. */
const BY_CODE: Readonly<Record<string, ProblemCode>> = table({
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
  // The system's words for a full disk, a full quota and a file size limit.
  ENOSPC: 'storage-full',
  EDQUOT: 'storage-full',
  EFBIG: 'storage-full',
  // And for a folder or disk that is there and takes nothing.
  EROFS: 'storage-unavailable',
  EACCES: 'storage-unavailable',
  EPERM: 'storage-unavailable',
  EIO: 'storage-unavailable',
  'store.full': 'storage-full',
  'store.away': 'storage-unavailable',
  'log.forked': 'log-not-signed',
  // Others answer with law that cannot be had here.
  'law.away': 'storage-unavailable',
});

const AGAIN = { 'retry-after': String(httpLimits.retryAfterSeconds) };

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof StoreError && error.code === 'store.corrupt') {
    return new Problem('inspection-unreadable', { cause: error });
  }
  if (error instanceof StoreError && error.code === 'store.bad-cursor') {
    return badField('cursor', said('problem.field.cursor'));
  }
  if (error instanceof StoreError && error.code === 'store.changed') {
    return new Problem('precondition-failed');
  }
  const { code, statusCode } = fields(error);
  if (code === 'FST_ERR_VALIDATION') return badMembers(error);
  const known = code === undefined ? undefined : BY_CODE[code];
  if (known !== undefined) {
    const headers = known === 'storage-unavailable' ? { headers: AGAIN } : {};
    return new Problem(known, { cause: error, ...headers });
  }
  const clientsFault = statusCode !== undefined && statusCode >= 400 && statusCode < 500;
  return new Problem(clientsFault ? 'bad-request' : 'internal', { cause: error });
}

/** What the schema said of a body, a query or a path: every member that is wrong, each once. */
function badMembers(error: unknown): Problem {
  const errors = memberFaults(error instanceof Error && 'validation' in error ? error.validation : []);
  const [first, ...others] = errors;
  if (first === undefined) return new Problem('bad-request', { cause: error });
  const { pointer, detail: what } = first;
  const detail =
    pointer === ''
      ? said('problem.request', { what })
      : said('problem.member', { pointer, what, others: others.length });
  return new Problem('bad-field', { detail, errors });
}

/** True where the system, not the client's bytes, raised it. */
export function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

function fields(error: unknown): { code?: string; statusCode?: number } {
  if (!(error instanceof Error)) return {};
  return {
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...('statusCode' in error && typeof error.statusCode === 'number'
      ? { statusCode: error.statusCode }
      : {}),
  };
}
