import { limits } from '../ground/limits.js';
import type { TextMask } from '../mask/personal-text.js';
import type { Asset } from '../media/asset.js';
import type { LabelBytes } from '../report/evidence-sheet.js';
import type { Signal } from '../report/signal.js';
import { rowOf } from '../signals/index.js';
import { exactPlace, type RawField } from './evidence-fields.js';
import type { Disclosure } from './evidence-rows.js';

/**
 * The bytes of a label as they stand in the file: from its key to the end of its value, and nothing before or behind,
 * since a position or a name may stand next to it.
 */
export async function labelBytes(
  asset: Asset,
  fields: readonly RawField[],
  signals: readonly Signal[],
  disclosure: Disclosure,
): Promise<LabelBytes[]> {
  const places = labelPlaces(signals);
  const all: LabelBytes[] = [];
  for (const field of fields) {
    const label = places.get(exactPlace(field));
    if (label === undefined) continue;
    if (all.length >= limits.labelsInBytes) break;
    const { carrier, place } = field;
    const bytes = await bytesOf(asset, field, label, disclosure);
    all.push({ label, carrier, place: disclosure.text(place), ...bytes });
  }
  return all;
}

type Label = LabelBytes['label'];
type Bytes = Omit<LabelBytes, 'label' | 'carrier' | 'place'>;

function labelPlaces(signals: readonly Signal[]): Map<string, Label> {
  const places = new Map<string, Label>();
  for (const { id, basis } of signals) {
    const { label } = rowOf(id);
    if (label !== null) for (const at of basis) places.set(exactPlace(at), label);
  }
  return places;
}

async function bytesOf(asset: Asset, field: RawField, label: Label, disclosure: Disclosure): Promise<Bytes> {
  const { carrier, offset, text } = field;
  if (disclosure.withheld(field) !== undefined) return { why: 'withheld' };
  if (offset === undefined) return { why: 'no-offset' };
  const window = upToEnd(await asset.read(offset, limits.labelSearchBytes), carrier);
  const found = text === undefined || text === '' ? undefined : locate(window, text, label);
  if (found === undefined) return { why: 'not-found' };
  const { start, end, encoding } = found;
  const blanked = blankedIn(window.subarray(start, end), encoding, text ?? '', disclosure.text);
  const length = Math.min(end - start, limits.labelBytes);
  const isMasked = (at: number) => at >= blanked.from && at < blanked.to;
  const hex = [...window.subarray(start, start + length)].map((byte, at) =>
    isMasked(at) ? '..' : byte.toString(16).padStart(2, '0'),
  );
  const masked = hex.filter((pair) => pair === '..').length;
  return { offset: offset + start, bytes: end - start, hex: hex.join(''), ...(masked > 0 ? { masked } : {}) };
}

/** A packet of XMP ends before the window does. */
function upToEnd(window: Buffer, carrier: RawField['carrier']): Buffer {
  const end = carrier === 'xmp' ? window.indexOf('</rdf:RDF>') : -1;
  return end < 0 ? window : window.subarray(0, end);
}

interface Encoding {
  encode(text: string): Buffer;
  decode(bytes: Buffer): string;
}

const UTF8: Encoding = { encode: (text) => Buffer.from(text), decode: (bytes) => bytes.toString('utf8') };
const UTF16LE: Encoding = {
  encode: (text) => Buffer.from(text, 'utf16le'),
  decode: (bytes) => bytes.toString('utf16le'),
};
const UTF16BE: Encoding = {
  encode: (text) => Buffer.from(text, 'utf16le').swap16(),
  decode: (bytes) =>
    Buffer.from(bytes.subarray(0, bytes.length & ~1))
      .swap16()
      .toString('utf16le'),
};
const LATIN1: Encoding = {
  encode: (text) => Buffer.from(text, 'latin1'),
  decode: (bytes) => bytes.toString('latin1'),
};

interface Found {
  start: number;
  end: number;
  encoding: Encoding;
  keyed: boolean;
}

