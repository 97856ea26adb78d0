import { fault } from '../../../base/fault.js';
import { limits } from '../../../base/limits.js';
import { trimEndCharacters } from '../../../base/trim-end.js';
import type { SeftRecord } from '../../evidence/evidence.js';
import type { Asset } from '../../media/asset.js';
import { conclude, type WalkFault } from '../conclude.js';
import { listTopBoxes } from '../containers/bmff-boxes.js';
import { readJpegSegments } from '../containers/jpeg-segments.js';
import { readPngChunks } from '../containers/png-chunks.js';
import { readSeftDirectory, type SeftEntry } from '../containers/seft-directory.js';
import { bounded } from '../containers/walk.js';
import type { Reader } from '../reader.js';

/** Reads the records that Samsung's Gallery and camera append to the picture, or put into a `sefd` box. */
export const seftReader: Reader<'seft'> = {
  carrier: 'seft',

  async read(asset) {
    const { ends, fault: walkFault } = await findTrailerEnds(asset);
    const records: SeftRecord[] = [];
    let stopped = walkFault;
    let left: number = limits.carrierTextCharacters;
    let cut = 0;
    for (const end of ends) {
      const walk = await readSeftDirectory(asset, end);
      stopped ??= walk?.fault;
      for (const entry of walk?.items ?? []) {
        const wanted = Math.min(entry.bytes, limits.privateChunkBytes);
        if (records.length >= limits.seftRecords || wanted > left) {
          stopped ??= bounded('bound.texts', {
            place: 'SEFT',
            unit: 'bytes',
            most: limits.seftRecords,
            length: limits.carrierTextCharacters,
          });
          break;
        }
        const whole = wanted === entry.bytes;
        const text = decodeRecordText(await asset.read(entry.offset, wanted), whole);
        if (text !== undefined && !whole) cut += 1;
        if (text !== undefined) left -= wanted;
        records.push(recordOf(entry, text));
      }
    }
    const read = conclude(records, records.length === 0, stopped);
    return read.status === 'found' && cut > 0
      ? { ...read, ...fault('bound.shortened', { most: limits.privateChunkBytes, count: cut }) }
      : read;
  },
};

/**
 * Returns possible ends of the trailer. In BMFF it ends its box; elsewhere it follows the picture and normally ends the
 * file.
 */
async function findTrailerEnds(asset: Asset): Promise<{ ends: number[]; fault?: WalkFault | undefined }> {
  const { container } = asset.mediaType;
  if (container === 'heif' || container === 'bmff') {
    const { items, fault } = await listTopBoxes(asset);
    const ends = items.filter((b) => b.type === 'sefd').map((b) => b.dataOffset + b.dataBytes);
    // Some models append it to the file after the last box.
    return { ends: ends.length > 0 ? ends : [asset.bytes], fault };
  }
  const { end, fault } = container === 'png' ? await readPngChunks(asset) : await readJpegSegments(asset);
  const from = Math.max(end ?? 0, asset.bytes - limits.seftSearchBytes);
  const found = end === asset.bytes ? -1 : (await asset.read(from, asset.bytes - from)).lastIndexOf('SEFT');
  return { ends: found < 0 ? [] : [from + found + SEFT_BYTES], fault };
}

const SEFT_BYTES = 4;

function recordOf({ type, name, offset, bytes }: SeftEntry, text: string | undefined): SeftRecord {
  return { type, name, offset, bytes, ...(text === undefined ? {} : { text }) };
}

/**
 * Returns the text of a record that is entirely text; `undefined` for pictures and sound. Truncation may split the last
 * character.
 */
function decodeRecordText(bytes: Buffer, whole: boolean): string | undefined {
  const decoded = bytes.toString('utf8');
  const text = trimEndCharacters(whole ? decoded : decoded.replace(/\ufffd{1,3}$/, ''), '\0');
  return text === '' || /[\0-\x08\x0e-\x1f\ufffd]/.test(text) ? undefined : text;
}
