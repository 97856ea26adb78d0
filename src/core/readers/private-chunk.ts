import { said } from '../../say/said.js';
import type { PrivateChunk } from '../evidence/evidence.js';
import { fault } from '../ground/fault.js';
import { limits } from '../ground/limits.js';
import type { Asset } from '../media/asset.js';
import type { Read } from '../media/carrier.js';
import type { Container } from '../media/media-kinds.js';
import { conclude } from './conclude.js';
import { subBlockData } from './containers/gif-blocks.js';
import { bounded, type Walk } from './containers/walk.js';
import { asfPrivate } from './private-chunks/asf.js';
import { bmffPrivate, jp2Private, jxlPrivate } from './private-chunks/bmff.js';
import type { LocatePrivate, PrivateCandidate } from './private-chunks/candidate.js';
import { dpxPrivate } from './private-chunks/dpx.js';
import { flacPrivate } from './private-chunks/flac.js';
import { gifPrivate } from './private-chunks/gif.js';
import { jpegPrivate } from './private-chunks/jpeg.js';
import { mpegDescriptors } from './private-chunks/mpeg.js';
import { mxfPrivate } from './private-chunks/mxf.js';
import { olderInformation, pdfInformation } from './private-chunks/pdf.js';
import { pngPrivate } from './private-chunks/png.js';
import { aiffPrivate, riffPrivate } from './private-chunks/riff.js';
import { reach } from './reach.js';
import type { Reader } from './reader.js';
import { visibleText } from './text-bytes.js';

const LOCATORS: Partial<Record<Container, LocatePrivate>> = {
  jpeg: jpegPrivate,
  png: pngPrivate,
  gif: gifPrivate,
  webp: riffPrivate,
  wav: riffPrivate,
  avi: riffPrivate,
  bmff: bmffPrivate,
  heif: bmffPrivate,
  cr3: bmffPrivate,
  jxl: jxlPrivate,
  jp2: jp2Private,
  dpx: dpxPrivate,
  flac: flacPrivate,
  aiff: aiffPrivate,
  mxf: mxfPrivate,
  asf: asfPrivate,
};

/** What makers put into chunks, segments, boxes and entries of their own, with the text in it. */
export const privateChunkReader: Reader<'privateChunk'> = {
  carrier: 'privateChunk',
  reach: reach({
    read: 'jpeg png webp gif heif jxl bmff avi wav flac aiff pdf cr3 jp2 mxf ts ps asf dpx',
    unreached: 'psd',
    // Attributes of OpenEXR are read one and all as its header.
    none: 'exr bmp tiff svg matroska flv mp3 ogg aac raf zip tar mail cfb postscript xmp',
  }),

  async read(asset) {
    const { container } = asset.mediaType;
    if (container === 'pdf') return told(await pdfInformation(asset), await olderInformation(asset));
    if (container === 'ts' || container === 'ps') return told(await mpegDescriptors(asset));
    const locate = LOCATORS[container];
    if (!locate) throw new Error(`no private chunks are located in ${container}`);
    const { candidates, fault: walkFault } = await locate(asset);
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
      ? { ...concluded, ...fault('bound.privateChunk', { most: limits.privateChunkBytes, count: cut }) }
      : concluded;
  },
};

const TOO_MANY = bounded('bound.privateChunks', {
  most: limits.privateChunks,
  characters: limits.carrierTextCharacters,
});

/** A PDF object is bounded, and so is a descriptor of MPEG: so their texts are. */
function told({ items, fault }: Walk<PrivateChunk>, older = 0): Read<PrivateChunk[]> {
  const chunks = items.slice(0, limits.privateChunks);
  return conclude(
    chunks,
    chunks.length === 0,
    fault ?? (items.length > chunks.length ? TOO_MANY : undefined),
    older > 0 ? [said('note.pdfInformation.older', { count: older })] : [],
  );
}

async function read(
  asset: Asset,
  candidate: PrivateCandidate,
): Promise<{ chunk: PrivateChunk; more: boolean }> {
  const sample = await look(asset, candidate, limits.privateSampleBytes);
  // Text that does not end with the sample is read on; of binary data the start is enough.
  const whole = sample.more ? await look(asset, candidate, limits.privateChunkBytes) : sample;
  const { place, dataOffset, dataBytes } = candidate;
  const { key, text } = whole;
  const chunk = {
    id: key === undefined ? candidate.id : `${candidate.id}:${key}`,
    place: key === undefined ? place : `${place} (${key})`,
    offset: dataOffset,
    bytes: dataBytes,
    ...(text === undefined ? {} : { text: whole.more ? `${text}…` : text }),
  };
  return { chunk, more: whole.more };
}

interface Look {
  key?: string | undefined;
  text?: string | undefined;
  /** The text goes on where the reading stopped. */
  more: boolean;
}

async function look(asset: Asset, candidate: PrivateCandidate, most: number): Promise<Look> {
  const wanted = Math.min(candidate.dataBytes, most);
  const stored = await asset.read(candidate.dataOffset, wanted);
  const data = candidate.subBlocks ? subBlockData(stored) : stored;
  const key = candidate.keyed ? keyOf(data) : undefined;
  const found = visibleText(key === undefined ? data : data.subarray(key.length + 1));
  return { key, text: found?.text, more: wanted < candidate.dataBytes && found?.toEnd === true };
}

const LONGEST_KEY = 79;

/** A name as in PNG's own text chunks: printable, then a zero byte, then more (ComfyUI's `comf` has one). */
function keyOf(data: Buffer): string | undefined {
  const end = data.subarray(0, LONGEST_KEY + 1).indexOf(0);
  const key = data.toString('latin1', 0, Math.max(0, end));
  return /^[ -~]{2,79}$/.test(key) && data.length > end + 1 ? key : undefined;
}
