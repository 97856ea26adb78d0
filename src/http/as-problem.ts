import { StoreError } from '../store/inspections.js';
import { httpLimits } from './limits.js';
import { badField, type FieldError, Problem } from './problem.js';
import type { ProblemCode } from './problems.js';
import { cutText, shownText } from './shown-text.js';

/** What other people's code throws, in our words. Whatever is not listed is a fault of ours. */
const BY_CODE: Readonly<Record<string, ProblemCode>> = {
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
};

const AGAIN = { 'retry-after': String(httpLimits.retryAfterSeconds) };

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof StoreError && error.code === 'store.corrupt') {
    return new Problem('inspection-unreadable', { cause: error });
  }
  if (error instanceof StoreError && error.code === 'store.bad-cursor') {
    return badField('cursor', 'must be one that a list of this server gave.');
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

/** What the schema said of a body, a query or a path. */
function badMembers(error: unknown): Problem {
  const found = error instanceof Error && 'validation' in error ? error.validation : [];
  const errors = (Array.isArray(found) ? found : []).map(memberError);
  const [first] = errors;
  if (first === undefined) return new Problem('bad-request', { cause: error });
  const where = first.pointer === '' ? 'The request' : `The member “${first.pointer}”`;
  return new Problem('bad-field', { detail: `${where} ${first.detail}.`, errors });
}

/** The words of Ajv, which hold names and bounds of the schema, and of the client's the name of a member at most. */
function memberError(found: unknown): FieldError {
  const { instancePath, message } = { instancePath: '', message: '', ...Object(found) };
  return {
    pointer: cutText(shownText(String(instancePath)), httpLimits.echoedCharacters),
    detail: cutText(shownText(String(message)), 4 * httpLimits.echoedCharacters),
  };
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
