import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { limits } from '../core/limits.js';
import { asProblem, isSystemError } from './as-problem.js';
import { formatBytes } from './format-bytes.js';
import { httpLimits } from './limits.js';
import { badField, Problem } from './problem.js';
import type { UploadDirectory } from './upload-directory.js';
import { strayFile, takeField, type UploadFields } from './upload-fields.js';
import { uploadName } from './upload-name.js';

export interface Upload {
  /** Base name to show. */
  name: string;
  /** What the client said the file is; recorded, never believed. */
  declaredMediaType?: string;
  /** A manifest store kept elsewhere lies at the destination's `sidecarPath`. */
  hasSidecar: boolean;
  fields: UploadFields;
}

interface Destination {
  directory: UploadDirectory;
  path: string;
  sidecarPath: string;
  maxBytes: number;
  rulebookIds: readonly string[];
}

/** Refuses by Content-Length what would be refused after gigabytes otherwise. */
export function refuseByLength(request: FastifyRequest, maxBytes: number): void {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes + httpLimits.multipartOverheadBytes) {
    throw tooLarge(maxBytes);
  }
}

/** Reads one multipart body to its end: exactly one file, streamed to `path`, perhaps its sidecar, and the fields around. */
export async function receiveUpload(request: FastifyRequest, to: Destination): Promise<Upload> {
  if (!request.isMultipart()) throw new Problem('unsupported-media-type');
  const socket = request.raw.socket;
  // While a body comes in, silence means that the client has gone; afterwards it waits for its turn.
  if (socket instanceof Socket) socket.setTimeout(httpLimits.uploadIdleMillis);
  try {
    return await readParts(request, to);
  } catch (error) {
    throw multipartProblem(error);
  } finally {
    if (socket instanceof Socket) socket.setTimeout(0);
  }
}

async function readParts(request: FastifyRequest, to: Destination): Promise<Upload> {
  let file: Pick<Upload, 'name' | 'declaredMediaType'> | undefined;
  let hasSidecar = false;
  const fields: UploadFields = {};
  for await (const part of request.parts({ limits: partLimits(to.maxBytes) })) {
    if (part.type === 'field') takeField(part, fields, to.rulebookIds);
    else if (part.fieldname === 'sidecar') {
      if (hasSidecar) throw refuse(part, badField('sidecar', 'may be given once.'));
      hasSidecar = await receiveSidecar(part, to);
    } else {
      if (file !== undefined) throw refuse(part, new Problem('several-files'));
      if (part.fieldname !== 'file') throw refuse(part, strayFile(part.fieldname));
      file = await receiveFile(part, to);
    }
  }
  if (file === undefined) throw new Problem('file-missing');
  return { ...file, hasSidecar, fields };
}

async function receiveFile(
  part: MultipartFile,
  to: Destination,
): Promise<Pick<Upload, 'name' | 'declaredMediaType'>> {
  // At the limit the parser stops handing on bytes and says so; what was written is not the client’s file.
  part.file.once('limit', () => refuse(part, tooLarge(to.maxBytes)));
  const bytes = await to.directory.write(to.path, part.file);
  if (part.file.truncated) throw tooLarge(to.maxBytes);
  // A form sent without choosing a file holds a nameless, empty part.
  if (bytes === 0) throw new Problem(part.filename ? 'file-empty' : 'file-missing');
  const declaredMediaType = declared(part.mimetype);
  return {
    name: uploadName(part.filename),
    ...(declaredMediaType === undefined ? {} : { declaredMediaType }),
  };
}

/** False where an untouched form field sent none. */
async function receiveSidecar(part: MultipartFile, to: Destination): Promise<boolean> {
  const most = Math.min(limits.sidecarBytes, to.maxBytes);
  const bytes = await to.directory.write(to.sidecarPath, Readable.from(upTo(most, part)));
  if (part.file.truncated) throw tooLarge(most, 'sidecars');
  if (bytes > 0) return true;
  if (part.filename) throw badField('sidecar', 'must not be an empty file.');
  await to.directory.remove(to.sidecarPath);
  return false;
}

async function* upTo(most: number, part: MultipartFile): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of part.file as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > most) throw refuse(part, tooLarge(most, 'sidecars'));
    yield chunk;
  }
}

const SIDECARS = 1;

function partLimits(maxBytes: number): Record<string, number> {
  return {
    fileSize: maxBytes,
    files: httpLimits.files + SIDECARS,
    fields: httpLimits.fields,
    fieldSize: httpLimits.fieldBytes,
    parts: httpLimits.fields + httpLimits.files + SIDECARS,
    headerPairs: httpLimits.headerPairsPerPart,
    headerSize: httpLimits.headerBytesPerPart,
  };
}

/** The parser says `text/plain` for a part that says nothing, and clients say octet-stream when they do not know. */
function declared(mimetype: string): string | undefined {
  const sayingNothing = ['text/plain', 'application/octet-stream'].includes(mimetype);
  const wellFormed = /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/.test(mimetype);
  return wellFormed && !sayingNothing && mimetype.length <= limits.declaredMediaTypeCharacters
    ? mimetype
    : undefined;
}

/** Ends a part that nobody will read. */
function refuse(part: MultipartFile, problem: Problem): Problem {
  part.file.destroy(problem);
  return problem;
}

function tooLarge(maxBytes: number, what = 'files'): Problem {
  return new Problem('too-large', { detail: `This server takes ${what} of up to ${formatBytes(maxBytes)}.` });
}

/** What the parser throws without a code of its own is about the client’s bytes; what the system throws is not. */
function multipartProblem(error: unknown): Problem {
  const problem = asProblem(error);
  if (problem.code !== 'internal' || isSystemError(error)) return problem;
  return new Problem('bad-multipart', { cause: error });
}
