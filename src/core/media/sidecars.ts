import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { fault, type ReadFault } from '../ground/fault.js';
import { limits } from '../ground/limits.js';

/**
 * What is kept beside a file: at most one C2PA manifest store, and XMP packets. Several go through every door as one file
 * (they one after the other, then the length of each, how many there are, and a mark), so that a question has one
 * sidecar however many there are. One alone is itself.
 */

/** Decided from bytes. What is no XMP is handed to the engine, which says what is wrong with it. */
export type SidecarKind = 'store' | 'xmp';

/** Where one of them stands. */
export interface SidecarRun {
  path: string;
  offset: number;
  bytes: number;
}

export interface Sidecars {
  store?: SidecarRun;
  xmp: SidecarRun[];
  /** Why nobody knows what they are. */
  fault?: ReadFault;
}

const MARK = Buffer.from('\0assay sidecars 1', 'latin1');
const COUNT_BYTES = 4;
const LENGTH_BYTES = 8;
/** One store, and so much XMP. */
export const MOST_SIDECARS = 1 + limits.xmpSidecars;
/** Enough to know what it is. */
export const SIDECAR_HEAD_BYTES = 1_024;

/** XMP Specification Part 1 §7: the wrapper, the root, or the RDF element alone; in UTF-8 or UTF-16, with its mark. */
const XMP =
  /^\s*(?:<\?xml[^>]{0,256}\?>\s*)?(?:<!--[\s\S]{0,512}?-->\s*)?<(?:\?xpacket |x:x[am]pmeta[\s>]|rdf:RDF[\s>])/;

export function sidecarKind(head: Buffer): SidecarKind {
  const big = head[0] === 0xfe && head[1] === 0xff;
  const wide = big || (head[0] === 0xff && head[1] === 0xfe);
  const even = Buffer.from(head.subarray(0, head.length & ~1));
  const text = !wide ? head.toString('utf8') : (big ? even.swap16() : even).toString('utf16le');
  return XMP.test(text.replace(/^\ufeff/, '')) ? 'xmp' : 'store';
}

/** What stands behind several that were written one after the other. */
export function sidecarTrailer(lengths: readonly number[]): Buffer {
  const numbers = Buffer.alloc(lengths.length * LENGTH_BYTES + COUNT_BYTES);
  for (const [at, length] of lengths.entries()) numbers.writeBigUInt64LE(BigInt(length), at * LENGTH_BYTES);
  numbers.writeUInt32LE(lengths.length, lengths.length * LENGTH_BYTES);
  return Buffer.concat([numbers, MARK]);
}

/** Opened without waiting, since a FIFO would keep the reader for ever; why not, where it is no file that can be read. */
export async function openSidecar(path: string): Promise<{ file: FileHandle; bytes: number } | ReadFault> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => undefined);
  if (file === undefined) return unreadable('notOpened');
  try {
    const stat = await file.stat();
    if (stat.isFile()) return { file, bytes: stat.size };
  } catch {
    await file.close();
    return unreadable('other');
  }
  await file.close();
  return unreadable('notAFile');
}

export const unreadable = (why: 'notOpened' | 'notAFile' | 'shorter' | 'other'): ReadFault =>
  fault('sidecar.notReadable', { why });

/** What is kept there; never rejects. */
export async function sidecarsIn(path: string): Promise<Sidecars> {
  const opened = await openSidecar(path);
  if ('code' in opened) return { xmp: [], fault: opened };
  const { file, bytes } = opened;
  try {
    const lengths = await lengthsIn(file, bytes);
    if (lengths === undefined)
      return { xmp: [], fault: fault('bound.xmpSidecars', { most: limits.xmpSidecars }) };
    const found: Sidecars = { xmp: [] };
    let offset = 0;
    for (const length of lengths) {
      const run = { path, offset, bytes: length };
      const head = Buffer.alloc(Math.min(SIDECAR_HEAD_BYTES, length));
      await file.read(head, 0, head.length, offset);
      offset += length;
      if (sidecarKind(head) === 'xmp') found.xmp.push(run);
      else if (found.store === undefined) found.store = run;
      else return { xmp: [], fault: fault('sidecar.twoStores') };
    }
    return found;
  } catch {
    return { xmp: [], fault: unreadable('other') };
  } finally {
    await file.close();
  }
}

/** Of each; undefined where there are more than may come, or the numbers lie. */
async function lengthsIn(file: FileHandle, bytes: number): Promise<number[] | undefined> {
  const endBytes = COUNT_BYTES + MARK.length;
  const end = Buffer.alloc(Math.min(endBytes, bytes));
  await file.read(end, 0, end.length, Math.max(0, bytes - endBytes));
  if (end.length < endBytes || !end.subarray(COUNT_BYTES).equals(MARK)) return [bytes];
  const count = end.readUInt32LE(0);
  const trailerBytes = count * LENGTH_BYTES + endBytes;
  if (count > MOST_SIDECARS || trailerBytes > bytes) return undefined;
  const numbers = Buffer.alloc(count * LENGTH_BYTES);
  await file.read(numbers, 0, numbers.length, bytes - trailerBytes);
  const lengths = Array.from({ length: count }, (_, at) =>
    Number(numbers.readBigUInt64LE(at * LENGTH_BYTES)),
  );
  const all = lengths.reduce((sum, one) => sum + one, 0);
  return all === bytes - trailerBytes ? lengths : undefined;
}

/** The whole of one of them, never more than `most`; a fault where it cannot be had. */
export async function sidecarRun(
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
      if (bytesRead === 0) return unreadable('shorter');
      filled += bytesRead;
    }
    return content;
  } catch {
    return unreadable('other');
  } finally {
    await opened.file.close();
  }
}
