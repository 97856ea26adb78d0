import { limits } from '../../base/limits.js';
import type { TextMask } from '../masking/personal-text.js';
import type { Asset } from '../media/asset.js';
import type { LabelBytes } from '../report/evidence-view.js';
import type { Signal } from '../report/signal.js';
import { signalRowOf } from '../signals/index.js';
import { exactLocatorKey, type RawField } from './fields.js';
import type { FieldDisclosure } from './rows.js';

/**
 * Returns the bytes of each label in the file, from its key to the end of its value. Neighbouring bytes are left out,
 * since they may hold a location or a name.
 */
export async function readLabelBytes(
  asset: Asset,
  fields: readonly RawField[],
  signals: readonly Signal[],
  disclosure: FieldDisclosure,
): Promise<LabelBytes[]> {
  const places = labelsByLocator(signals);
  const all: LabelBytes[] = [];
  for (const field of fields) {
    const label = places.get(exactLocatorKey({ ...field, locator: field.locator }));
    if (label === undefined) continue;
    if (all.length >= limits.labelsInBytes) break;
    const { carrier, locator: place } = field;
    const bytes = await readFieldBytes(asset, field, label, disclosure);
    all.push({ label, carrier, locator: disclosure.text(place), ...bytes });
  }
  return all;
}

type Label = LabelBytes['label'];
type Bytes = Omit<LabelBytes, 'label' | 'carrier' | 'locator'>;

function labelsByLocator(signals: readonly Signal[]): Map<string, Label> {
  const places = new Map<string, Label>();
  for (const { id, basis } of signals) {
    const { label } = signalRowOf(id);
    if (label !== null) for (const at of basis) places.set(exactLocatorKey(at), label);
  }
  return places;
}

async function readFieldBytes(
  asset: Asset,
  field: RawField,
  label: Label,
  disclosure: FieldDisclosure,
): Promise<Bytes> {
  const { carrier, offset, text } = field;
  if (disclosure.withheldKinds(field) !== undefined) return { why: 'withheld' };
  if (offset === undefined) return { why: 'no-offset' };
  const window = cutAtPacketEnd(await asset.read(offset, limits.labelSearchBytes), carrier);
  const found = text === undefined || text === '' ? undefined : findLabel(window, text, label);
  if (found === undefined) return { why: 'not-found' };
  const { start, end, encoding } = found;
  const blanked = findMaskedRange(window.subarray(start, end), encoding, text ?? '', disclosure.text);
  const length = Math.min(end - start, limits.labelBytes);
  const isMasked = (at: number) => at >= blanked.from && at < blanked.to;
  const hex = [...window.subarray(start, start + length)].map((byte, at) =>
    isMasked(at) ? '..' : byte.toString(16).padStart(2, '0'),
  );
  const masked = hex.filter((pair) => pair === '..').length;
  return { offset: offset + start, bytes: end - start, hex: hex.join(''), ...(masked > 0 ? { masked } : {}) };
}

/** An XMP packet ends before the window does. */
function cutAtPacketEnd(window: Buffer, carrier: RawField['carrier']): Buffer {
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

interface FoundLabel {
  start: number;
  end: number;
  encoding: Encoding;
  keyed: boolean;
}

const LABEL_KEYS = { gb45438: 'AIGC', iptc: 'DigitalSource' } as const satisfies Record<Label, string>;
/** Maximum gap between a key and its value: quotes, zero bytes, a box header. */
const GAP_BYTES = 48;
const MAX_PLACES = 64;

/**
 * Finds the nearest occurrence with a key: as the value was read, in any encoding, or with the quotes escaped for XML.
 * A file may contain a label more than once; further copies have locators of their own.
 */
function findLabel(window: Buffer, text: string, label: Label): FoundLabel | undefined {
  const exact = [UTF8, UTF16LE, UTF16BE, LATIN1].flatMap((encoding) =>
    findEncoded(window, text, label, encoding),
  );
  const xml = label === 'gb45438' ? findInXml(window) : undefined;
  const all = [...exact, ...(xml === undefined ? [] : [xml])].sort((a, b) => a.start - b.start);
  // A wrapped label contains its own key. An address alone may belong to another field.
  return all.find(({ keyed }) => keyed) ?? (label === 'gb45438' && text.includes('{') ? all[0] : undefined);
}

/** Returns the first occurrence, followed by the first one behind the key, if any. */
function findEncoded(window: Buffer, text: string, label: Label, encoding: Encoding): FoundLabel[] {
  const value = encoding.encode(text);
  const key = encoding.encode(LABEL_KEYS[label]);
  const found: FoundLabel[] = [];
  let at = window.indexOf(value);
  for (let seen = 0; at >= 0 && seen < MAX_PLACES; seen += 1) {
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

/**
 * Returns whether nothing between key and value starts another element or attribute, which would not belong to the
 * label.
 */
function isGap(between: Buffer): boolean {
  return !between.includes('<') && between.indexOf('=') === between.lastIndexOf('=');
}

function findInXml(window: Buffer): FoundLabel | undefined {
  const text = window.toString('latin1');
  const key = /AIGC(?:[\s"'=>:]|&(?:amp;)?(?:quot|apos|#\d{2}|#x\d{2});){0,16}\{/.exec(text);
  if (key === null) return undefined;
  const quote = /=\s*(["'])/.exec(key[0])?.[1];
  let depth = 0;
  for (let at = key.index; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    // Neither XML notation allows `<` within a label.
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
 * Returns the range from the first to the last masked word. If the value has more masked words than its bytes (they may
 * be escaped), the whole range is returned.
 */
function findMaskedRange(
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
