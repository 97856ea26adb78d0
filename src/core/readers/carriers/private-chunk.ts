import { fault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import { message } from '../../../i18n/message.js';
import type { PrivateChunk } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import type { Read } from '../../media/carrier.js';
import { conclude } from '../conclude.js';
import { type ContainersRead, selectWalk } from '../container-reach.js';
import { joinSubBlocks } from '../containers/gif-blocks.js';
import { bounded, type Walk } from '../containers/walk.js';
import { findAsfPrivate } from '../private-chunks/asf.js';
import { findBmffPrivate, findJp2Private, findJxlPrivate } from '../private-chunks/bmff.js';
import type { PrivateCandidate, PrivateChunkFinder } from '../private-chunks/candidate.js';
import { findDpxPrivate } from '../private-chunks/dpx.js';
import { findFlacPrivate } from '../private-chunks/flac.js';
import { findGifPrivate } from '../private-chunks/gif.js';
import { findJpegPrivate } from '../private-chunks/jpeg.js';
import { readMpegDescriptors } from '../private-chunks/mpeg.js';
import { findMxfPrivate } from '../private-chunks/mxf.js';
import { countOlderInformation, readPdfInformation } from '../private-chunks/pdf.js';
import { findPngPrivate } from '../private-chunks/png.js';
import { findAiffPrivate, findRiffPrivate } from '../private-chunks/riff.js';
import type { Reader } from '../reader.js';
import { findVisibleText } from '../text/text-bytes.js';

const LOCATORS: Record<Exclude<ContainersRead<'privateChunk'>, 'pdf' | 'ts' | 'ps'>, PrivateChunkFinder> = {
  jpeg: findJpegPrivate,
  png: findPngPrivate,
  gif: findGifPrivate,
  webp: findRiffPrivate,
  wav: findRiffPrivate,
  avi: findRiffPrivate,
  bmff: findBmffPrivate,
  heif: findBmffPrivate,
  cr3: findBmffPrivate,
  jxl: findJxlPrivate,
  jp2: findJp2Private,
  dpx: findDpxPrivate,
  flac: findFlacPrivate,
  aiff: findAiffPrivate,
  mxf: findMxfPrivate,
  asf: findAsfPrivate,
};

/** Reads the text in chunks, segments, boxes and entries that makers defined for themselves. */
export const privateChunkReader: Reader<'privateChunk'> = {
  carrier: 'privateChunk',

  async read(asset) {
    const { container } = asset.mediaType;
    if (container === 'pdf')
      return concludeChunks(await readPdfInformation(asset), await countOlderInformation(asset));
    if (container === 'ts' || container === 'ps') return concludeChunks(await readMpegDescriptors(asset));
    const { candidates, fault: walkFault } = await selectWalk(LOCATORS, container)(asset);
    const chunks: PrivateChunk[] = [];
    let stopped = walkFault;
    let cut = 0;
    let characters = 0;
    for (const candidate of candidates) {
      if (chunks.length >= limits.privateChunks || characters > limits.carrierTextCharacters) {
        stopped ??= TOO_MANY;
        break;
      }
      const { chunk, more } = await read(asset, candidate);
      if (more) cut += 1;
      characters += chunk.text?.length ?? 0;
      chunks.push(chunk);
    }
    const concluded = conclude(chunks, chunks.length === 0, stopped);
    return concluded.status === 'found' && cut > 0
      ? { ...concluded, ...fault('bound.shortened', { most: limits.privateChunkBytes, count: cut }) }
      : concluded;
  },
};

const TOO_MANY = bounded('bound.texts', {
  place: 'private chunks',
  unit: 'other',
  most: limits.privateChunks,
  length: limits.carrierTextCharacters,
});

/** Concludes the read. The texts need no further limit, because PDF objects and MPEG descriptors are limited. */
function concludeChunks({ items, fault }: Walk<PrivateChunk>, older = 0): Read<PrivateChunk[]> {
  const chunks = items.slice(0, limits.privateChunks);
  return conclude(
    chunks,
    chunks.length === 0,
    fault ?? (items.length > chunks.length ? TOO_MANY : undefined),
    older > 0 ? [message('note.pdfInformation.older', { count: older })] : [],
  );
}

async function read(
  asset: Asset,
  candidate: PrivateCandidate,
): Promise<{ chunk: PrivateChunk; more: boolean }> {
  const sample = await readSample(asset, candidate, limits.privateSampleBytes);
  // If text continues to the end of the sample, more is read; for binary data the start is sufficient.
  const whole = sample.more ? await readSample(asset, candidate, limits.privateChunkBytes) : sample;
  const { locator: place, dataOffset, dataBytes } = candidate;
  const { key, text } = whole;
  const chunk = {
    id: key === undefined ? candidate.id : `${candidate.id}:${key}`,
    locator: key === undefined ? place : `${place} (${key})`,
    offset: dataOffset,
    bytes: dataBytes,
    ...(text === undefined ? {} : { text: whole.more ? `${text}…` : text }),
  };
  return { chunk, more: whole.more };
}

interface Look {
  key?: string | undefined;
  text?: string | undefined;
  /** Whether the text continues after the bytes read. */
  more: boolean;
}

async function readSample(asset: Asset, candidate: PrivateCandidate, most: number): Promise<Look> {
  const wanted = Math.min(candidate.dataBytes, most);
  const stored = await asset.read(candidate.dataOffset, wanted);
  const data = candidate.subBlocks ? joinSubBlocks(stored) : stored;
  const key = candidate.keyed ? parseKey(data) : undefined;
  const found = findVisibleText(key === undefined ? data : data.subarray(key.length + 1));
  return { key, text: found?.text, more: wanted < candidate.dataBytes && found?.toEnd === true };
}

const MAX_KEY_BYTES = 79;

/** Returns a name as in PNG's text chunks: printable, then a zero byte, then data (ComfyUI's `comf` has one). */
function parseKey(data: Buffer): string | undefined {
  const end = data.subarray(0, MAX_KEY_BYTES + 1).indexOf(0);
  const key = data.toString('latin1', 0, Math.max(0, end));
  return /^[ -~]{2,79}$/.test(key) && data.length > end + 1 ? key : undefined;
}
