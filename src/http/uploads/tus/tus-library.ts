import { Readable } from 'node:stream';
import { ERRORS, type Locker, Server } from '@tus/server';
import type { FastifyRequest } from 'fastify';
import { message } from '../../../i18n/message.js';
import { Problem } from '../../contract/problems/problem.js';
import type { TenantUploads } from './tenant-uploads.js';

/** Request headers passed to the library: those that tus defines, and none that identify the caller. */
const REQUEST_HEADERS = [
  'content-length',
  'content-type',
  'tus-resumable',
  'upload-concat',
  'upload-defer-length',
  'upload-length',
  'upload-metadata',
  'upload-offset',
] as const;
/** Headers of the library's answer that are sent. CORS headers come from response-headers.ts instead. */
const ANSWER_HEADERS = [
  'tus-resumable',
  'tus-version',
  'tus-extension',
  'tus-max-size',
  'upload-defer-length',
  'upload-expires',
  'upload-length',
  'upload-metadata',
  'upload-offset',
] as const;

export interface TusResponse {
  status: number;
  headers: Record<string, string>;
}

export interface TusOptions {
  /** Gives access to one tenant's uploads only. */
  store: TenantUploads;
  lock: Locker;
  maxBytes: number;
  /** Id of the upload that is requested, or to be created. */
  id: string;
}

/** Runs the library's implementation of the protocol; its refusals become problems of Assay. */
export async function handleWithLibrary(
  request: FastifyRequest,
  { store, lock: turns, maxBytes, id }: TusOptions,
): Promise<TusResponse> {
  let fault: unknown;
  const server = new Server({
    path: '/v1/uploads',
    datastore: store,
    locker: lockUntilWritten(turns, store),
    maxSize: maxBytes,
    allowedOrigins: () => false,
    namingFunction: () => id,
    getFileIdFromRequest: () => id,
    generateUrl: () => `/v1/uploads/${id}`,
    onResponseError: (_request, error) => {
      fault = error;
      // Only the status is used; the texts are Assay's own.
      return { status_code: 'status_code' in error ? error.status_code : 500, body: '' };
    },
  });
  const answer = await server.handleWeb(toWebRequest(request));
  if (answer.status >= 400) throw toTusProblem(fault, answer.status);
  const answered = ANSWER_HEADERS.map((name) => [name, answer.headers.get(name)] as const);
  return {
    status: answer.status,
    headers: Object.fromEntries(answered.filter((one): one is [(typeof one)[0], string] => one[1] !== null)),
  };
}

/** The next request reads the offset from the file, so it has to wait until the previous one has written all its bytes. */
function lockUntilWritten(turns: Locker, store: TenantUploads): Locker {
  return {
    newLock: (id) => {
      const lock = turns.newLock(id);
      return {
        lock: (signal, askToLeave) => lock.lock(signal, askToLeave),
        unlock: async () => {
          await store.waitForWrites();
          await lock.unlock();
        },
      };
    },
  };
}

function toWebRequest({ method, headers, raw }: FastifyRequest): Request {
  const told = REQUEST_HEADERS.flatMap((name) => {
    const value = headers[name];
    return value === undefined ? [] : [[name, String(value)] as [string, string]];
  });
  const hasBody = method === 'PATCH' || (method === 'POST' && headers['content-type'] !== undefined);
  return new Request('http://local/v1/uploads', {
    method,
    headers: told,
    ...(hasBody ? { body: Readable.toWeb(raw) as ReadableStream<Uint8Array>, duplex: 'half' as const } : {}),
  });
}

function toTusProblem(fault: unknown, status: number): unknown {
  // A problem of Assay or a system error: a full disk is no fault of the protocol.
  if (fault instanceof Error && !('status_code' in fault)) return fault;
  if (fault === ERRORS.ERR_SIZE_EXCEEDED) {
    return new Problem('too-large', { detail: message('problem.too-large.more') });
  }
  switch (status) {
    case 404:
    case 410:
      return new Problem('upload-not-found');
    case 409:
      return new Problem('upload-offset-conflict');
    case 413:
      return new Problem('too-large');
    case 501:
    case 400:
    case 403:
      return new Problem('upload-bad');
    default:
      return new Problem('internal', { cause: new Error(`tus: ${status}`) });
  }
}
