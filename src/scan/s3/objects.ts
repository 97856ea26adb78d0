import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '../../core/ground/limits.js';
import { said } from '../../say/said.js';
import { type Entry, type Found, type Lost, type Opened, SourceError } from '../entry.js';
import type { LeftOutBy } from '../left-out.js';
import type { Scratch } from '../scratch.js';
import type { SourceOptions } from '../sources.js';
import { type Address, addressOf, pathOf } from './address.js';
import { type Buckets, isPassing, type ObjectFacts, type Range, sourceErrorOf } from './bucket.js';

/** A piece that breaks off is asked for again from where it broke, and not the whole object. */
const PIECE_BYTES = 8 * 1024 ** 2;
/** Without a single byte more. */
const FRUITLESS_READS = 3;
const PAUSE_MILLIS = 200;

/** Larger ones are fetched in so many pieces at once. */
const PARALLEL_FROM_BYTES = 4 * PIECE_BYTES;
const PIECES_AT_ONCE = 4;

export interface ObjectParts {
  buckets: Buckets;
  scratch: Scratch;
}

/** The object of this very name, else all whose keys begin so. A list that breaks off is a record of its own. */
export async function* objectsAt(
  path: string,
  options: SourceOptions,
  parts: ObjectParts,
): AsyncGenerator<Found> {
  const address = addressOf(path);
  if (address === undefined) {
    yield { lost: noAddress(path) };
    return;
  }
  try {
    const itself = await one(address, parts.buckets);
    if (itself !== undefined) {
      yield { entry: objectEntry(address, itself, parts) };
      return;
    }
    let any = false;
    for await (const facts of parts.buckets.list(address)) {
      any = true;
      if (isLeftOut(facts.key, address.key, options)) continue;
      yield { entry: objectEntry({ ...address, key: facts.key }, facts, parts) };
    }
    if (!any) yield { lost: { path, code: 'not-found', said: said('scan.s3.noKey') } };
  } catch (error) {
    const { code, said: why } = sourceErrorOf(error);
    yield { lost: { path, code, said: said('scan.s3.unlisted', { why }) } };
  }
}

/** One whose facts are known: nothing is asked before its bytes are. */
export function objectOf(path: string, facts: Omit<ObjectFacts, 'key'>, parts: ObjectParts): Found {
  const address = addressOf(path);
  if (address === undefined) return { lost: noAddress(path) };
  return { entry: objectEntry(address, { key: address.key, ...facts }, parts) };
}

/** One as it is now; undefined where the store says that it has none. Throws what sourceErrorOf understands. */
export async function objectNow(path: string, parts: ObjectParts): Promise<Found | undefined> {
  const address = addressOf(path);
  const facts = address && (await parts.buckets.facts(address));
  return address && facts && { entry: objectEntry(address, facts, parts) };
}

const noAddress = (path: string): Lost => ({
  path,
  code: 'not-found',
  said: said('scan.s3.noAddress'),
});

async function one({ bucket, key }: Address, buckets: Buckets): Promise<ObjectFacts | undefined> {
  if (key === '' || key.endsWith('/')) return undefined;
  try {
    return await buckets.facts({ bucket, key });
  } catch {
    // Without the right to ask for it the list may still be open.
    return undefined;
  }
}

/** Whether filters leave it out; then it is counted. */
export function isLeftOut(key: string, prefix: string, options: SourceOptions): boolean {
  const left = leftBy(key, prefix, options);
  if (left !== undefined && left !== 'unasked') options.leftOut?.file(left);
  return left !== undefined;
}

/** Keys are held against filters as paths are: from the last slash of what was asked for. */
function leftBy(
  key: string,
  prefix: string,
  { filter, hidden }: SourceOptions,
): LeftOutBy | 'unasked' | undefined {
  // What consoles make to show an empty folder.
  if (key.endsWith('/')) return 'unasked';
  const relative = key.slice(prefix.lastIndexOf('/') + 1);
  const parts = relative.split('/');
  if (!hidden && parts.some((part) => part.startsWith('.'))) return 'hidden';
  for (let depth = 1; depth < parts.length; depth += 1) {
    const left = filter.leavesFolder(parts.slice(0, depth).join('/'));
    if (left !== undefined) return left;
  }
  return filter.leavesName(relative);
}

export function objectEntry(
  address: Address,
  { bytes, modified, etag }: ObjectFacts,
  parts: ObjectParts,
): Entry {
  const version = etag === undefined ? {} : { etag };
  return {
    path: pathOf(address),
    bytes,
    modified,
    ...version,
    head: async () => {
      const head: Uint8Array[] = [];
      const until = Math.min(bytes, limits.sniffBytes);
      await readWhole(address, { from: 0, until, ...version }, parts.buckets, async (piece) => {
        head.push(Uint8Array.from(piece));
      });
      return Buffer.concat(head);
    },
    open: (head) => opened(address, { bytes, ...version }, parts, head),
  };
}

/** Every record carries the digest of all bytes, so all of them are brought here; a head that is here is not fetched again. */
async function opened(
  address: Address,
  { bytes, etag }: { bytes: number; etag?: string },
  { buckets, scratch }: ObjectParts,
  head: Buffer = Buffer.alloc(0),
): Promise<Opened> {
  const held = await scratch.take(bytes);
  const given = new AbortController();
  let next = head.length;
  /** The next piece that nobody has, until there is none. */
  const pieces = async () => {
    while (next < bytes && !given.signal.aborted) {
      const from = next;
      const until = Math.min(bytes, from + PIECE_BYTES);
      next = until;
      let at = from;
      const asked = { from, until, given: given.signal, ...(etag === undefined ? {} : { etag }) };
      await readWhole(address, asked, buckets, async (piece) => {
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
    // The first that went wrong says why; none writes on to what is taken away.
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

/** All bytes of an object, in their order, a piece at a time. Throws what sourceErrorOf understands. */
export async function* bytesAt(path: string, { buckets }: ObjectParts): AsyncGenerator<Buffer> {
  const address = addressOf(path);
  if (address === undefined) throw new SourceError('not-found', said('scan.s3.noAddress'));
  const facts = await buckets.facts(address);
  if (facts === undefined) throw new SourceError('not-found', said('scan.s3.gone'));
  const { bytes, etag } = facts;
  for (let from = 0; from < bytes; from += PIECE_BYTES) {
    const held: Buffer[] = [];
    const until = Math.min(bytes, from + PIECE_BYTES);
    await readWhole(
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

async function readWhole(
  address: Address,
  { from, until, ...beside }: Range,
  buckets: Buckets,
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
      if (!isPassing(error) || beside.given?.aborted) throw sourceErrorOf(error);
      fault = error;
    }
    if (at > before) continue;
    fruitless += 1;
    if (fruitless >= FRUITLESS_READS) {
      throw fault === undefined
        ? new SourceError('not-readable', said('scan.s3.fewer'))
        : sourceErrorOf(fault);
    }
    await delay(PAUSE_MILLIS * 2 ** fruitless);
  }
}
