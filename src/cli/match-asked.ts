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
  /** Of which sides a part alone was looked at. */
  partly?: AskedOne['missing'];
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
  const made = await likenessesAt(path, maker, bytesHashed);
  return 'fault' in made
    ? { path, asked: [], missing: [], fault: made.fault }
    : { path, sha256: made.beside, ...ofLikenesses(made) };
}

/**
 * What a file looks and sounds like, or why it could not be opened; and what else is made of it meanwhile. Of which
 * nothing could be made, the first reason is the fault.
 */
export async function likenessesAt<T = undefined>(
  path: string,
  maker: Pick<PictureMaker, 'likeness'>,
  meanwhile?: (local: string) => Promise<T>,
): Promise<(Likenesses & { beside: T | undefined }) | { fault: { code: string; said: Said } }> {
  try {
    const { local, close } = await reachedFile(path);
    try {
      const [likenesses, beside] = await Promise.all([maker.likeness({ path: local }), meanwhile?.(local)]);
      return likenesses.made.length === 0 ? { fault: faultIn(likenesses) } : { ...likenesses, beside };
    } finally {
      await close();
    }
  } catch (error) {
    if (error instanceof InspectError) return { fault: error };
    if (!(error instanceof Error && 'code' in error)) throw error;
    return { fault: lostBy(path, error) };
  }
}

function faultIn({ missing }: Pick<Likenesses, 'missing'>): { code: string; said: Said } {
  const first = missing[0] ?? fault('likeness.none');
  return { code: first.code, said: faultSaid(first) };
}

/** Undefined where they cannot be had, which the likeness says better. */
const bytesHashed = (local: string): Promise<string | undefined> =>
  contentOf(
    { path: local, bytes: 0, modified: 0, open: () => Promise.reject(new Error('it is open')) },
    local,
  );

export const ofLikenesses = ({
  made,
  missing,
  partly = [],
}: Likenesses): Pick<AskedOne, 'asked' | 'missing' | 'partly'> => ({
  asked: made,
  missing: missing.map(whyOf),
  partly: partly.map(whyOf),
});

const whyOf = ({ kind, ...why }: Likenesses['missing'][number]) => ({
  ...{ kind, code: why.code },
  said: faultSaid(why),
});

/** It is asked with as it is: what a turned picture would have is not known of a hash. */
export function ofHash(bits: Uint8Array): AskedOne {
  const likeness: Likeness = { kind: 'picture', quality: 100, frames: 1, shelf: bits, query: bits };
  return { hash: Buffer.from(bits).toString('hex'), asked: [likeness], missing: [] };
}

export const nameOfAsked = ({ path, hash = '' }: AskedOne): string =>
  path === undefined ? hash : textOfPath(path);

export const askedTold = ({ path, hash }: AskedOne): object =>
  path === undefined ? { hash } : toldPath(path);
