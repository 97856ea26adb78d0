import { Readable } from 'node:stream';
import type { MultipartFile, MultipartValue } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { limits } from '../core/ground/limits.js';
import { said } from '../say/said.js';
import { asProblem, isSystemError } from './as-problem.js';
import { askedInQuery } from './asked-query.js';
import { noteChosen } from './chosen.js';
import { boundSaid } from './format-bytes.js';
import { httpLimits } from './limits.js';
import { badField, Problem } from './problem.js';
import { mayReveal } from './shown.js';
import { whileBodyComes } from './silent-body.js';
import type { UploadDirectory } from './upload-directory.js';
import { strayFile, takeField, type UploadFields } from './upload-fields.js';
import { uploadName } from './upload-name.js';

export interface Upload {
  /** Base name to show. */
  name: string;
  /** What the client said the file is; recorded, never believed. */
  declaredMediaType?: string;
  bytes: number;
  sha256: string;
  /** Of a manifest store kept elsewhere, which lies at the destination's `sidecarPath`; left out: there is none. */
  sidecarSha256?: string;
  /** Of the init segment of its stream, which lies at `initPath`. */
  initSha256?: string;
  fields: UploadFields;
  /** More of them, where several may come. */
  others: (FilePart & { id: string })[];
}

export interface Destination {
  directory: UploadDirectory;
  path: string;
  sidecarPath: string;
  initPath: string;
  maxBytes: number;
  /** More files may come, so many in all; each has its id and its place. Left out: one alone. */
  more?: { most: number; next(): { id: string; path: string } };
  /** What the fields are held against. */
  services: Parameters<typeof askedInQuery>[1];
}

/** Refuses by Content-Length what would be refused after gigabytes otherwise. */
export function refuseByLength(request: FastifyRequest, maxBytes: number, files = 1): void {
  if (Number(request.headers['content-length'] ?? 0) > files * maxBytes + httpLimits.multipartOverheadBytes) {
    throw tooLarge(maxBytes);
  }
}

/** Reads one multipart body to its end: exactly one file, streamed to `path`, perhaps what comes with it, and the fields around. */
export async function receiveUpload(request: FastifyRequest, to: Destination): Promise<Upload> {
  if (!request.isMultipart()) throw new Problem('unsupported-media-type');
  try {
    return await whileBodyComes(request, () => readParts(request, to));
  } catch (error) {
    throw multipartProblem(error);
  }
}

async function readParts(request: FastifyRequest, to: Destination): Promise<Upload> {
  const upload = new Receiving(request, to);
  for await (const part of request.parts({ limits: partLimits(to) })) {
    if (part.type === 'field') upload.field(part);
    else if (part.fieldname === 'sidecar' || part.fieldname === 'init')
      await upload.beside(part, part.fieldname);
    else await upload.file(part);
  }
  return upload.whole();
}

/** What has come in so far. */
class Receiving {
  readonly #request: FastifyRequest;
  readonly #to: Destination;
  readonly #fields: UploadFields;
  #came = false;
  #file: FilePart | undefined;
  readonly #others: Upload['others'] = [];
  readonly #beside: Partial<Record<BesideName, string>> = {};
  /** Once the file is in, reading on costs little, and a form can be shown again with all that was chosen in it. */
  #first: Problem | undefined;

  constructor(request: FastifyRequest, to: Destination) {
    this.#request = request;
    this.#to = to;
    this.#fields = askedInQuery(request, to.services);
  }

