import type { SeftRecord } from '../evidence/evidence.js';
import { fault } from '../ground/fault.js';
import { limits } from '../ground/limits.js';
import { withoutEnd } from '../ground/text-end.js';
import type { Asset } from '../media/asset.js';
import { conclude, type WalkFault } from './conclude.js';
import { topBoxes } from './containers/bmff-boxes.js';
import { jpegSegments } from './containers/jpeg-segments.js';
import { pngChunks } from './containers/png-chunks.js';
import { type SeftEntry, seftDirectory } from './containers/seft-directory.js';
import { bounded } from './containers/walk.js';
import { reach } from './reach.js';
import type { Reader } from './reader.js';

/** The records that Samsung's Gallery and camera leave behind the picture, or in a `sefd` box. */
export const seftReader: Reader<'seft'> = {
  carrier: 'seft',
  reach: reach({
    read: 'jpeg png heif bmff',
    none: 'webp gif tiff jxl svg matroska avi flv mp3 wav flac ogg aiff aac pdf cr3 raf psd jp2 zip tar mail cfb mxf ts ps asf dpx exr bmp postscript xmp',
  }),

  async read(asset) {
    const { ends, fault: walkFault } = await trailerEnds(asset);
    const records: SeftRecord[] = [];
    let stopped = walkFault;
    let left: number = limits.carrierTextCharacters;
    let cut = 0;
    for (const end of ends) {
      const walk = await seftDirectory(asset, end);
      stopped ??= walk?.fault;
      for (const entry of walk?.items ?? []) {
        const wanted = Math.min(entry.bytes, limits.privateChunkBytes);
        if (records.length >= limits.seftRecords || wanted > left) {
          stopped ??= bounded('bound.seft', {
            how: 'other',
            most: limits.seftRecords,
            bytes: limits.carrierTextCharacters,
          });
          break;
        }
        const whole = wanted === entry.bytes;
        const text = textOrNone(await asset.read(entry.offset, wanted), whole);
        if (text !== undefined && !whole) cut += 1;
        if (text !== undefined) left -= wanted;
        records.push(recordOf(entry, text));
      }
    }
    const read = conclude(records, records.length === 0, stopped);
    return read.status === 'found' && cut > 0
      ? { ...read, ...fault('bound.seftRecord', { most: limits.privateChunkBytes, count: cut }) }
      : read;
  },
};

/** In BMFF the trailer ends its box; elsewhere it stands behind the picture, and as a rule ends the file. */
async function trailerEnds(asset: Asset): Promise<{ ends: number[]; fault?: WalkFault | undefined }> {
  const { container } = asset.mediaType;
  if (container === 'heif' || container === 'bmff') {
    const { items, fault } = await topBoxes(asset);
    const ends = items.filter((b) => b.type === 'sefd').map((b) => b.dataOffset + b.dataBytes);
    // Some models append it to the file, past the last box.
    return { ends: ends.length > 0 ? ends : [asset.bytes], fault };
  }
  const { end, fault } = container === 'png' ? await pngChunks(asset) : await jpegSegments(asset);
  const from = Math.max(end ?? 0, asset.bytes - limits.seftSearchBytes);
  const found = end === asset.bytes ? -1 : (await asset.read(from, asset.bytes - from)).lastIndexOf('SEFT');
  return { ends: found < 0 ? [] : [from + found + SEFT_BYTES], fault };
}

const SEFT_BYTES = 4;

function recordOf({ type, name, offset, bytes }: SeftEntry, text: string | undefined): SeftRecord {
  return { type, name, offset, bytes, ...(text === undefined ? {} : { text }) };
}

/** Text of a record that is text throughout; pictures and sound in it are none. A cut may part a character. */
function textOrNone(bytes: Buffer, whole: boolean): string | undefined {
  const decoded = bytes.toString('utf8');
  const text = withoutEnd(whole ? decoded : decoded.replace(/\ufffd{1,3}$/, ''), '\0');
  return text === '' || /[\0-\x08\x0e-\x1f\ufffd]/.test(text) ? undefined : text;
}
