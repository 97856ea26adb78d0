import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { MultipartFile, MultipartValue } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { compact } from '../../base/json-shape.js';
import { limits } from '../../base/limits.js';
import {
  createSidecarTrailer,
  detectSidecarKind,
  MAX_SIDECARS,
  SIDECAR_HEAD_BYTES,
  type SidecarKind,
} from '../../core/media/sidecars.js';
import { message } from '../../i18n/message.js';
import { fetchLimits } from '../../service/fetching/fetch-limits.js';
import type { UploadDirectory } from '../../service/inspections/upload-directory.js';
import { boundMessage } from '../contract/format-bytes.js';
import { httpLimits } from '../contract/limits.js';
import { isSystemError, toProblem } from '../contract/problems/as-problem.js';
import { badField, Problem } from '../contract/problems/problem.js';
import { recordFormLink, recordFormValue } from '../contract/queries/field-selection.js';
import { withIdleTimeout } from '../guards/silent-body.js';
import { canReveal } from '../services/disclosure.js';
import { parseInspectQuery } from '../services/options/inspect-query.js';
import { assertCanFollowLinks, type LinkRequest } from '../services/options/link-choice.js';
import { addField, strayFileProblem, type UploadFields } from '../services/options/upload-fields.js';
import { cleanUploadName } from './upload-name.js';

export interface ReceivedUpload {
  /** Base name to show. */
  name: string;
  /** Media type that the client declared; recorded, but never trusted. */
  declaredMediaType?: string;
  bytes: number;
  sha256: string;
  /**
   * Digest of the sidecars, which are written to the destination's `sidecarPath`, several joined into one; left out:
   * there is none.
   */
  sidecarSha256?: string;
  /** Digest of the init segment of the stream, which is written to `initPath`. */
  initSha256?: string;
  fields: UploadFields;
  /** More files, if several are allowed. */
  others: (FilePart & { id: string })[];
}

/** A link in place of a file. Its companion files are written to the same paths as those of a file. */
export interface ReceivedLink
  extends Pick<ReceivedUpload, 'sidecarSha256' | 'initSha256' | 'fields'>,
    Pick<LinkRequest, 'url' | 'page'> {}

export interface Destination {
  directory: UploadDirectory;
  path: string;
  sidecarPath: string;
  initPath: string;
  maxBytes: number;
  /** Allows more files, up to this total; `next` returns the id and the path of each. Left out: exactly one file. */
  more?: { most: number; next(): { id: string; path: string } };
  /** Services that validate the fields. */
  services: Parameters<typeof parseInspectQuery>[1] & Parameters<typeof assertCanFollowLinks>[1];
}

/** Refuses a too large upload by its Content-Length, instead of after gigabytes. */
export function refuseByLength(request: FastifyRequest, maxBytes: number, files = 1): void {
  if (Number(request.headers['content-length'] ?? 0) > files * maxBytes + httpLimits.multipartOverheadBytes) {
    throw tooLarge(maxBytes);
  }
}

/**
 * Reads one multipart body to its end: exactly one file, streamed to `path`, its optional companion files, and the
 * fields.
 */
export async function receiveUpload(
  request: FastifyRequest,
  to: Destination,
): Promise<ReceivedUpload | ReceivedLink> {
  if (!request.isMultipart()) throw new Problem('unsupported-media-type');
  try {
    return await withIdleTimeout(request, () => readParts(request, to));
  } catch (error) {
    throw toMultipartProblem(error);
  }
}

async function readParts(request: FastifyRequest, to: Destination): Promise<ReceivedUpload | ReceivedLink> {
  const upload = new UploadReceiver(request, to);
  for await (const part of request.parts({ limits: partLimits(to) })) {
    if (part.type === 'field') upload.field(part);
    else if (part.fieldname === 'sidecar') await upload.sidecar(part);
    else if (part.fieldname === 'init') await upload.init(part);
    else await upload.file(part);
  }
  return upload.finish();
}

