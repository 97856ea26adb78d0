import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '../../../base/limits.js';
import { message } from '../../../i18n/message.js';
import { type Entry, type FoundEntry, type LocalFile, type LostEntry, SourceError } from '../entry.js';
import type { ExclusionReason } from '../exclusions.js';
import type { TempSpace } from '../scratch.js';
import type { SourceOptions } from '../sources.js';
import { type ObjectAddress, objectPath, parseAddress } from './address.js';
import {
  type BucketClient,
  isTransient,
  type ObjectFacts,
  type ObjectRange,
  toSourceError,
} from './bucket.js';

/** Size of a piece. After an error it is continued from the last byte instead of fetching the whole object again. */
const PIECE_BYTES = 8 * 1024 ** 2;
/** Attempts without a single byte before the read fails. */
const MAX_FRUITLESS_READS = 3;
const PAUSE_MILLIS = 200;

/** Size from which objects are fetched in several pieces at once. */
const PARALLEL_FROM_BYTES = 4 * PIECE_BYTES;
const PIECES_AT_ONCE = 4;

export interface ObjectParts {
  buckets: BucketClient;
  scratch: TempSpace;
}

/**
 * Yields the object of exactly this key, else all objects with the prefix. A list that is incomplete gets a record of
 * its own.
 */
export async function* findObjects(
  path: string,
  options: SourceOptions,
  parts: ObjectParts,
): AsyncGenerator<FoundEntry> {
  const address = parseAddress(path);
  if (address === undefined) {
    yield { lost: invalidAddress(path) };
    return;
  }
  try {
    const itself = await findExactObject(address, parts.buckets);
    if (itself !== undefined) {
      yield { entry: objectEntry(address, itself, parts) };
      return;
    }
    let any = false;
    for await (const facts of parts.buckets.list(address)) {
      any = true;
      if (isExcluded(facts.key, address.key, options)) continue;
      yield { entry: objectEntry({ ...address, key: facts.key }, facts, parts) };
    }
    if (!any) yield { lost: { path, code: 'not-found', userMessage: message('scan.s3.noKey') } };
  } catch (error) {
    const { code, userMessage: why } = toSourceError(error);
    yield { lost: { path, code, userMessage: message('scan.s3.unlisted', { why }) } };
  }
}

/** Returns an object with known facts; no request is made before its bytes are read. */
export function createObjectEntry(
  path: string,
  facts: Omit<ObjectFacts, 'key'>,
  parts: ObjectParts,
): FoundEntry {
  const address = parseAddress(path);
  if (address === undefined) return { lost: invalidAddress(path) };
  return { entry: objectEntry(address, { key: address.key, ...facts }, parts) };
}

/** Returns an object as it is now; `undefined` if it does not exist. Throws an error of the store. */
export async function currentObject(path: string, parts: ObjectParts): Promise<FoundEntry | undefined> {
  const address = parseAddress(path);
  const facts = address && (await parts.buckets.facts(address));
  return address && facts && { entry: objectEntry(address, facts, parts) };
}

const invalidAddress = (path: string): LostEntry => ({
  path,
  code: 'not-found',
  userMessage: message('scan.s3.noAddress'),
});

async function findExactObject(
  { bucket, key }: ObjectAddress,
  buckets: BucketClient,
): Promise<ObjectFacts | undefined> {
  if (key === '' || key.endsWith('/')) return undefined;
  try {
    return await buckets.facts({ bucket, key });
  } catch {
    // The permission to request one object may be missing although listing is permitted.
    return undefined;
  }
}

/** Returns whether filters exclude the key, and counts it. */
export function isExcluded(key: string, prefix: string, options: SourceOptions): boolean {
  const left = exclusionOf(key, prefix, options);
  if (left !== undefined && left !== 'unasked') options.leftOut?.file(left);
  return left !== undefined;
}

/** Keys are matched against filters like paths, starting after the last slash of the prefix. */
function exclusionOf(
  key: string,
  prefix: string,
  { filter, hidden }: SourceOptions,
): ExclusionReason | 'unasked' | undefined {
  // Consoles create such keys to represent empty folders.
  if (key.endsWith('/')) return 'unasked';
  const relative = key.slice(prefix.lastIndexOf('/') + 1);
  const parts = relative.split('/');
  if (!hidden && parts.some((part) => part.startsWith('.'))) return 'hidden';
  for (let depth = 1; depth < parts.length; depth += 1) {
    const left = filter.folderExclusion(parts.slice(0, depth).join('/'));
    if (left !== undefined) return left;
  }
  return filter.nameExclusion(relative);
}

