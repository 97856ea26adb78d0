import { availableParallelism } from 'node:os';
import { fault, faultMessage } from '../../base/fault.js';
import { displayPath, toRecordPath } from '../../base/path-text.js';
import type { Config } from '../../config/settings.js';
import { openSystemPath } from '../../core/media/plain-path.js';
import type { Message } from '../../i18n/message.js';
import { createPictureMaker, type PictureMaker } from '../../inspect/makers/pictures.js';
import { InspectError } from '../../inspect/protocol/inspect-error.js';
import { Confinement } from '../../inspect/sandbox/confinement.js';
import type { Fingerprint, FingerprintKind, Fingerprints } from '../../matching/fingerprint.js';
import { hashContent } from '../../scan/sources/content-hash.js';
import { lostEntryOf } from '../../scan/sources/entry.js';
import { inOrder } from '../shared/in-order.js';
import type { Io } from '../shared/io.js';
import { printIsolationStatus } from '../shared/isolation-message.js';

/** File or hash to search for. */
export interface MatchQuery {
  path?: string;
  hash?: string;
  /** SHA-256 of the file, lower-case hexadecimal. */
  sha256?: string | undefined;
  fingerprints: readonly Fingerprint[];
  /** Kinds of fingerprint that could not be computed. */
  missing: readonly { kind: FingerprintKind; code: string; userMessage: Message }[];
  /** Kinds of fingerprint computed from a part of the file alone. */
  partly?: MatchQuery['missing'];
  /** Reason why nothing can be searched for. */
  fault?: { code: string; userMessage: Message };
}

/** Returns the fingerprints of the files in the given order; `undefined` if interrupted. */
export async function queriesFor(
  files: readonly string[],
  { sandbox }: Pick<Config, 'sandbox'>,
  io: Io,
): Promise<MatchQuery[] | undefined> {
  const jobs = Math.min(availableParallelism(), files.length);
  const maker = createPictureMaker({ jobs: Math.max(1, jobs), confinement: new Confinement({ sandbox }) });
  const stop = () => void maker.close();
  io.interrupted?.addEventListener('abort', stop, { once: true });
  const stopPrinting = printIsolationStatus(io);
  try {
    const all: MatchQuery[] = [];
    for await (const one of inOrder(files, jobs, (path) => queryForFile(path, maker))) {
      if (io.interrupted?.aborted) return undefined;
      all.push(one);
    }
    return all;
  } finally {
    stopPrinting();
    io.interrupted?.removeEventListener('abort', stop);
    await maker.close();
  }
}

async function queryForFile(path: string, maker: Pick<PictureMaker, 'fingerprint'>): Promise<MatchQuery> {
  const made = await fingerprintsAt(path, maker, hashFile);
  return 'fault' in made
    ? { path, fingerprints: [], missing: [], fault: made.fault }
    : { path, sha256: made.beside, ...queryOfFingerprints(made) };
}

/**
 * Returns the fingerprints of a file, or the reason why it cannot be opened, and the result of `meanwhile`, which runs
 * at the same time. If no fingerprint could be computed, the first reason is the fault.
 */
export async function fingerprintsAt<T = undefined>(
  path: string,
  maker: Pick<PictureMaker, 'fingerprint'>,
  meanwhile?: (local: string) => Promise<T>,
): Promise<(Fingerprints & { beside: T | undefined }) | { fault: { code: string; userMessage: Message } }> {
  try {
    const { local, close } = await openSystemPath(path);
    try {
      const [fingerprints, other] = await Promise.all([
        maker.fingerprint({ path: local }),
        meanwhile?.(local),
      ]);
      return fingerprints.made.length === 0
        ? { fault: firstFault(fingerprints) }
        : { ...fingerprints, beside: other };
    } finally {
      await close();
    }
  } catch (error) {
    if (error instanceof InspectError) return { fault: { code: error.code, userMessage: error.userMessage } };
    if (!(error instanceof Error && 'code' in error)) throw error;
    return { fault: lostEntryOf(path, error) };
  }
}

function firstFault({ missing }: Pick<Fingerprints, 'missing'>): { code: string; userMessage: Message } {
  const first = missing[0] ?? fault('fingerprint.none');
  return { code: first.code, userMessage: faultMessage(first) };
}

/** Returns `undefined` if the file cannot be read; the fault of the fingerprints explains why. */
const hashFile = (local: string): Promise<string | undefined> =>
  hashContent(
    { path: local, bytes: 0, modified: 0, open: () => Promise.reject(new Error('it is open')) },
    local,
  );

export const queryOfFingerprints = ({
  made,
  missing,
  partly = [],
}: Fingerprints): Pick<MatchQuery, 'fingerprints' | 'missing' | 'partly'> => ({
  fingerprints: made,
  missing: missing.map(reasonOf),
  partly: partly.map(reasonOf),
});

const reasonOf = ({ kind, ...why }: Fingerprints['missing'][number]) => ({
  ...{ kind, code: why.code },
  userMessage: faultMessage(why),
});

/** Searches for the hash as it is. Hashes of the turned picture cannot be derived from it. */
export function queryOfHash(bits: Uint8Array): MatchQuery {
  const fingerprint: Fingerprint = { kind: 'picture', quality: 100, frames: 1, shelf: bits, query: bits };
  return { hash: Buffer.from(bits).toString('hex'), fingerprints: [fingerprint], missing: [] };
}

export const queryName = ({ path, hash = '' }: MatchQuery): string =>
  path === undefined ? hash : displayPath(path);

export const queryView = ({ path, hash }: MatchQuery): object =>
  path === undefined ? { hash } : toRecordPath(path);