/** State of an upload whose parts come in. */
class UploadReceiver {
  readonly #request: FastifyRequest;
  readonly #to: Destination;
  readonly #fields: UploadFields;
  #hasPart = false;
  #file: FilePart | undefined;
  readonly #others: ReceivedUpload['others'] = [];
  readonly #sidecars: SidecarReceiver;
  #initSha256: string | undefined;
  readonly #link = new LinkReceiver();
  /**
   * The first error is held back until the end: once the file is in, reading on costs little, and the form can be shown
   * again with all its fields.
   */
  #firstProblem: Problem | undefined;

  constructor(request: FastifyRequest, to: Destination) {
    this.#request = request;
    this.#to = to;
    this.#fields = parseInspectQuery(request, to.services);
    this.#sidecars = new SidecarReceiver(to);
  }

  field(part: MultipartValue): void {
    recordFormValue(this.#request, part.fieldname, part.value);
    try {
      if (this.#link.take(part, this.#request, this.#to.services)) return;
      addField(part, this.#fields, this.#to.services.rulebooks);
      if (this.#fields.reveal !== undefined && !canReveal(this.#request, this.#to.services))
        throw new Problem('reveal-not-allowed');
    } catch (error) {
      if (!this.#hasPart || !(error instanceof Problem)) throw error;
      // With a link, a missing file is no error.
      const ofLink = LINK_FIELDS.has(part.fieldname) && this.#firstProblem?.code === 'file-missing';
      if (this.#firstProblem === undefined || ofLink) this.#firstProblem = error;
    }
  }

  sidecar(part: MultipartFile): Promise<void> {
    return this.#sidecars.take(part);
  }

  async init(part: MultipartFile): Promise<void> {
    if (this.#initSha256 !== undefined)
      throw destroyPart(part, badField('init', message('problem.field.once')));
    this.#initSha256 = await receiveInit(part, this.#to);
  }

  async file(part: MultipartFile): Promise<void> {
    const { more } = this.#to;
    const full = this.#hasPart && this.#others.length + 1 >= (more?.most ?? 1);
    if (full) throw destroyPart(part, new Problem('several-files'));
    if (part.fieldname !== 'file') throw destroyPart(part, strayFileProblem(part.fieldname));
    if (this.#hasPart && more !== undefined) {
      const { id, path } = more.next();
      const taken = await receiveFile(part, { ...this.#to, path });
      if (taken instanceof Problem) this.#firstProblem ??= taken;
      else this.#others.push({ ...taken, id });
      return;
    }
    this.#hasPart = true;
    const taken = await receiveFile(part, this.#to);
    if (taken instanceof Problem) this.#firstProblem ??= taken;
    else this.#file = taken;
  }

  async finish(): Promise<ReceivedUpload | ReceivedLink> {
    const link = this.#link.given;
    // A form in which no file was chosen sends an empty one.
    const noFile =
      this.#file === undefined && (this.#firstProblem?.code ?? 'file-missing') === 'file-missing';
    if (this.#firstProblem !== undefined && !(link !== undefined && noFile)) throw this.#firstProblem;
    if (link !== undefined && !noFile) throw badField('url', message('problem.field.fileOrLink'));
    const sidecarSha256 = await this.#sidecars.finish();
    const initSha256 = this.#initSha256;
    // A companion file belongs to one file, so several files with one are ambiguous.
    for (const [name, given] of Object.entries({ sidecar: sidecarSha256, init: initSha256 }))
      if (given !== undefined && this.#others.length > 0) throw badField(name, message('problem.field.once'));
    const beside = {
      ...compact({ sidecarSha256, initSha256 }),
    };
    if (link !== undefined) return { ...link, ...beside, fields: this.#fields };
    if (this.#file === undefined) throw new Problem('file-missing');
    return { ...this.#file, ...beside, fields: this.#fields, others: this.#others };
  }
}

type FilePart = Omit<ReceivedUpload, 'sidecarSha256' | 'initSha256' | 'fields' | 'others'>;

/** Returns the problem instead of throwing it if the file is empty. */
async function receiveFile(part: MultipartFile, to: Destination): Promise<FilePart | Problem> {
  // At the limit the parser drops further bytes and emits this event; the written file is incomplete.
  part.file.once('limit', () => destroyPart(part, tooLarge(to.maxBytes)));
  const { bytes, sha256 } = await to.directory.write(to.path, part.file);
  if (part.file.truncated) throw tooLarge(to.maxBytes);
  // A form sent without choosing a file holds a nameless, empty part.
  if (bytes === 0) return new Problem(part.filename ? 'file-empty' : 'file-missing');
  const declaredMediaType = parseDeclaredType(part.mimetype);
  return {
    name: cleanUploadName(part.filename),
    bytes,
    sha256,
    ...(declaredMediaType === undefined ? {} : { declaredMediaType }),
  };
}

/** Returns the digest; `undefined` if an untouched form field sent an empty file. */
async function receiveInit(part: MultipartFile, to: Destination): Promise<string | undefined> {
  const most = Math.min(limits.initSegmentBytes, to.maxBytes);
  const { bytes, sha256 } = await to.directory.write(to.initPath, Readable.from(limitBytes(most, part)));
  if (part.file.truncated) throw companionTooLarge('init', most);
  if (bytes > 0) return sha256;
  if (part.filename) throw badField('init', message('problem.field.emptyFile'));
  await to.directory.remove(to.initPath);
  return undefined;
}

async function* limitBytes(maxBytes: number, part: MultipartFile): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of part.file as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw destroyPart(part, companionTooLarge('init', maxBytes));
    yield chunk;
  }
}

const LINK_FIELDS: ReadonlySet<string> = new Set(['url', 'page']);

/** The link in place of a file, and the address of the page on which it was chosen. */
class LinkReceiver {
  readonly #words = new Map<'url' | 'page', string>();

  /** `undefined` if no link was given: an untouched form sends an empty one. */
  get given(): Pick<LinkRequest, 'url' | 'page'> | undefined {
    const [url, page] = [this.#words.get('url'), this.#words.get('page')];
    if (url === undefined) {
      if (page !== undefined) throw badField('url', message('problem.field.link'));
      return undefined;
    }
    return { url, ...(page === undefined ? {} : { page }) };
  }

  /** Takes the field if it is one of the two; returns whether it was. */
  take(
    { fieldname, value, valueTruncated }: MultipartValue,
    request: FastifyRequest,
    services: Destination['services'],
  ): boolean {
    if (fieldname !== 'url' && fieldname !== 'page') return false;
    if (typeof value !== 'string') throw badField(fieldname, message('problem.field.text'));
    const word = value.trim();
    if (word === '') return true;
    assertCanFollowLinks(request, services);
    if (this.#words.has(fieldname)) throw badField(fieldname, message('problem.field.once'));
    if (valueTruncated || word.length > fetchLimits.urlCharacters)
      throw badField(fieldname, message('problem.field.characters', { most: fetchLimits.urlCharacters }));
    this.#words.set(fieldname, word);
    if (fieldname === 'url') recordFormLink(request, word);
    return true;
  }
}

/** Appends one sidecar after the other to one file (core/media/sidecars.ts). */
class SidecarReceiver {
  readonly #to: Destination;
  readonly #maxBytes: number;
  readonly #hash = createHash('sha256');
  readonly #lengths: number[] = [];
  #stores = 0;
  #bytes = 0;

  constructor(to: Destination) {
    this.#to = to;
    this.#maxBytes = Math.min(limits.sidecarBytes, to.maxBytes);
  }

  async take(part: MultipartFile): Promise<void> {
    const { directory, sidecarPath } = this.#to;
    if (this.#lengths.length >= MAX_SIDECARS) throw destroyPart(part, tooManySidecars());
    const before = this.#bytes;
    const heads: Buffer[] = [];
    const source = Readable.from(this.#bytesOf(part, heads));
    if (this.#lengths.length === 0) await directory.write(sidecarPath, source);
    else await directory.append(sidecarPath, source);
    if (part.file.truncated) throw companionTooLarge('sidecar', this.#maxBytes);
    const bytes = this.#bytes - before;
    if (bytes === 0 && part.filename) throw badField('sidecar', message('problem.field.emptyFile'));
    if (bytes > 0) this.#append(bytes, detectSidecarKind(Buffer.concat(heads)));
    // An untouched form sends a part without a name.
    else if (this.#lengths.length === 0) await directory.remove(sidecarPath);
  }

  #append(bytes: number, kind: SidecarKind): void {
    this.#lengths.push(bytes);
    if (kind === 'store') this.#stores += 1;
    if (this.#stores > 1) throw badField('sidecar', message('problem.field.twoStores'));
    if (this.#lengths.length - this.#stores > limits.xmpSidecars) throw tooManySidecars();
  }

  async *#bytesOf(part: MultipartFile, heads: Buffer[]): AsyncGenerator<Buffer> {
    let head = 0;
    for await (const chunk of part.file as AsyncIterable<Buffer>) {
      this.#bytes += chunk.length;
      if (this.#bytes > this.#maxBytes) throw destroyPart(part, companionTooLarge('sidecar', this.#maxBytes));
      if (head < SIDECAR_HEAD_BYTES) heads.push(chunk.subarray(0, SIDECAR_HEAD_BYTES - head));
      head += chunk.length;
      this.#hash.update(chunk);
      yield chunk;
    }
  }

  /** Returns the digest of the joined file; `undefined` if no sidecar came. */
  async finish(): Promise<string | undefined> {
    if (this.#lengths.length === 0) return undefined;
    if (this.#lengths.length > 1) {
      const trailer = createSidecarTrailer(this.#lengths);
      this.#hash.update(trailer);
      await this.#to.directory.append(this.#to.sidecarPath, Readable.from([trailer]));
    }
    return this.#hash.digest('hex');
  }
}

const tooManySidecars = () =>
  badField('sidecar', message('problem.field.sidecars', { most: limits.xmpSidecars }));

/** Form fields of the files that accompany a file. */
type CompanionField = 'sidecar' | 'init';
/** An init segment and one sidecar more than allowed, so that the excess can be refused by name. */
const MAX_COMPANIONS = MAX_SIDECARS + 1 + 1;

function partLimits({ maxBytes, more }: Destination): Record<string, number> {
  // One more than allowed, so that the excess can be refused by name.
  const files = Math.max(httpLimits.files, (more?.most ?? 1) + 1);
  return {
    fileSize: maxBytes,
    files: files + MAX_COMPANIONS,
    fields: httpLimits.fields,
    fieldSize: httpLimits.fieldBytes,
    parts: httpLimits.fields + files + MAX_COMPANIONS,
    headerPairs: httpLimits.headerPairsPerPart,
    headerSize: httpLimits.headerBytesPerPart,
  };
}

/** The parser reports `text/plain` for a part without a type, and clients send octet-stream for an unknown one. */
export function parseDeclaredType(mimetype: string): string | undefined {
  const sayingNothing = ['text/plain', 'application/octet-stream'].includes(mimetype);
  const wellFormed = /^[a-z0-9!#$&^_.+-]+\/[a-z0-9!#$&^_.+-]+$/.test(mimetype);
  return wellFormed && !sayingNothing && mimetype.length <= limits.declaredMediaTypeCharacters
    ? mimetype
    : undefined;
}

/** Destroys a part that nobody will read. */
function destroyPart(part: MultipartFile, problem: Problem): Problem {
  part.file.destroy(problem);
  return problem;
}

function tooLarge(maxBytes: number): Problem {
  return new Problem('too-large', {
    detail: message('problem.too-large.file', { most: boundMessage(maxBytes) }),
  });
}

function companionTooLarge(name: CompanionField, maxBytes: number): Problem {
  const detail = message(`problem.too-large.${name}`, { most: boundMessage(maxBytes) });
  return new Problem('too-large', { detail, errors: [{ pointer: `/${name}`, detail }] });
}

/** A parser error without a code is about the client’s bytes; a system error is not. */
export function toMultipartProblem(error: unknown): Problem {
  const problem = toProblem(error);
  if (problem.code !== 'internal' || isSystemError(error)) return problem;
  return new Problem('bad-multipart', { cause: error });
}