export function objectEntry(
  address: ObjectAddress,
  { bytes, modified, etag }: ObjectFacts,
  parts: ObjectParts,
): Entry {
  const version = etag === undefined ? {} : { etag };
  return {
    path: objectPath(address),
    bytes,
    modified,
    ...version,
    head: async () => {
      const head: Uint8Array[] = [];
      const until = Math.min(bytes, limits.sniffBytes);
      await readRange(address, { from: 0, until, ...version }, parts.buckets, async (piece) => {
        head.push(Uint8Array.from(piece));
      });
      return Buffer.concat(head);
    },
    open: (head) => fetchObject(address, { bytes, ...version }, parts, head),
  };
}

/** Fetches the whole object, because every record has the digest of all bytes. A head that was fetched before is reused. */
async function fetchObject(
  address: ObjectAddress,
  { bytes, etag }: { bytes: number; etag?: string },
  { buckets, scratch }: ObjectParts,
  head: Buffer = Buffer.alloc(0),
): Promise<LocalFile> {
  const held = await scratch.createFile(bytes);
  const given = new AbortController();
  let next = head.length;
  /** Fetches the next piece not taken yet until there are none. */
  const pieces = async () => {
    while (next < bytes && !given.signal.aborted) {
      const from = next;
      const until = Math.min(bytes, from + PIECE_BYTES);
      next = until;
      let at = from;
      const asked = { from, until, given: given.signal, ...(etag === undefined ? {} : { etag }) };
      await readRange(address, asked, buckets, async (piece) => {
        await held.write(piece, at);
        at += piece.length;
      });
    }
  };
  const atOnce = bytes >= PARALLEL_FROM_BYTES ? PIECES_AT_ONCE : 1;
  try {
    if (head.length > 0) await held.write(head, 0);
    const work = Array.from({ length: atOnce }, () =>
      pieces().catch((error: unknown) => {
        given.abort();
        throw error;
      }),
    );
    // The first error is reported; the other workers have ended before the file is deleted.
    await Promise.all(work).catch(async (error: unknown) => {
      await Promise.allSettled(work);
      throw error;
    });
    await held.closed();
    return { local: held.path, close: held.remove };
  } catch (error) {
    await held.remove();
    throw error;
  }
}

/** Yields the bytes of an object in order, piece by piece. Throws an error of the store. */
export async function* readObjectBytes(path: string, { buckets }: ObjectParts): AsyncGenerator<Buffer> {
  const address = parseAddress(path);
  if (address === undefined) throw new SourceError('not-found', message('scan.s3.noAddress'));
  const facts = await buckets.facts(address);
  if (facts === undefined) throw new SourceError('not-found', message('scan.s3.gone'));
  const { bytes, etag } = facts;
  for (let from = 0; from < bytes; from += PIECE_BYTES) {
    const held: Buffer[] = [];
    const until = Math.min(bytes, from + PIECE_BYTES);
    await readRange(
      address,
      { from, until, ...(etag === undefined ? {} : { etag }) },
      buckets,
      async (piece) => {
        held.push(Buffer.from(piece));
      },
    );
    yield Buffer.concat(held);
  }
}

async function readRange(
  address: ObjectAddress,
  { from, until, ...beside }: ObjectRange,
  buckets: BucketClient,
  take: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  let at = from;
  for (let fruitless = 0; at < until; ) {
    const before = at;
    let fault: unknown;
    try {
      await buckets.read(address, { from: at, until, ...beside }, async (bytes) => {
        await take(bytes);
        at += bytes.length;
      });
    } catch (error) {
      if (!isTransient(error) || beside.given?.aborted) throw toSourceError(error);
      fault = error;
    }
    if (at > before) continue;
    fruitless += 1;
    if (fruitless >= MAX_FRUITLESS_READS) {
      throw fault === undefined
        ? new SourceError('not-readable', message('scan.s3.fewer'))
        : toSourceError(fault);
    }
    await delay(PAUSE_MILLIS * 2 ** fruitless);
  }
}
