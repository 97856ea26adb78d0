import { limits } from '../../../base/limits.js';
import type { Asset } from '../../media/asset.js';
import { decodeBytes } from '../text/text-bytes.js';
import { type ByteSource, bounded, cachePerAsset, malformed, type Walk } from './walk.js';

/**
 * Reads PostScript and EPS by their structuring comments (Adobe, “PostScript Language Document Structuring Conventions”
 * 3.0). The program is never run, so its drawing is unknown.
 */

interface Run {
  offset: number;
  bytes: number;
}

export interface PostScriptFile {
  /** Byte span of the program. An EPS for Windows has a header before it and a separate preview. */
  program: Run;
  /** TIFF preview. */
  preview?: Run;
  fault?: Walk<never>['fault'];
}

/**
 * Header with the offsets of the program, a Windows preview and a TIFF preview (Adobe, “Encapsulated PostScript File
 * Format” 3.0, 5.2).
 */
const WINDOWS_MARK = 'c5d0d3c6';
const WINDOWS_BYTES = 30;
const PLACE = { program: 4, tiff: 20 } as const;

export const readPostScript = (asset: Asset): Promise<PostScriptFile> =>
  cachePerAsset(asset, 'postscript', async () => {
    const head = await asset.read(0, WINDOWS_BYTES);
    if (head.toString('hex', 0, 4) !== WINDOWS_MARK) return { program: { offset: 0, bytes: asset.bytes } };
    if (head.length < WINDOWS_BYTES) return { program: { offset: 0, bytes: 0 }, fault: BROKEN };
    const run = (at: number): Run => {
      const offset = Math.min(head.readUInt32LE(at), asset.bytes);
      return { offset, bytes: Math.min(head.readUInt32LE(at + 4), asset.bytes - offset) };
    };
    const [program, preview] = [run(PLACE.program), run(PLACE.tiff)];
    const isCut = head.readUInt32LE(PLACE.program) + head.readUInt32LE(PLACE.program + 4) > asset.bytes;
    return {
      program,
      ...(preview.bytes > 0 ? { preview } : {}),
      ...(isCut ? { fault: BROKEN } : {}),
    };
  });

const BROKEN = malformed('postscript.truncated');

export interface StructuringComment {
  key: string;
  value: string;
  offset: number;
}

/** Comments that end the header. The comments of an embedded document may follow them. */
const END_OF_HEADER = /^%%(EndComments|BeginProlog|EndProlog|BeginDefaults|BeginSetup|Page:)/;
const COMMENT = /^%%([A-Za-z][\w&-]{0,63}):?[ \t]*(.*)$/s;
const CONTINUED = /^%%\+[ \t]?(.*)$/s;
/** Ordinary comments, in which programs write names and settings. */
const PLAIN = /^%(?![%!])[ \t]*(\S.*)$/s;
const AT_END = '(atend)';
const FOR = 'For';
const TRAILER = '%%Trailer';

/** Returns the comments at the head of a program, and those that it defers to its end. */
export async function readStructuringComments(asset: Asset): Promise<Walk<StructuringComment>> {
  const { program, fault } = await readPostScript(asset);
  const most = Math.min(program.bytes, limits.postScriptHeaderBytes);
  const header = await asset.read(program.offset, most);
  const { items, isWhole } = parseComments(header, program.offset);
  const stated = items.filter(({ value }) => value !== AT_END);
  const all =
    stated.length < items.length ? [...stated, ...(await inTrailer(asset, program, items))] : stated;
  const isCut = !isWhole && most < program.bytes;
  const stopped = isCut
    ? bounded('bound.bytes', { place: 'PostScript', most: limits.postScriptHeaderBytes })
    : fault;
  return stopped === undefined ? { items: all } : { items: all, fault: stopped };
}

async function inTrailer(
  asset: Asset,
  { offset, bytes }: Run,
  announced: readonly StructuringComment[],
): Promise<StructuringComment[]> {
  const keys = new Set(announced.flatMap(({ key, value }) => (value === AT_END ? [key] : [])));
  const length = Math.min(bytes, limits.sniffBytes);
  const from = offset + bytes - length;
  const tail = await asset.read(from, length);
  const at = tail.lastIndexOf(TRAILER);
  if (at < 0) return [];
  return parseComments(tail.subarray(at + TRAILER.length), from + at + TRAILER.length).items.filter(
    ({ key, value }) => keys.has(key) && value !== AT_END,
  );
}

