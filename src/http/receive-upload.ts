import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { MultipartFile, MultipartValue } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { compact } from '../core/ground/json-shape.js';
import { limits } from '../core/ground/limits.js';
import {
  MOST_SIDECARS,
  SIDECAR_HEAD_BYTES,
  type SidecarKind,
  sidecarKind,
  sidecarTrailer,
} from '../core/media/sidecars.js';
import { fetchLimits } from '../fetching/fetch-limits.js';
import { said } from '../say/said.js';
import { asProblem, isSystemError } from './as-problem.js';
import { type AskedLink, checkMayFollow } from './asked-link.js';
import { askedInQuery } from './asked-query.js';
import { noteChosen, noteLink } from './chosen.js';
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
  /** Of what is kept beside the file, which lies at the destination's `sidecarPath`, several as one; left out: there is none. */
  sidecarSha256?: string;
  /** Of the init segment of its stream, which lies at `initPath`. */
  initSha256?: string;
  fields: UploadFields;
  /** More of them, where several may come. */
  others: (FilePart & { id: string })[];
}

/** In place of a file where one is served. What came with it lies where it would with a file. */
export interface UploadedLink
  extends Pick<Upload, 'sidecarSha256' | 'initSha256' | 'fields'>,
    Pick<AskedLink, 'url' | 'page'> {}

export interface Destination {
  directory: UploadDirectory;
  path: string;
  sidecarPath: string;
  initPath: string;
  maxBytes: number;
  /** More files may come, so many in all; each has its id and its place. Left out: one alone. */
  more?: { most: number; next(): { id: string; path: string } };
  /** What the fields are held against. */
  services: Parameters<typeof askedInQuery>[1] & Parameters<typeof checkMayFollow>[1];
}

/** Refuses by Content-Length what would be refused after gigabytes otherwise. */
export function refuseByLength(request: FastifyRequest, maxBytes: number, files = 1): void {
  if (Number(request.headers['content-length'] ?? 0) > files * maxBytes + httpLimits.multipartOverheadBytes) {
    throw tooLarge(maxBytes);
  }
}

/** Reads one multipart body to its end: exactly one file, streamed to `path`, perhaps what comes with it, and the fields around. */
export async function receiveUpload(
  request: FastifyRequest,
  to: Destination,
): Promise<Upload | UploadedLink> {
  if (!request.isMultipart()) throw new Problem('unsupported-media-type');
  try {
    return await whileBodyComes(request, () => readParts(request, to));
  } catch (error) {
    throw multipartProblem(error);
  }
}

