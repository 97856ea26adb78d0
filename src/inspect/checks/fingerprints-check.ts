import { asCount, asRecord, ownMember } from '../../base/json-shape.js';
import { limits } from '../../base/limits.js';
import {
  ALL_FINGERPRINT_KINDS,
  type Fingerprint,
  type Fingerprints,
  MIN_QUALITY,
} from '../../matching/fingerprint.js';
import { HASH_BITS, ORIENTATIONS } from '../../matching/pdq.js';
import { parseFault } from './fault-check.js';

const BYTES = HASH_BITS / 8;
const VALUE_BYTES = 4;
/**
 * Maximum fingerprints of a picture or a frame: stored ones cover the whole and its crops; queried ones cover the
 * whole, its content and the area within its border, in all rotations.
 */
const MAX_STORED = 24;
const MAX_VIEWS = 3;
const IN_TURNS = ORIENTATIONS.length + 1;
/** Chromaprint produces about eight values per second. */
const MAX_VALUES = limits.fingerprintSoundSeconds * 10;
const MAX_QUALITY = 100;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * Checks the output of a process that has read hostile bytes: at most one fingerprint set of each kind, as many
 * fingerprints as stated frames, and none longer than possible. Whether they belong to the file cannot be checked.
 * Returns `undefined` for anything else.
 */
export function parseFingerprints(value: unknown): Fingerprints | undefined {
  const answer = asRecord(value);
  const made = parseEach(answer && ownMember(answer, 'made'), parseFingerprint);
  const missing = parseEach(answer && ownMember(answer, 'missing'), parseMissing);
  const partly = parseEach(answer && (ownMember(answer, 'partly') ?? []), parseMissing);
  if (made === undefined || missing === undefined || partly === undefined) return undefined;
  const kinds = [...made, ...missing].map(({ kind }) => kind);
  if (new Set(kinds).size !== kinds.length) return undefined;
  return { made, missing, ...(partly.length > 0 && { partly }) };
}

function parseEach<T>(list: unknown, one: (value: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(list) || list.length > ALL_FINGERPRINT_KINDS.length) return undefined;
  const all = list.map(one);
  const good = all.filter((each) => each !== undefined);
  return good.length === all.length ? good : undefined;
}

function parseFingerprint(value: unknown): Fingerprint | undefined {
  const record = asRecord(value);
  const kind = record && kindOf(ownMember(record, 'kind'));
  if (record === undefined || kind === undefined) return undefined;
  const [quality, frames] = [asCount(ownMember(record, 'quality')), asCount(ownMember(record, 'frames'))];
  const [shelf, query] = [bytesOf(ownMember(record, 'shelf')), bytesOf(ownMember(record, 'query'))];
  const seconds = ownMember(record, 'seconds');
  if (quality === undefined || quality < MIN_QUALITY || quality > MAX_QUALITY) return undefined;
  if (!frames || frames > (kind === 'video' ? limits.fingerprintFrames : 1)) return undefined;
  if (shelf === undefined || query === undefined) return undefined;
  const isTimed = typeof seconds === 'number' && seconds >= 0 && seconds <= MAX_SECONDS;
  if (kind === 'picture' ? seconds !== undefined : !isTimed) return undefined;
  const fits = kind === 'sound' ? areValues(shelf, query) : areFingerprints(shelf, query, frames);
  if (!fits) return undefined;
  return { kind, quality, frames, ...(isTimed && { seconds }), shelf, query };
}

const MAX_SECONDS = Math.max(limits.fingerprintSoundSeconds, limits.fingerprintFrames);

const kindOf = (value: unknown) => ALL_FINGERPRINT_KINDS.find((kind) => kind === value);

function areFingerprints(shelf: Uint8Array, query: Uint8Array, frames: number): boolean {
  const [kept, asked] = [shelf.length / BYTES / frames, query.length / BYTES / frames / IN_TURNS];
  const holds = (count: number, most: number) => Number.isInteger(count) && count >= 1 && count <= most;
  return holds(kept, MAX_STORED) && holds(asked, MAX_VIEWS);
}

const areValues = (shelf: Uint8Array, query: Uint8Array): boolean =>
  shelf.length > 0 &&
  shelf.length % VALUE_BYTES === 0 &&
  shelf.length <= MAX_VALUES * VALUE_BYTES &&
  Buffer.compare(shelf, query) === 0;

function bytesOf(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'string' || value.length > MAX_CHARACTERS || !BASE64.test(value)) return undefined;
  // Copies the bytes, since a small buffer would retain the pool that Node shares among many.
  return new Uint8Array(Buffer.from(value, 'base64'));
}
const MAX_CHARACTERS =
  Math.ceil((limits.fingerprintFrames * Math.max(MAX_STORED, MAX_VIEWS * IN_TURNS) * BYTES * 4) / 3) + 4;

function parseMissing(value: unknown): Fingerprints['missing'][number] | undefined {
  const record = asRecord(value);
  const kind = record && kindOf(ownMember(record, 'kind'));
  const fault = parseFault(value);
  return kind === undefined || fault === undefined ? undefined : { kind, ...fault };
}