/** `isWhole`: the comments ended within these bytes. */
function parseComments(bytes: Buffer, from: number): { items: StructuringComment[]; isWhole: boolean } {
  const items: StructuringComment[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = lineEnd(bytes, at);
    const line = decodeBytes(bytes.subarray(at, end));
    if (END_OF_HEADER.test(line) || (line.trim() !== '' && !line.startsWith('%')))
      return { items, isWhole: true };
    take(items, line, from + at);
    at = end + 1;
  }
  return { items, isWhole: false };
}

function lineEnd(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at++) if (bytes[at] === 10 || bytes[at] === 13) return at;
  return bytes.length;
}

function take(items: StructuringComment[], line: string, offset: number): void {
  const [, continued] = CONTINUED.exec(line) ?? [];
  const last = items.at(-1);
  if (continued !== undefined && last) {
    last.value += ` ${parseTexts(continued).join(' ')}`;
    return;
  }
  const [, key, value = ''] = COMMENT.exec(line) ?? [];
  if (key !== undefined) {
    const texts = parseTexts(value);
    // Adds each name that the file was made for as a separate entry, so that each can be recognized.
    for (const one of key === FOR ? texts : [texts.join(' ')]) items.push({ key, value: one, offset });
  } else {
    const [, text] = PLAIN.exec(line) ?? [];
    if (text !== undefined) items.push({ key: 'comment', value: text.trim(), offset });
  }
}

/** Splits a value into texts, which may be PostScript strings in round brackets, one or several side by side. */
function parseTexts(value: string): string[] {
  const trimmed = value.trim();
  const inner = trimmed === AT_END ? undefined : /^\((.*)\)$/s.exec(trimmed)?.[1];
  return inner === undefined ? [trimmed] : inner.split(/\)[ \t]+\(/).map((text) => text.trim());
}

const WINDOW_BYTES = 1024 ** 2;
/** Overlap of two windows, for marks that cross the boundary. */
const OVERLAP_BYTES = 64;

/** Calls `see` for each occurrence of these marks in order. `see` may return the offset at which to continue. */
export async function searchMarks(
  source: ByteSource,
  marks: readonly Buffer[],
  see: (offset: number, mark: Buffer) => Promise<number | undefined>,
): Promise<void> {
  for (let from = 0; from < source.bytes; ) {
    const window = await source.read(from, WINDOW_BYTES + OVERLAP_BYTES);
    if (window.length === 0) return;
    const places = marks.map((mark) => ({ mark, at: -1 }));
    let at = 0;
    for (;;) {
      const first = findFirstMark(window, places, at);
      if (first === undefined || first.at >= WINDOW_BYTES) break;
      const on = (await see(from + first.at, first.mark)) ?? 0;
      at = Math.max(first.at + 1, on - from);
      if (at >= window.length) break;
    }
    from = Math.max(from + Math.min(WINDOW_BYTES, window.length), from + at);
  }
}

interface MarkPlace {
  mark: Buffer;
  at: number;
}

/** Returns the first mark from this offset on. Each mark is searched again only beyond its last occurrence. */
function findFirstMark(window: Buffer, places: MarkPlace[], from: number): MarkPlace | undefined {
  for (const place of places) {
    if (place.at >= from) continue;
    const found = window.indexOf(place.mark, from);
    place.at = found < 0 ? window.length : found;
  }
  const first = places.reduce((least, one) => (one.at < least.at ? one : least));
  return first.at < window.length ? first : undefined;
}

/** Returns the program as a limited source; `isCut`: the program is longer. */
export async function readProgram(asset: Asset): Promise<ByteSource & { offset: number; isCut: boolean }> {
  const { offset, bytes } = (await readPostScript(asset)).program;
  const most = Math.min(bytes, limits.postScriptBytes);
  return {
    offset,
    bytes: most,
    isCut: most < bytes,
    read: (at, length) => asset.read(offset + at, Math.max(0, Math.min(length, most - at))),
  };
}
