import { StoreError } from '../store/store.js';
import { Problem } from './problem.js';
import type { ProblemCode } from './problems.js';

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
};

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof StoreError && error.code === 'store.corrupt') {
    return new Problem('inspection-unreadable', { cause: error });
  }
  const { code, statusCode } = fields(error);
  const known = code === undefined ? undefined : BY_CODE[code];
  if (known !== undefined) return new Problem(known, { cause: error });
  const clientsFault = statusCode !== undefined && statusCode >= 400 && statusCode < 500;
  return new Problem(clientsFault ? 'bad-request' : 'internal', { cause: error });
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