async function readParts(request: FastifyRequest, to: Destination): Promise<Upload | UploadedLink> {
  const upload = new Receiving(request, to);
  for await (const part of request.parts({ limits: partLimits(to) })) {
    if (part.type === 'field') upload.field(part);
    else if (part.fieldname === 'sidecar') await upload.sidecar(part);
    else if (part.fieldname === 'init') await upload.init(part);
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
  readonly #sidecars: ReceivingSidecars;
  #initSha256: string | undefined;
  readonly #link = new ReceivingLink();
  /** Once the file is in, reading on costs little, and a form can be shown again with all that was chosen in it. */
  #first: Problem | undefined;

  constructor(request: FastifyRequest, to: Destination) {
    this.#request = request;
    this.#to = to;
    this.#fields = askedInQuery(request, to.services);
    this.#sidecars = new ReceivingSidecars(to);
  }

  field(part: MultipartValue): void {
    noteChosen(this.#request, part.fieldname, part.value);
    try {
      if (this.#link.takes(part, this.#request, this.#to.services)) return;
      takeField(part, this.#fields, this.#to.services.rulebooks);
      if (this.#fields.reveal !== undefined && !mayReveal(this.#request, this.#to.services))
        throw new Problem('reveal-not-allowed');
    } catch (error) {
      if (!this.#came || !(error instanceof Problem)) throw error;
      // Where a link was given, no file was to be.
      const ofLink = LINK_FIELDS.has(part.fieldname) && this.#first?.code === 'file-missing';
      if (this.#first === undefined || ofLink) this.#first = error;
    }
  }

  sidecar(part: MultipartFile): Promise<void> {
    return this.#sidecars.take(part);
  }

  async init(part: MultipartFile): Promise<void> {
    if (this.#initSha256 !== undefined) throw refuse(part, badField('init', said('problem.field.once')));
    this.#initSha256 = await receiveInit(part, this.#to);
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

  async whole(): Promise<Upload | UploadedLink> {
    const link = this.#link.given;
    // A form in which no file was chosen sends an empty one.
    const noFile = this.#file === undefined && (this.#first?.code ?? 'file-missing') === 'file-missing';
    if (this.#first !== undefined && !(link !== undefined && noFile)) throw this.#first;
    if (link !== undefined && !noFile) throw badField('url', said('problem.field.fileOrLink'));
    const sidecarSha256 = await this.#sidecars.whole();
    const initSha256 = this.#initSha256;
    // What is kept beside a file speaks of that one.
    for (const [name, given] of Object.entries({ sidecar: sidecarSha256, init: initSha256 }))
      if (given !== undefined && this.#others.length > 0) throw badField(name, said('problem.field.once'));
    const beside = {
      ...compact({ sidecarSha256, initSha256 }),
    };
    if (link !== undefined) return { ...link, ...beside, fields: this.#fields };
    if (this.#file === undefined) throw new Problem('file-missing');
    return { ...this.#file, ...beside, fields: this.#fields, others: this.#others };
  }
}

type FilePart = Omit<Upload, 'sidecarSha256' | 'initSha256' | 'fields' | 'others'>;

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
async function receiveInit(part: MultipartFile, to: Destination): Promise<string | undefined> {
  const most = Math.min(limits.initSegmentBytes, to.maxBytes);
  const { bytes, sha256 } = await to.directory.write(to.initPath, Readable.from(upTo(most, part)));
  if (part.file.truncated) throw besideTooLarge('init', most);
  if (bytes > 0) return sha256;
  if (part.filename) throw badField('init', said('problem.field.emptyFile'));
  await to.directory.remove(to.initPath);
  return undefined;
}

async function* upTo(most: number, part: MultipartFile): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of part.file as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > most) throw refuse(part, besideTooLarge('init', most));
    yield chunk;
  }
}

const LINK_FIELDS: ReadonlySet<string> = new Set(['url', 'page']);

/** The address in place of a file, and that of the page on which it was chosen. */
class ReceivingLink {
  readonly #words = new Map<'url' | 'page', string>();

  /** Undefined where none was given: an untouched form sends an empty one. */
  get given(): Pick<AskedLink, 'url' | 'page'> | undefined {
    const [url, page] = [this.#words.get('url'), this.#words.get('page')];
    if (url === undefined) {
      if (page !== undefined) throw badField('url', said('problem.field.link'));
      return undefined;
    }
    return { url, ...(page === undefined ? {} : { page }) };
  }

  /** Whether this field is one of the two. */
  takes(
    { fieldname, value, valueTruncated }: MultipartValue,
    request: FastifyRequest,
    services: Destination['services'],
  ): boolean {
    if (fieldname !== 'url' && fieldname !== 'page') return false;
    if (typeof value !== 'string') throw badField(fieldname, said('problem.field.text'));
    const word = value.trim();
    if (word === '') return true;
    checkMayFollow(request, services);
    if (this.#words.has(fieldname)) throw badField(fieldname, said('problem.field.once'));
    if (valueTruncated || word.length > fetchLimits.urlCharacters)
      throw badField(fieldname, said('problem.field.characters', { most: fetchLimits.urlCharacters }));
    this.#words.set(fieldname, word);
    if (fieldname === 'url') noteLink(request, word);
    return true;
  }
}

/** One after the other into one file (core/media/sidecars.ts). */
class ReceivingSidecars {
  readonly #to: Destination;
  readonly #most: number;
  readonly #hash = createHash('sha256');
  readonly #lengths: number[] = [];
  #stores = 0;
  #bytes = 0;

  constructor(to: Destination) {
    this.#to = to;
    this.#most = Math.min(limits.sidecarBytes, to.maxBytes);
  }

  async take(part: MultipartFile): Promise<void> {
    const { directory, sidecarPath } = this.#to;
    if (this.#lengths.length >= MOST_SIDECARS) throw refuse(part, tooManySidecars());
    const before = this.#bytes;
    const heads: Buffer[] = [];
    const source = Readable.from(this.#bytesOf(part, heads));
    if (this.#lengths.length === 0) await directory.write(sidecarPath, source);
    else await directory.append(sidecarPath, source);
    if (part.file.truncated) throw besideTooLarge('sidecar', this.#most);
    const bytes = this.#bytes - before;
    if (bytes === 0 && part.filename) throw badField('sidecar', said('problem.field.emptyFile'));
    if (bytes > 0) this.#keep(bytes, sidecarKind(Buffer.concat(heads)));
    // A form that was left as it was sends a part without a name.
    else if (this.#lengths.length === 0) await directory.remove(sidecarPath);
  }

  #keep(bytes: number, kind: SidecarKind): void {
    this.#lengths.push(bytes);
    if (kind === 'store') this.#stores += 1;
    if (this.#stores > 1) throw badField('sidecar', said('problem.field.twoStores'));
    if (this.#lengths.length - this.#stores > limits.xmpSidecars) throw tooManySidecars();
  }

  async *#bytesOf(part: MultipartFile, heads: Buffer[]): AsyncGenerator<Buffer> {
    let head = 0;
    for await (const chunk of part.file as AsyncIterable<Buffer>) {
      this.#bytes += chunk.length;
      if (this.#bytes > this.#most) throw refuse(part, besideTooLarge('sidecar', this.#most));
      if (head < SIDECAR_HEAD_BYTES) heads.push(chunk.subarray(0, SIDECAR_HEAD_BYTES - head));
      head += chunk.length;
      this.#hash.update(chunk);
      yield chunk;
    }
  }

  /** The digest of what lies there; undefined where nothing does. */
  async whole(): Promise<string | undefined> {
    if (this.#lengths.length === 0) return undefined;
    if (this.#lengths.length > 1) {
      const trailer = sidecarTrailer(this.#lengths);
      this.#hash.update(trailer);
      await this.#to.directory.append(this.#to.sidecarPath, Readable.from([trailer]));
    }
    return this.#hash.digest('hex');
  }
}

const tooManySidecars = () =>
  badField('sidecar', said('problem.field.sidecars', { most: limits.xmpSidecars }));

/** What may come with a file, by the field that it comes in. */
type BesideName = 'sidecar' | 'init';
/** One sidecar more than may come, so that it is refused by what it is, and an init segment. */
const MOST_BESIDE = MOST_SIDECARS + 1 + 1;

function partLimits({ maxBytes, more }: Destination): Record<string, number> {
  // One more than may come, so that it is refused by what it is.
  const files = Math.max(httpLimits.files, (more?.most ?? 1) + 1);
  return {
    fileSize: maxBytes,
    files: files + MOST_BESIDE,
    fields: httpLimits.fields,
    fieldSize: httpLimits.fieldBytes,
    parts: httpLimits.fields + files + MOST_BESIDE,
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
export function multipartProblem(error: unknown): Problem {
  const problem = asProblem(error);
  if (problem.code !== 'internal' || isSystemError(error)) return problem;
  return new Problem('bad-multipart', { cause: error });
}