const KEYS = { gb45438: 'AIGC', iptc: 'DigitalSource' } as const satisfies Record<Label, string>;
/** Between the end of a key and its value: quotes, zero bytes, the head of a box. */
const GAP_BYTES = 48;
const MOST_PLACES = 64;

/**
 * The nearest place that has the key: as the value was read, in any of the encodings, or as XML writes its quotes. A
 * label stands in one file more than once, and the next copy is another place.
 */
function locate(window: Buffer, text: string, label: Label): Found | undefined {
  const exact = [UTF8, UTF16LE, UTF16BE, LATIN1].flatMap((encoding) => asRead(window, text, label, encoding));
  const xml = label === 'gb45438' ? asXml(window) : undefined;
  const all = [...exact, ...(xml === undefined ? [] : [xml])].sort((a, b) => a.start - b.start);
  // A wrapped label holds its own key. An address alone may be another field's.
  return all.find(({ keyed }) => keyed) ?? (label === 'gb45438' && text.includes('{') ? all[0] : undefined);
}

/** The first with the key before it, else the first. */
function asRead(window: Buffer, text: string, label: Label, encoding: Encoding): Found[] {
  const value = encoding.encode(text);
  const key = encoding.encode(KEYS[label]);
  const found: Found[] = [];
  let at = window.indexOf(value);
  for (let seen = 0; at >= 0 && seen < MOST_PLACES; seen += 1) {
    const from = Math.max(0, at - GAP_BYTES - key.length);
    const near = window.subarray(from, at).lastIndexOf(key);
    const end = at + value.length;
    if (near >= 0 && isGap(window.subarray(from + near + key.length, at)))
      return [...found, { start: from + near, end, encoding, keyed: true }];
    if (found.length === 0) found.push({ start: at, end, encoding, keyed: false });
    at = window.indexOf(value, at + 1);
  }
  return found;
}

/** Another element or attribute in between is none of the label's. */
function isGap(between: Buffer): boolean {
  return !between.includes('<') && between.indexOf('=') === between.lastIndexOf('=');
}

function asXml(window: Buffer): Found | undefined {
  const text = window.toString('latin1');
  const key = /AIGC(?:[\s"'=>:]|&(?:amp;)?(?:quot|apos|#\d{2}|#x\d{2});){0,16}\{/.exec(text);
  if (key === null) return undefined;
  const quote = /=\s*(["'])/.exec(key[0])?.[1];
  let depth = 0;
  for (let at = key.index; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    // In neither form of XML does a label hold the sign that begins a tag.
    else if (text[at] === '<' || (at > key.index + key[0].length && text[at] === quote)) return undefined;
    else if (text[at] === '}') {
      depth -= 1;
      if (depth === 0) return { start: key.index, end: at + 1, encoding: UTF8, keyed: true };
    }
  }
  return undefined;
}

const TOKEN = /\[[a-z -]{4,16}: masked\]/g;

/**
 * The run of bytes from the first masked word to the last. Where the value says more of a person than its bytes show
 * (they may be written in escapes), all of it.
 */
function blankedIn(
  bytes: Buffer,
  encoding: Encoding,
  value: string,
  mask: TextMask,
): { from: number; to: number } {
  const raw = encoding.decode(bytes);
  const masked = mask(raw);
  const tokens = masked.match(TOKEN) ?? [];
  const inValue = mask(value).match(TOKEN)?.length ?? 0;
  if (masked === raw && inValue === 0) return { from: 0, to: 0 };
  const first = masked.indexOf(tokens[0] ?? '');
  const last = masked.lastIndexOf(tokens.at(-1) ?? '');
  const before = masked.slice(0, first);
  const behind = masked.slice(last + (tokens.at(-1)?.length ?? 0));
  const fits =
    tokens.length > 0 &&
    tokens.length >= inValue &&
    raw.startsWith(before) &&
    raw.endsWith(behind) &&
    encoding.encode(raw).equals(bytes);
  if (!fits) return { from: 0, to: bytes.length };
  return { from: encoding.encode(before).length, to: bytes.length - encoding.encode(behind).length };
}
