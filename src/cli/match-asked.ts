import { availableParallelism } from 'node:os';
import type { Config } from '../config.js';
import { fault, faultSaid } from '../core/ground/fault.js';
import { textOfPath, toldPath } from '../core/ground/path-text.js';
import type { Likeness, Likenesses, LikenessKind } from '../core/likeness/likeness.js';
import { reachedFile } from '../core/media/reach.js';
import { Confinement } from '../isolation/confinement.js';
import { InspectError } from '../isolation/inspect-error.js';
import { createPictureMaker, type PictureMaker } from '../isolation/pictures.js';
import type { Said } from '../say/said.js';
import { contentOf } from '../scan/content.js';
import { lostBy } from '../scan/entry.js';
import { tellHeld } from './held-told.js';
import { inOrder } from './in-order.js';
import type { Io } from './io.js';

/** One file, or one hash, that was asked about. */
export interface AskedOne {
  path?: string;
  hash?: string;
  /** Of the file’s bytes. */
  sha256?: string | undefined;
  asked: readonly Likeness[];
  /** Which sides of it could not be made. */
  missing: readonly { kind: LikenessKind; code: string; said: Said }[];
  /** Why nothing of it can be asked. */
  fault?: { code: string; said: Said };
}

/** What the files look and sound like, in the order given. Undefined where somebody wants it to end. */
export async function askedOf(
  files: readonly string[],
  { sandbox }: Pick<Config, 'sandbox'>,
  io: Io,
): Promise<AskedOne[] | undefined> {
  const jobs = Math.min(availableParallelism(), files.length);
  const maker = createPictureMaker({ jobs: Math.max(1, jobs), confinement: new Confinement({ sandbox }) });
  const stop = () => void maker.close();
  io.interrupted?.addEventListener('abort', stop, { once: true });
  const tellNoMore = tellHeld(io);
  try {
    const all: AskedOne[] = [];
    for await (const one of inOrder(files, jobs, (path) => askedOfFile(path, maker))) {
      if (io.interrupted?.aborted) return undefined;
      all.push(one);
    }
    return all;
  } finally {
    tellNoMore();
    io.interrupted?.removeEventListener('abort', stop);
    await maker.close();
  }
}

async function askedOfFile(path: string, maker: Pick<PictureMaker, 'likeness'>): Promise<AskedOne> {
  try {
    const { local, close } = await reachedFile(path);
    try {
      const [likenesses, sha256] = await Promise.all([maker.likeness({ path: local }), bytesHashed(local)]);
      return { path, sha256, ...ofLikenesses(likenesses) };
    } finally {
      await close();
    }
  } catch (error) {
    if (error instanceof InspectError) return { path, asked: [], missing: [], fault: error };
    if (!(error instanceof Error && 'code' in error)) throw error;
    return { path, asked: [], missing: [], fault: lostBy(path, error) };
  }
}

/** Undefined where they cannot be had, which the likeness says better. */
const bytesHashed = (local: string): Promise<string | undefined> =>
  contentOf(
    { path: local, bytes: 0, modified: 0, open: () => Promise.reject(new Error('it is open')) },
    local,
  );

export function ofLikenesses({ made, missing }: Likenesses): Omit<AskedOne, 'path' | 'hash'> {
  const asked = made.filter(({ query }) => query.length > 0);
  const told = missing.map(({ kind, ...why }) => ({ kind, code: why.code, said: faultSaid(why) }));
  const [first = { code: 'likeness.none', said: faultSaid(fault('likeness.none')) }] = told;
  return {
    asked,
    missing: told,
    ...(asked.length === 0 ? { fault: { code: first.code, said: first.said } } : {}),
  };
}

/** It is asked with as it is: what a turned picture would have is not known of a hash. */
export function ofHash(bits: Uint8Array): AskedOne {
  const likeness: Likeness = { kind: 'picture', quality: 100, frames: 1, shelf: bits, query: bits };
  return { hash: Buffer.from(bits).toString('hex'), asked: [likeness], missing: [] };
}

export const nameOfAsked = ({ path, hash = '' }: AskedOne): string =>
  path === undefined ? hash : textOfPath(path);

export const askedTold = ({ path, hash }: AskedOne): object =>
  path === undefined ? { hash } : toldPath(path);
