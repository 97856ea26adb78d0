import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '../../core/ground/limits.js';
import { said } from '../../say/said.js';
import { type Entry, type Found, type Lost, type Opened, SourceError } from '../entry.js';
import type { LeftOutBy } from '../left-out.js';
import type { Scratch } from '../scratch.js';
import type { SourceOptions } from '../sources.js';
import { type Address, addressOf, pathOf } from './address.js';
import { type Buckets, isPassing, type ObjectFacts, sourceErrorOf } from './bucket.js';

/** A piece that breaks off is asked for again from where it broke, and not the whole object. */
const PIECE_BYTES = 8 * 1024 ** 2;
/** Without a single byte more. */
const FRUITLESS_READS = 3;
const PAUSE_MILLIS = 200;

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
      const left = leftBy(facts.key, address.key, options);
      if (left === undefined) yield { entry: objectEntry({ ...address, key: facts.key }, facts, parts) };
      else if (left !== 'unasked') options.leftOut?.file(left);
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

function objectEntry(address: Address, { bytes, modified, etag }: ObjectFacts, parts: ObjectParts): Entry {
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
  try {
    await held.write(head);
    for (let from = head.length; from < bytes; from += PIECE_BYTES) {
      const until = Math.min(bytes, from + PIECE_BYTES);
      const asked = { from, until, ...(etag === undefined ? {} : { etag }) };
      await readWhole(address, asked, buckets, async (piece) => {
        await held.write(piece);
      });
    }
    await held.closed();
    return { local: held.path, close: held.remove };
  } catch (error) {
    await held.remove();
    throw error;
  }
}

async function readWhole(
  address: Address,
  { from, until, etag }: { from: number; until: number; etag?: string },
  buckets: Buckets,
  take: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  let at = from;
  for (let fruitless = 0; at < until; ) {
    const before = at;
    let fault: unknown;
    try {
      await buckets.read(
        address,
        { from: at, until, ...(etag === undefined ? {} : { etag }) },
        async (bytes) => {
          await take(bytes);
          at += bytes.length;
        },
      );
    } catch (error) {
      if (!isPassing(error)) throw sourceErrorOf(error);
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
