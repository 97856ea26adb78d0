import { mkdirSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.js';
import type { FetchBounds } from '../fetching/fetch-limits.js';
import { fetchLink } from '../fetching/fetch-link.js';
import type { Exchange, Fetched } from '../fetching/fetched.js';
import { writeWarc } from '../fetching/warc.js';
import { ownFolder } from '../own-folder.js';
import { newInspectionId } from '../store/inspection-id.js';
import { httpLimits } from './limits.js';
import { Problem } from './problem.js';
import { Turns } from './turns.js';

/** What came of a link. */
export interface Followed {
  fetched: Fetched;
  /** Bytes of all bodies that came in. */
  cameBytes: number;
  /** What was exchanged as WARC 1.1. Of a medium the head of its answer: the file is what is inspected. */
  warc(): Promise<Buffer>;
}

/**
 * Where links are followed: so many at once, and few wait, tenants in turn. A link may take minutes, so it takes none of the places for uploads
 * meanwhile. What comes lies in the data directory, on the same disk as uploads, until its request has its answer.
 */
export class LinkDoor {
  readonly #config: Pick<Config, 'fetch' | 'dataDir'>;
  readonly #bounds: Partial<FetchBounds>;
  readonly #turns = new Turns(httpLimits.linksAtOnce, httpLimits.linksWaiting, () => busy());
  readonly #closing = new AbortController();
  #folder: string | undefined;

  /** `bounds`: others than those of the room. */
  constructor(config: Pick<Config, 'fetch' | 'dataDir'>, bounds: Partial<FetchBounds> = {}) {
    this.#config = config;
    this.#bounds = bounds;
  }

  /** Follows it and hands on what came, which is gone afterwards. Rejects with the signal’s reason where that is aborted. */
  async follow<T>(
    url: string,
    { bytes, tenant, signal }: { bytes: number; tenant: string; signal: AbortSignal },
    take: (followed: Followed) => Promise<T>,
  ): Promise<T> {
    if (this.#closing.signal.aborted) throw busy();
    // Before a turn is taken: where the disk is full, none is lost.
    const folder = join(this.#own(), newInspectionId());
    const turn = this.#turns.enter(tenant, signal);
    if (turn === undefined) throw busy();
    let leave: (() => void) | undefined = await turn;
    try {
      await mkdir(folder, { mode: 0o700 });
      const fetched = await fetchLink(url, {
        settings: this.#config.fetch,
        signal: AbortSignal.any([signal, this.#closing.signal]),
        limits: { ...this.#bounds, bytes },
        folder,
      });
      // What is done with it takes its own turn.
      leave();
      leave = undefined;
      return await take({
        fetched,
        cameBytes: bytesOf(fetched.exchanges),
        warc: () => warcOf(fetched, join(folder, 'exchanges.warc.gz')),
      });
    } catch (error) {
      throw this.#closing.signal.aborted && error === this.#closing.signal.reason ? busy() : error;
    } finally {
      leave?.();
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** The server is shutting down: nobody is let in, and links that are still followed are given up. */
  close(): void {
    this.#closing.abort(busy());
    this.#turns.close(busy());
  }

  /** Once every request has its answer: what had come before `close` was still read until then. */
  async clear(): Promise<void> {
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true });
  }

  /** Made when the first link comes; those of processes that were killed go then. */
  #own(): string {
    if (this.#folder === undefined) {
      mkdirSync(this.#config.dataDir, { recursive: true, mode: 0o700 });
      this.#folder = ownFolder(this.#config.dataDir, 'links');
    }
    return this.#folder;
  }
}

async function warcOf(fetched: Fetched, path: string): Promise<Buffer> {
  const without = fetched.kind === 'medium' ? [fetched.path] : [];
  await writeWarc(fetched.exchanges, path, { without });
  return readFile(path);
}

const bytesOf = (exchanges: readonly Exchange[]): number =>
  exchanges.reduce((sum, { response }) => sum + (response?.body.bytes ?? 0), 0);

const busy = () =>
  new Problem('unavailable', { headers: { 'retry-after': String(httpLimits.retryAfterSeconds) } });
