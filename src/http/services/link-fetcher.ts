import { mkdirSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createOwnFolder } from '../../base/files/temp-dir.js';
import type { Config } from '../../config/settings.js';
import type { FetchLimits } from '../../service/fetching/fetch-limits.js';
import { fetchLink } from '../../service/fetching/fetch-link.js';
import type { Exchange, FetchResult } from '../../service/fetching/fetched.js';
import { writeWarc } from '../../service/fetching/warc.js';
import { newInspectionId } from '../../storage/engine/record-id.js';
import { httpLimits } from '../contract/limits.js';
import { Problem } from '../contract/problems/problem.js';
import { TenantFairQueue } from './tenant-fair-queue.js';

/** Result of following a link. */
export interface FollowedLink {
  fetched: FetchResult;
  /** Bytes of all response bodies. */
  receivedBytes: number;
  /**
   * HTTP exchanges as WARC 1.1. Of a media file only the head of its answer is recorded, since the file itself is
   * inspected.
   */
  warc(): Promise<Buffer>;
}

/**
 * Follows links: a bounded number at once, a few more wait, and tenants take turns. A link may take minutes, so it
 * occupies no upload slot meanwhile. Its file lies in the data directory, on the same disk as uploads, until its
 * request is answered.
 */
export class LinkFetcher {
  readonly #config: Pick<Config, 'fetch' | 'dataDir'>;
  readonly #bounds: Partial<FetchLimits>;
  readonly #turns = new TenantFairQueue(httpLimits.linksAtOnce, httpLimits.linksWaiting, () => busyProblem());
  readonly #closing = new AbortController();
  #folder: string | undefined;

  /** `bounds` override the defaults of fetching. */
  constructor(config: Pick<Config, 'fetch' | 'dataDir'>, bounds: Partial<FetchLimits> = {}) {
    this.#config = config;
    this.#bounds = bounds;
  }

  /**
   * Follows a link and passes the result to `take`; its files are deleted afterwards. Rejects with the signal’s reason
   * if that is aborted.
   */
  async follow<T>(
    url: string,
    { bytes, tenant, signal }: { bytes: number; tenant: string; signal: AbortSignal },
    take: (followed: FollowedLink) => Promise<T>,
  ): Promise<T> {
    if (this.#closing.signal.aborted) throw busyProblem();
    // Runs before a slot is taken, so that a full disk leaks none.
    const folder = join(this.#ownFolder(), newInspectionId());
    const turn = this.#turns.acquire(tenant, signal);
    if (turn === undefined) throw busyProblem();
    let leave: (() => void) | undefined = await turn;
    try {
      await mkdir(folder, { mode: 0o700 });
      const fetched = await fetchLink(url, {
        settings: this.#config.fetch,
        signal: AbortSignal.any([signal, this.#closing.signal]),
        limits: { ...this.#bounds, bytes },
        folder,
      });
      // Work on the result takes its own slot.
      leave();
      leave = undefined;
      return await take({
        fetched,
        receivedBytes: countBytes(fetched.exchanges),
        warc: () => buildWarc(fetched, join(folder, 'exchanges.warc.gz')),
      });
    } catch (error) {
      throw this.#closing.signal.aborted && error === this.#closing.signal.reason ? busyProblem() : error;
    } finally {
      leave?.();
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Shuts down: refuses new links and aborts those under way. */
  close(): void {
    this.#closing.abort(busyProblem());
    this.#turns.close(busyProblem());
  }

  /** Called once every request is answered: files that came before `close` are read until then. */
  async removeFolder(): Promise<void> {
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true });
  }

  /** Creates the folder when the first link comes, and removes those of processes that were killed. */
  #ownFolder(): string {
    if (this.#folder === undefined) {
      mkdirSync(this.#config.dataDir, { recursive: true, mode: 0o700 });
      this.#folder = createOwnFolder(this.#config.dataDir, 'links');
    }
    return this.#folder;
  }
}

async function buildWarc(fetched: FetchResult, path: string): Promise<Buffer> {
  const without = fetched.kind === 'medium' ? [fetched.path] : [];
  await writeWarc(fetched.exchanges, path, { omittedBodies: without });
  return readFile(path);
}

const countBytes = (exchanges: readonly Exchange[]): number =>
  exchanges.reduce((sum, { response }) => sum + (response?.body.bytes ?? 0), 0);

const busyProblem = () =>
  new Problem('unavailable', { headers: { 'retry-after': String(httpLimits.retryAfterSeconds) } });
