import { inflateSync } from 'node:zlib';
import type { ReadFault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import type { PngText } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import type { PngChunk } from '../containers/png-chunks.js';
import { bounded, malformed } from '../containers/walk.js';

/** iTXt keyword of XMP (XMP Specification Part 3 §1.1.5). */
export const XMP_KEYWORD = 'XML:com.adobe.xmp';

type Fault = ReadFault & { kind: 'malformed' | 'bounded' };

const TEXT_CHUNKS = ['tEXt', 'zTXt', 'iTXt'] as const;
type TextChunk = (typeof TEXT_CHUNKS)[number];

export function isTextChunk(chunk: PngChunk): boolean {
  return (TEXT_CHUNKS as readonly string[]).includes(chunk.type);
}

const MAX_KEYWORD_BYTES = 79;

/** Returns the keyword without reading the text; empty if there is none. */
export async function readPngKeyword(asset: Asset, chunk: PngChunk): Promise<string> {
  const head = await asset.read(chunk.dataOffset, Math.min(chunk.dataBytes, MAX_KEYWORD_BYTES + 1));
  return head.toString('latin1', 0, Math.max(0, head.indexOf(0)));
}

/**
 * Decodes a text chunk (PNG, Third Edition, §11.3.3): tEXt and zTXt are Latin-1, iTXt is UTF-8; zTXt and iTXt may be
 * deflated.
 */
export async function readPngText(
  asset: Asset,
  chunk: PngChunk,
): Promise<{ text: PngText } | { fault: Fault }> {
  if (chunk.dataBytes > limits.inflatedTextBytes) {
    return {
      fault: bounded('bound.bytes', { place: chunk.type, most: limits.inflatedTextBytes }),
    };
  }
  const data = await asset.read(chunk.dataOffset, chunk.dataBytes);
  const end = data.indexOf(0);
  if (end < 1 || end > MAX_KEYWORD_BYTES) return { fault: malformed('png.keyword', { chunk: chunk.type }) };
  const keyword = data.toString('latin1', 0, end);
  const body = splitBody(chunk.type as TextChunk, data.subarray(end + 1));
  if (!body) return { fault: malformed('png.text', { chunk: chunk.type, keyword }) };
  const inflated = body.deflated ? inflate(body.bytes) : body.bytes;
  if (inflated === 'too-large') {
    return {
      fault: bounded('bound.bytes', { place: chunk.type, most: limits.inflatedTextBytes }),
    };
  }
  if (inflated === undefined) return { fault: malformed('png.deflate', { chunk: chunk.type }) };
  return {
    text: {
      chunk: chunk.type as TextChunk,
      keyword,
      text: inflated.toString(chunk.type === 'iTXt' ? 'utf8' : 'latin1'),
      offset: chunk.offset,
      afterImageData: chunk.isAfterImageData,
    },
  };
}

/** Splits off the text after the keyword; flags, language and translated keyword are skipped. */
function splitBody(type: TextChunk, rest: Buffer): { deflated: boolean; bytes: Buffer } | undefined {
  if (type === 'tEXt') return { deflated: false, bytes: rest };
  if (type === 'zTXt') return rest.length < 1 ? undefined : { deflated: true, bytes: rest.subarray(1) };
  const language = rest.indexOf(0, 2);
  const translated = language < 0 ? -1 : rest.indexOf(0, language + 1);
  return translated < 0 ? undefined : { deflated: rest[0] === 1, bytes: rest.subarray(translated + 1) };
}

function inflate(bytes: Buffer): Buffer | 'too-large' | undefined {
  try {
    return inflateSync(bytes, { maxOutputLength: limits.inflatedTextBytes });
  } catch (error) {
    return (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : undefined;
  }
}
