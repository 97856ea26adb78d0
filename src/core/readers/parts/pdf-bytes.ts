import { fault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import type { AssetPart } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { bounded } from '../containers/walk.js';
import { type InnerParts, noInnerParts } from './inner.js';
import { createUnpacker } from './pdf-unpack.js';

/**
 * Finds files and pictures in a PDF with a broken structure by its bytes alone, because their dictionaries are stored
 * uncompressed (ISO 32000-2, 7.5.7). It may miss some, which the caller reports.
 */
export async function searchPdfFiles(asset: Asset): Promise<InnerParts> {
  const inner = noInnerParts();
  if (asset.bytes > limits.pdfSearchedBytes)
    return { ...inner, fault: bounded('bound.pdfSearch', { sought: 'parts' }) };
  let [from, searched] = [0, 0];
  for (let base = 0; base < asset.bytes; base += WINDOW_BYTES) {
    const window = await asset.read(base, WINDOW_BYTES + OVERLAP_BYTES);
    for (const found of window.toString('latin1').matchAll(STREAMS)) {
      const at = base + found.index;
      if (at < from || found.index >= WINDOW_BYTES) continue;
      from = at + 1;
      const part = await readPartAt(asset, at, found);
      if (!part) continue;
      searched += part.bytes;
      inner.parts.push(part);
      if (inner.parts.length > limits.parts) return inner;
      if (searched > limits.pdfEndSearchBytes)
        return { ...inner, fault: bounded('bound.pdfSearch', { sought: 'parts' }) };
      from = part.offset + part.bytes;
    }
  }
  return inner;
}

const WINDOW_BYTES = 1024 ** 2;
/** Overlap of two windows, longer than any match and than typical dictionaries. */
const OVERLAP_BYTES = 4 * 1024;
/** Type of an embedded file, or the start of a JPEG in a stream with `DCTDecode`. */
const STREAMS = /\/Type\s{0,4}\/EmbeddedFile(?![A-Za-z])|stream\r?\n(?=\xff\xd8\xff)/g;
/** Predictors, whose output would be row differences instead of the bytes (ISO 32000-2, 7.4.4.4). */
const PREDICTED = /\/Predictor\s{1,4}0{0,8}(?:[2-9]|[1-9]\d)/;
const DICTIONARY_BYTES = 1024;
const SEARCHED_BYTES = 256 * 1024;

async function readPartAt(
  asset: Asset,
  at: number,
  { 0: text }: RegExpExecArray,
): Promise<AssetPart | undefined> {
  const before = Math.max(0, at - DICTIONARY_BYTES);
  const around = (await asset.read(before, at - before + DICTIONARY_BYTES)).toString('latin1');
  const opened = around.lastIndexOf(' obj', at - before);
  const closed = /stream\r?\n/g;
  closed.lastIndex = at - before;
  const stream = closed.exec(around);
  if (stream === null) return undefined;
  const dictionary = around.slice(Math.max(0, opened), stream.index);
  const offset = before + closed.lastIndex;
  // Checked before the search for the end, because there may be a million of these without one.
  if (!text.startsWith('stream') && /c2pa/i.test(dictionary)) return undefined;
  const length = Number(/\/Length (\d{1,10})(?! \d+ R)/.exec(dictionary)?.[1] ?? 0);
  const bytes = await findStreamEnd(asset, offset, length);
  if (text.startsWith('stream'))
    return { kind: 'embedded-picture', mediaType: 'image/jpeg', offset, bytes, locator: 'stream' };
  return {
    kind: 'attachment',
    offset,
    bytes,
    locator: 'embedded file',
    isListedIfKnown: true,
    ...(PREDICTED.test(dictionary)
      ? { unreadable: fault('part.packing') }
      : createUnpacker(asset, { offset, bytes }, filtersIn(dictionary))),
  };
}

async function findStreamEnd(asset: Asset, offset: number, length: number): Promise<number> {
  if (/^\s{0,2}endstream/.test((await asset.read(offset + length, 11)).toString('latin1'))) return length;
  for (let at = offset; at < asset.bytes; at += SEARCHED_BYTES - END.length) {
    const found = (await asset.read(at, SEARCHED_BYTES)).indexOf(END);
    if (found >= 0) return withoutLineEnd(asset, offset, at + found);
  }
  return asset.bytes - offset;
}

/** Excludes the line end before `endstream`, which is not part of the stream. */
async function withoutLineEnd(asset: Asset, offset: number, end: number): Promise<number> {
  const last = (await asset.read(Math.max(offset, end - 2), Math.min(2, end - offset))).toString('latin1');
  return end - offset - (/(?:\r\n|\n|\r)$/.exec(last)?.[0].length ?? 0);
}

const END = Buffer.from('endstream');

const filtersIn = (dictionary: string): string[] =>
  [...dictionary.matchAll(/\/([A-Za-z\d]{2,16}Decode)\b/g)].map(([, name]) => name ?? '');
