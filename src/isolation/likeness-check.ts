import { asCount, asRecord, member } from '../core/ground/json-shape.js';
import { limits } from '../core/ground/limits.js';
import { LEAST_QUALITY, LIKENESS_KINDS, type Likeness, type Likenesses } from '../core/likeness/likeness.js';
import { FINGERPRINT_BITS, TURNS } from '../core/likeness/pdq.js';
import { checkedFault } from './fault-check.js';

const BYTES = FINGERPRINT_BITS / 8;
const VALUE_BYTES = 4;
/** Of a picture or a frame: the whole and its cuts; the whole, its content and what is within its border, in all turns. */
const MOST_KEPT = 24;
const MOST_VIEWS = 3;
const IN_TURNS = TURNS.length + 1;
/** Chromaprint gives some eight values a second. */
const MOST_VALUES = limits.likenessSoundSeconds * 10;
const MOST_QUALITY = 100;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * The process that made them has read hostile bytes: what it says is a likeness of each kind at most once, with as many
 * fingerprints as it says frames, and nothing longer than one can be. Whether they are of the file, nobody can tell.
 * Undefined for anything else.
 */
export function checkedLikenesses(value: unknown): Likenesses | undefined {
  const answer = asRecord(value);
  const made = each(answer && member(answer, 'made'), likeness);
  const missing = each(answer && member(answer, 'missing'), missed);
  const partly = each(answer && (member(answer, 'partly') ?? []), missed);
  if (made === undefined || missing === undefined || partly === undefined) return undefined;
  const kinds = [...made, ...missing].map(({ kind }) => kind);
  if (new Set(kinds).size !== kinds.length) return undefined;
  return { made, missing, ...(partly.length > 0 && { partly }) };
}

function each<T>(list: unknown, one: (value: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(list) || list.length > LIKENESS_KINDS.length) return undefined;
  const all = list.map(one);
  const good = all.filter((each) => each !== undefined);
  return good.length === all.length ? good : undefined;
}

function likeness(value: unknown): Likeness | undefined {
  const record = asRecord(value);
  const kind = record && kindOf(member(record, 'kind'));
  if (record === undefined || kind === undefined) return undefined;
  const [quality, frames] = [asCount(member(record, 'quality')), asCount(member(record, 'frames'))];
  const [shelf, query] = [bytesOf(member(record, 'shelf')), bytesOf(member(record, 'query'))];
  const seconds = member(record, 'seconds');
  if (quality === undefined || quality < LEAST_QUALITY || quality > MOST_QUALITY) return undefined;
  if (!frames || frames > (kind === 'video' ? limits.likenessFrames : 1)) return undefined;
  if (shelf === undefined || query === undefined) return undefined;
  const isTimed = typeof seconds === 'number' && seconds >= 0 && seconds <= MOST_SECONDS;
  if (kind === 'picture' ? seconds !== undefined : !isTimed) return undefined;
  const fits = kind === 'sound' ? areValues(shelf, query) : areFingerprints(shelf, query, frames);
  if (!fits) return undefined;
  return { kind, quality, frames, ...(isTimed && { seconds }), shelf, query };
}

const MOST_SECONDS = Math.max(limits.likenessSoundSeconds, limits.likenessFrames);

const kindOf = (value: unknown) => LIKENESS_KINDS.find((kind) => kind === value);

function areFingerprints(shelf: Uint8Array, query: Uint8Array, frames: number): boolean {
  const [kept, asked] = [shelf.length / BYTES / frames, query.length / BYTES / frames / IN_TURNS];
  const holds = (count: number, most: number) => Number.isInteger(count) && count >= 1 && count <= most;
  return holds(kept, MOST_KEPT) && holds(asked, MOST_VIEWS);
}

const areValues = (shelf: Uint8Array, query: Uint8Array): boolean =>
  shelf.length > 0 &&
  shelf.length % VALUE_BYTES === 0 &&
  shelf.length <= MOST_VALUES * VALUE_BYTES &&
  Buffer.compare(shelf, query) === 0;

function bytesOf(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'string' || value.length > MOST_CHARACTERS || !BASE64.test(value)) return undefined;
  // A copy of its own: a short one would stand in memory that Node shares among many.
  return new Uint8Array(Buffer.from(value, 'base64'));
}
const MOST_CHARACTERS =
  Math.ceil((limits.likenessFrames * Math.max(MOST_KEPT, MOST_VIEWS * IN_TURNS) * BYTES * 4) / 3) + 4;

function missed(value: unknown): Likenesses['missing'][number] | undefined {
  const record = asRecord(value);
  const kind = record && kindOf(member(record, 'kind'));
  const fault = checkedFault(value);
  return kind === undefined || fault === undefined ? undefined : { kind, ...fault };
}
