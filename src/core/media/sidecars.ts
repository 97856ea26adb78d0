import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { fault, type ReadFault } from '../../base/fault.js';
import { limits } from '../../base/limits.js';

/**
 * Sidecars of a file: at most one C2PA manifest store, and XMP packets. Several are combined into one file (their
 * contents, then the length of each, their number and a mark), so that all interfaces pass just one sidecar. A single
 * one is passed unchanged.
 */

/** Determined from the bytes. Anything but XMP is given to the engine, which reports what is wrong with it. */
export type SidecarKind = 'store' | 'xmp';

/** Range of one sidecar within the combined file. */
export interface SidecarRun {
  path: string;
  offset: number;
  bytes: number;
}

export interface Sidecars {
  store?: SidecarRun;
  xmp: SidecarRun[];
  /** Reason why the sidecars could not be read. */
  fault?: ReadFault;
}

const MARK = Buffer.from('\0assay sidecars 1', 'latin1');
const COUNT_BYTES = 4;
const LENGTH_BYTES = 8;
/** One store and the maximum of XMP files. */
export const MAX_SIDECARS = 1 + limits.xmpSidecars;
/** Bytes needed to determine the kind. */
export const SIDECAR_HEAD_BYTES = 1_024;

/**
 * XMP Specification Part 1 §7: the wrapper, the root element, or the RDF element alone; in UTF-8, or in UTF-16 with its
 * mark.
 */
const XMP =
  /^\s*(?:<\?xml[^>]{0,256}\?>\s*)?(?:<!--[\s\S]{0,512}?-->\s*)?<(?:\?xpacket |x:x[am]pmeta[\s>]|rdf:RDF[\s>])/;

export function detectSidecarKind(head: Buffer): SidecarKind {
  const big = head[0] === 0xfe && head[1] === 0xff;
  const wide = big || (head[0] === 0xff && head[1] === 0xfe);
  const even = Buffer.from(head.subarray(0, head.length & ~1));
  const text = !wide ? head.toString('utf8') : (big ? even.swap16() : even).toString('utf16le');
  return XMP.test(text.replace(/^\ufeff/, '')) ? 'xmp' : 'store';
}

/** Returns the trailer of a combined file. */
export function createSidecarTrailer(lengths: readonly number[]): Buffer {
  const numbers = Buffer.alloc(lengths.length * LENGTH_BYTES + COUNT_BYTES);
  for (const [at, length] of lengths.entries()) numbers.writeBigUInt64LE(BigInt(length), at * LENGTH_BYTES);
  numbers.writeUInt32LE(lengths.length, lengths.length * LENGTH_BYTES);
  return Buffer.concat([numbers, MARK]);
}

/**
 * Opens a sidecar without blocking, since a FIFO would block the reader forever. Returns a fault if it is not a
 * readable regular file.
 */
export async function openSidecar(path: string): Promise<{ file: FileHandle; bytes: number } | ReadFault> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => undefined);
  if (file === undefined) return unreadableSidecar('notOpened');
  try {
    const stat = await file.stat();
    if (stat.isFile()) return { file, bytes: stat.size };
  } catch {
    await file.close();
    return unreadableSidecar('other');
  }
  await file.close();
  return unreadableSidecar('notAFile');
}

export const unreadableSidecar = (why: 'notOpened' | 'notAFile' | 'shorter' | 'other'): ReadFault =>
  fault('sidecar.notReadable', { why });

/** Lists the sidecars in a file. Never rejects. */
export async function listSidecars(path: string): Promise<Sidecars> {
  const opened = await openSidecar(path);
  if ('code' in opened) return { xmp: [], fault: opened };
  const { file, bytes } = opened;
  try {
    const lengths = await readLengths(file, bytes);
    if (lengths === undefined)
      return { xmp: [], fault: fault('bound.xmpSidecars', { most: limits.xmpSidecars }) };
    const found: Sidecars = { xmp: [] };
    let offset = 0;
    for (const length of lengths) {
      const run = { path, offset, bytes: length };
      const head = Buffer.alloc(Math.min(SIDECAR_HEAD_BYTES, length));
      await file.read(head, 0, head.length, offset);
      offset += length;
      if (detectSidecarKind(head) === 'xmp') found.xmp.push(run);
      else if (found.store === undefined) found.store = run;
      else return { xmp: [], fault: fault('sidecar.twoStores') };
    }
    return found;
  } catch {
    return { xmp: [], fault: unreadableSidecar('other') };
  } finally {
    await file.close();
  }
}

/** Returns the length of each sidecar; `undefined` if there are too many or the lengths are inconsistent. */
async function readLengths(file: FileHandle, bytes: number): Promise<number[] | undefined> {
  const endBytes = COUNT_BYTES + MARK.length;
  const end = Buffer.alloc(Math.min(endBytes, bytes));
  await file.read(end, 0, end.length, Math.max(0, bytes - endBytes));
  if (end.length < endBytes || !end.subarray(COUNT_BYTES).equals(MARK)) return [bytes];
  const count = end.readUInt32LE(0);
  const trailerBytes = count * LENGTH_BYTES + endBytes;
  if (count > MAX_SIDECARS || trailerBytes > bytes) return undefined;
  const numbers = Buffer.alloc(count * LENGTH_BYTES);
  await file.read(numbers, 0, numbers.length, bytes - trailerBytes);
  const lengths = Array.from({ length: count }, (_, at) =>
    Number(numbers.readBigUInt64LE(at * LENGTH_BYTES)),
  );
  const all = lengths.reduce((sum, one) => sum + one, 0);
  return all === bytes - trailerBytes ? lengths : undefined;
}

/** Returns the content of one sidecar, or a fault if it is too large or cannot be read. */
export async function readSidecar(
  { path, offset, bytes }: SidecarRun,
  tooLarge: ReadFault | undefined,
): Promise<Buffer | ReadFault> {
  if (tooLarge !== undefined) return tooLarge;
  const opened = await openSidecar(path);
  if ('code' in opened) return opened;
  try {
    const content = Buffer.alloc(bytes);
    for (let filled = 0; filled < bytes; ) {
      const { bytesRead } = await opened.file.read(content, filled, bytes - filled, offset + filled);
      if (bytesRead === 0) return unreadableSidecar('shorter');
      filled += bytesRead;
    }
    return content;
  } catch {
    return unreadableSidecar('other');
  } finally {
    await opened.file.close();
  }
}