  field(part: MultipartValue): void {
    noteChosen(this.#request, part.fieldname, part.value);
    try {
      takeField(part, this.#fields, this.#to.services.rulebooks);
      if (this.#fields.reveal !== undefined && !mayReveal(this.#request, this.#to.services))
        throw new Problem('reveal-not-allowed');
    } catch (error) {
      if (!this.#came || !(error instanceof Problem)) throw error;
      this.#first ??= error;
    }
  }

  async beside(part: MultipartFile, name: BesideName): Promise<void> {
    if (this.#beside[name] !== undefined) throw refuse(part, badField(name, said('problem.field.once')));
    const sha256 = await receiveBeside(part, name, this.#to);
    if (sha256 !== undefined) this.#beside[name] = sha256;
  }

  async file(part: MultipartFile): Promise<void> {
    const { more } = this.#to;
    const full = this.#came && this.#others.length + 1 >= (more?.most ?? 1);
    if (full) throw refuse(part, new Problem('several-files'));
    if (part.fieldname !== 'file') throw refuse(part, strayFile(part.fieldname));
    if (this.#came && more !== undefined) {
      const { id, path } = more.next();
      const taken = await receiveFile(part, { ...this.#to, path });
      if (taken instanceof Problem) this.#first ??= taken;
      else this.#others.push({ ...taken, id });
      return;
    }
    this.#came = true;
    const taken = await receiveFile(part, this.#to);
    if (taken instanceof Problem) this.#first ??= taken;
    else this.#file = taken;
  }

  whole(): Upload {
    if (this.#first !== undefined) throw this.#first;
    if (this.#file === undefined) throw new Problem('file-missing');
    const { sidecar, init } = this.#beside;
    // One manifest describes one file.
    for (const [name, given] of Object.entries({ sidecar, init }))
      if (given !== undefined && this.#others.length > 0) throw badField(name, said('problem.field.once'));
    const beside = {
      ...(sidecar === undefined ? {} : { sidecarSha256: sidecar }),
      ...(init === undefined ? {} : { initSha256: init }),
    };
    return { ...this.#file, ...beside, fields: this.#fields, others: this.#others };
  }
}

type FilePart = Omit<Upload, 'sidecarSha256' | 'initSha256' | 'fields' | 'others'>;

/** What may come with a file, by the field that it comes in. */
type BesideName = 'sidecar' | 'init';
const MOST_BESIDE = { sidecar: limits.sidecarBytes, init: limits.initSegmentBytes } as const;

/** The Problem where it holds no bytes. */
async function receiveFile(part: MultipartFile, to: Destination): Promise<FilePart | Problem> {
  // At the limit the parser stops handing on bytes and says so; what was written is not the client’s file.
  part.file.once('limit', () => refuse(part, tooLarge(to.maxBytes)));
  const { bytes, sha256 } = await to.directory.write(to.path, part.file);
  if (part.file.truncated) throw tooLarge(to.maxBytes);
  // A form sent without choosing a file holds a nameless, empty part.
  if (bytes === 0) return new Problem(part.filename ? 'file-empty' : 'file-missing');
  const declaredMediaType = declared(part.mimetype);
  return {
    name: uploadName(part.filename),
    bytes,
    sha256,
    ...(declaredMediaType === undefined ? {} : { declaredMediaType }),
  };
}

/** Its digest; undefined where an untouched form field sent none. */
async function receiveBeside(
  part: MultipartFile,
  name: BesideName,
  to: Destination,
): Promise<string | undefined> {
  const most = Math.min(MOST_BESIDE[name], to.maxBytes);
  const path = to[`${name}Path`];
  const { bytes, sha256 } = await to.directory.write(path, Readable.from(upTo(most, name, part)));
  if (part.file.truncated) throw besideTooLarge(name, most);
  if (bytes > 0) return sha256;
  if (part.filename) throw badField(name, said('problem.field.emptyFile'));
  await to.directory.remove(path);
  return undefined;
}

async function* upTo(most: number, name: BesideName, part: MultipartFile): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of part.file as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > most) throw refuse(part, besideTooLarge(name, most));
    yield chunk;
  }
}

/** What may come with a file. */
const BESIDES = 2;

function partLimits({ maxBytes, more }: Destination): Record<string, number> {
  // One more than may come, so that it is refused by what it is.
  const files = Math.max(httpLimits.files, (more?.most ?? 1) + 1);
  return {
    fileSize: maxBytes,
    files: files + BESIDES,
    fields: httpLimits.fields,
    fieldSize: httpLimits.fieldBytes,
    parts: httpLimits.fields + files + BESIDES,
    headerPairs: httpLimits.headerPairsPerPart,
    headerSize: httpLimits.headerBytesPerPart,
  };
}

/** The parser says `text/plain` for a part that says nothing, and clients say octet-stream when they do not know. */
export function declared(mimetype: string): string | undefined {
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

function tooLarge(maxBytes: number): Problem {
  return new Problem('too-large', {
    detail: said('problem.too-large.file', { most: boundSaid(maxBytes) }),
  });
}

function besideTooLarge(name: BesideName, maxBytes: number): Problem {
  const detail = said(`problem.too-large.${name}`, { most: boundSaid(maxBytes) });
  return new Problem('too-large', { detail, errors: [{ pointer: `/${name}`, detail }] });
}

/** What the parser throws without a code of its own is about the client’s bytes; what the system throws is not. */
function multipartProblem(error: unknown): Problem {
  const problem = asProblem(error);
  if (problem.code !== 'internal' || isSystemError(error)) return problem;
  return new Problem('bad-multipart', { cause: error });
}
