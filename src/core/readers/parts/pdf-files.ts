import type { AssetPart } from '../../evidence/evidence.js';
import { limits } from '../../ground/limits.js';
import type { Asset } from '../../media/asset.js';
import { bounded } from '../containers/walk.js';
import { type Inner, nothingInside } from './inner.js';

/**
 * Files attached to a PDF and pictures in it. Both are streams, whose dictionaries stand in
 * the file as they are (ISO 32000-2, 7.5.7), so they are looked for without following a reference. A manifest store is such
 * a file too, and is no attachment.
 */
export async function filesInPdf(asset: Asset): Promise<Inner> {
  const inner = nothingInside();
  if (asset.bytes > limits.pdfSearchedBytes)
    return {
      ...inner,
      fault: bounded('bound.pdfSearch', { sought: 'parts' }),
    };
  let from = 0;
  for (let base = 0; base < asset.bytes; base += WINDOW_BYTES) {
    const window = await asset.read(base, WINDOW_BYTES + OVERLAP_BYTES);
    for (const found of window.toString('latin1').matchAll(STREAMS)) {
      const at = base + found.index;
      if (at < from || found.index >= WINDOW_BYTES) continue;
      from = at + 1;
      const part = await partAt(asset, at, found);
      if (part) inner.parts.push(part);
      if (inner.parts.length > limits.parts) return inner;
    }
  }
  return inner;
}

const WINDOW_BYTES = 1024 ** 2;
/** Longer than what is matched, and than a dictionary as they are. */
const OVERLAP_BYTES = 4 * 1024;
/** The type of an embedded file, or the start of a JPEG as `DCTDecode` has it. */
const STREAMS = /\/Type\s{0,4}\/EmbeddedFile(?![A-Za-z])|stream\r?\n(?=\xff\xd8\xff)/g;
const DICTIONARY_BYTES = 1024;

async function partAt(
  asset: Asset,
  at: number,
  { 0: text }: RegExpExecArray,
): Promise<AssetPart | undefined> {
  const before = Math.max(0, at - DICTIONARY_BYTES);
  const around = (await asset.read(before, at - before + DICTIONARY_BYTES)).toString('latin1');
  const opened = around.lastIndexOf(' obj', at - before);
  const closed = around.indexOf('stream', at - before);
  const dictionary = around.slice(Math.max(0, opened), closed < 0 ? undefined : closed);
  const bytes = Number(/\/Length (\d{1,10})(?! \d+ R)/.exec(dictionary)?.[1] ?? 0);
  if (!text.startsWith('stream'))
    return /c2pa/i.test(dictionary)
      ? undefined
      : { kind: 'attachment', offset: at, bytes, place: 'embedded file' };
  const offset = at + text.length;
  return { kind: 'embedded-picture', mediaType: 'image/jpeg', offset, bytes, place: 'picture stream' };
}
