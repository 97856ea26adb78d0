import { limits } from '../../../base/limits.js';
import { type ByteSource, ByteWindow, bounded, malformed, type Walk } from './walk.js';

/** Records of Excel ([MS-XLS] §2.1.4) and PowerPoint ([MS-PPT] §2.3.1) that lead to inserted content of other programs. */

/** Record types that hold the pictures of an Excel file and, for long ones, their continuation. */
const DRAWING_GROUP = 0xeb;
const CONTINUE = 0x3c;
const END = 0x0a;

interface Run {
  offset: number;
  bytes: number;
}

const TOO_MANY = bounded('bound.entries', { place: 'PPT', most: limits.officeRecords });
const BROKEN = malformed('compound.damaged');

/** Returns the drawings of an Excel file, assembled; with a fault, as many of them as were found. */
export async function readExcelDrawings(
  source: ByteSource,
): Promise<{ drawings: ByteSource; fault?: Walk<never>['fault'] }> {
  const runs: Run[] = [];
  const window = new ByteWindow(source);
  let isInGroup = false;
  let at = 0;
  for (let count = 0; at + 4 <= source.bytes; count++) {
    if (count >= limits.officeRecords) return { drawings: joinRuns(source, runs), fault: TOO_MANY };
    const head = window.bytesInBlock(at, 4) ?? (await window.bytes(at, 4));
    if (head.length < 4) return { drawings: joinRuns(source, runs), fault: BROKEN };
    const [type, bytes] = [head.readUInt16LE(0), head.readUInt16LE(2)];
    // Drawings belong to the workbook, whose own records end here; those of its sheets follow.
    if (type === END) break;
    isInGroup = type === DRAWING_GROUP || (isInGroup && type === CONTINUE);
    if (isInGroup && at + 4 + bytes <= source.bytes) runs.push({ offset: at + 4, bytes });
    at += 4 + bytes;
  }
  return { drawings: joinRuns(source, runs) };
}

/** Joins spans of a stream into one source. */
function joinRuns(source: ByteSource, runs: readonly Run[]): ByteSource {
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

/** Returns the index of the last start at or before `offset`. */
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
/** Version of a record that contains others. */
const CONTAINER = 0xf;

/** Returns records of these types in a presentation, at any depth. */
export async function readPresentationRecords(
  source: ByteSource,
  types: ReadonlySet<number>,
): Promise<Walk<PresentationRecord>> {
  const items: PresentationRecord[] = [];
  const window = new ByteWindow(source);
  let at = 0;
  for (let count = 0; at + HEADER_BYTES <= source.bytes; count++) {
    if (count >= limits.officeRecords) return { items, fault: TOO_MANY };
    const head = window.bytesInBlock(at, HEADER_BYTES) ?? (await window.bytes(at, HEADER_BYTES));
    if (head.length < HEADER_BYTES) return { items, fault: BROKEN };
    const start = head.readUInt16LE(0);
    const [type, bytes] = [head.readUInt16LE(2), head.readUInt32LE(4)];
    at += HEADER_BYTES;
    // The records inside a container record follow its header.
    if ((start & 0xf) === CONTAINER) continue;
    if (at + bytes > source.bytes) return { items, fault: BROKEN };
    if (types.has(type)) items.push({ type, instance: start >> 4, offset: at, bytes });
    at += bytes;
  }
  return { items };
}
