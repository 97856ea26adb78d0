import { Readable } from 'node:stream';
import { ERRORS, type Locker, Server } from '@tus/server';
import type { FastifyRequest } from 'fastify';
import { said } from '../../say/said.js';
import { Problem } from '../problem.js';
import type { TenantUploads } from './tenant-uploads.js';

/** What the library is told of a request: what tus speaks of, and nothing of who asks or how. */
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
/** What of its answer goes out. Who may read it from another origin, our own CORS says (answers.ts). */
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

export interface TusAnswer {
  status: number;
  headers: Record<string, string>;
}

export interface TusParts {
  /** Sees one tenant's uploads. */
  store: TenantUploads;
  turns: Locker;
  maxBytes: number;
  /** Of the upload that is asked about, or is to be made. */
  id: string;
}

/** The protocol is the library's; what it refuses becomes a problem of ours. */
export async function askLibrary(
  request: FastifyRequest,
  { store, turns, maxBytes, id }: TusParts,
): Promise<TusAnswer> {
  let fault: unknown;
  const server = new Server({
    path: '/v1/uploads',
    datastore: store,
    locker: afterWriting(turns, store),
    maxSize: maxBytes,
    allowedOrigins: () => false,
    namingFunction: () => id,
    getFileIdFromRequest: () => id,
    generateUrl: () => `/v1/uploads/${id}`,
    onResponseError: (_request, error) => {
      fault = error;
      // Only the status is looked at; the words are ours.
      return { status_code: 'status_code' in error ? error.status_code : 500, body: '' };
    },
  });
  const answer = await server.handleWeb(webRequest(request));
  if (answer.status >= 400) throw problemOf(fault, answer.status);
  const answered = ANSWER_HEADERS.map((name) => [name, answer.headers.get(name)] as const);
  return {
    status: answer.status,
    headers: Object.fromEntries(answered.filter((one): one is [(typeof one)[0], string] => one[1] !== null)),
  };
}

/** Whose turn is next reads the offset from the file: not before all of the turn before stands there. */
function afterWriting(turns: Locker, store: TenantUploads): Locker {
  return {
    newLock: (id) => {
      const lock = turns.newLock(id);
      return {
        lock: (signal, askToLeave) => lock.lock(signal, askToLeave),
        unlock: async () => {
          await store.written();
          await lock.unlock();
        },
      };
    },
  };
}

function webRequest({ method, headers, raw }: FastifyRequest): Request {
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

function problemOf(fault: unknown, status: number): unknown {
  // Ours, or the system's: a full disk is no fault of the protocol's.
  if (fault instanceof Error && !('status_code' in fault)) return fault;
  if (fault === ERRORS.ERR_SIZE_EXCEEDED) {
    return new Problem('too-large', { detail: said('problem.too-large.more') });
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
