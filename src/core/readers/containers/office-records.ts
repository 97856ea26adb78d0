import { limits } from '../../ground/limits.js';
import { type ByteSource, ByteWindow } from './walk.js';

/** Records of Excel ([MS-XLS] §2.1.4) and PowerPoint ([MS-PPT] §2.3.1) on the way to what other programs put into them. */

/** Pictures of an Excel file stand in these records, and where they are long in those that continue them. */
const DRAWING_GROUP = 0xeb;
const CONTINUE = 0x3c;

interface Run {
  offset: number;
  bytes: number;
}

/** What an Excel file keeps of its drawings, put together; undefined where its records lead past its end or are too many. */
export async function excelDrawings(source: ByteSource): Promise<ByteSource | undefined> {
  const runs: Run[] = [];
  const window = new ByteWindow(source);
  let isInGroup = false;
  let at = 0;
  for (let count = 0; at + 4 <= source.bytes; count++) {
    if (count >= limits.officeRecords) return undefined;
    const head = await window.bytes(at, 4);
    if (head.length < 4) return undefined;
    const [type, bytes] = [head.readUInt16LE(0), head.readUInt16LE(2)];
    isInGroup = type === DRAWING_GROUP || (isInGroup && type === CONTINUE);
    if (isInGroup && at + 4 + bytes <= source.bytes) runs.push({ offset: at + 4, bytes });
    at += 4 + bytes;
  }
  return joined(source, runs);
}

/** Runs of a stream as one. */
function joined(source: ByteSource, runs: readonly Run[]): ByteSource {
  const starts: number[] = [];
  let total = 0;
  for (const { bytes } of runs) {
    starts.push(total);
    total += bytes;
  }
  return {
    bytes: total,
    read: async (offset, length) => {
      const pieces: Buffer[] = [];
      let left = Math.min(length, total - offset);
      for (let index = indexOf(starts, offset), at = offset; left > 0; index++) {
        const run = runs[index];
        if (run === undefined) break;
        const within = at - (starts[index] ?? 0);
        const wanted = Math.min(left, run.bytes - within);
        const piece = await source.read(run.offset + within, wanted);
        pieces.push(piece);
        if (piece.length < wanted) break;
        at += piece.length;
        left -= piece.length;
      }
      return Buffer.concat(pieces);
    },
  };
}

/** The last that begins at `offset` or before. */
function indexOf(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low;
}

export interface PresentationRecord extends Run {
  type: number;
  instance: number;
}

const HEADER_BYTES = 8;
/** The version of a record that holds others. */
const CONTAINER = 0xf;

/** Records of these types in a presentation, at any depth; undefined where they lead past its end or are too many. */
export async function presentationRecords(
  source: ByteSource,
  types: ReadonlySet<number>,
): Promise<PresentationRecord[] | undefined> {
  const found: PresentationRecord[] = [];
  const window = new ByteWindow(source);
  let at = 0;
  for (let count = 0; at + HEADER_BYTES <= source.bytes; count++) {
    if (count >= limits.officeRecords) return undefined;
    const head = await window.bytes(at, HEADER_BYTES);
    if (head.length < HEADER_BYTES) return undefined;
    const start = head.readUInt16LE(0);
    const [type, bytes] = [head.readUInt16LE(2), head.readUInt32LE(4)];
    at += HEADER_BYTES;
    // A record that holds others is stepped into: those follow its header.
    if ((start & 0xf) === CONTAINER) continue;
    if (at + bytes > source.bytes) return undefined;
    if (types.has(type)) found.push({ type, instance: start >> 4, offset: at, bytes });
    at += bytes;
  }
  return found;
}
