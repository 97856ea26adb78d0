import type { KeyObject } from 'node:crypto';
import { putInForce } from '../core/law/rulebooks/index.js';
import { type Said, said } from '../say/said.js';
import { errorSaid, SaidError } from '../say/said-error.js';
import { isExpired } from './install.js';
import { judgeBooks } from './judge-books.js';
import type { Current, LawFolder } from './law-folder.js';
import { LawRefusal } from './law-refusal.js';
import { type LoadedLaw, loadedLaw } from './loaded-law.js';
import { openBundle } from './open-bundle.js';
import type { SharedLaw } from './shared-law.js';

/** The law of all is not the law here, and an answer of here would be another than theirs. It is tried again. */
export class LawAway extends SaidError {
  override name = 'LawAway';
  readonly code = 'law.away';
}

/** Digests; undefined: the law that came with the program. */
export interface LawChange {
  before: string | undefined;
  after: string | undefined;
}

export interface LawWatchParts {
  /** Left out: no law is installed here. */
  folder?: LawFolder | undefined;
  shared?: SharedLaw | undefined;
  /** Who may have signed what comes from the others. Rejects where the operator has named nobody. */
  keys(): Promise<readonly KeyObject[]>;
  /** For the log. */
  tell(what: Said): void;
  /** Other law has come into force in this process: once a change, after it. */
  changed?(change: LawChange): void;
  now?(): Date;
}

const LOOK_MILLIS = 2_000;
const DAY_MILLIS = 86_400_000;

/**
 * Keeps this process at the law that is in force. Whoever begins an inspection asks it to `follow` first, which costs one
 * look at a file, or at a row where machines share a database; beside that it looks every other second.
 */
export class LawWatch {
  readonly #parts: LawWatchParts;
  #law: LoadedLaw | undefined;
  /** What was seen last, of what is followed. */
  #seen: string | undefined;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #told: string | undefined;
  #staleTold = Number.NEGATIVE_INFINITY;

  constructor(parts: LawWatchParts) {
    this.#parts = parts;
  }

  /** Digest of what is in force here; undefined: the law that came with the program. */
  get digest(): string | undefined {
    return this.#law?.digest;
  }

  /** At the start: rejects where there is law to follow and it cannot be had. */
  async start(): Promise<void> {
    await this.#once({ first: true });
    this.#tellStale();
    this.#timer = setInterval(() => {
      this.follow().catch(() => undefined);
      this.#tellStale();
    }, LOOK_MILLIS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /**
   * Comes to the law that is in force by now. Rejects with `LawAway` where others may have it and this process cannot: it must
   * not answer then. Of what this machine alone has, what cannot be read is told, and what was in force stays.
   */
  follow(): Promise<void> {
    // One look that begins after this call does for all that ask meanwhile.
    const last = this.#running?.catch(() => undefined) ?? Promise.resolve();
    this.#next ??= last.then(() => {
      this.#running = this.#next;
      this.#next = undefined;
      return this.#once({ first: false });
    });
    return this.#next;
  }

  async #once({ first }: { first: boolean }): Promise<void> {
    const { shared, folder } = this.#parts;
    // A database that is away says nothing of law.
    const inForce = await shared?.current();
    try {
      if (shared !== undefined) await this.#followShared(shared, inForce, first);
      else if (folder !== undefined) await this.#followFolder(folder, first);
      this.#told = undefined;
    } catch (error) {
      if (first) throw error;
      this.#tellOnce(error);
      if (shared !== undefined) throw new LawAway(said('lawUpdate.away', { why: errorSaid(error) }));
    }
  }

  async #followFolder(folder: LawFolder, first: boolean): Promise<void> {
    const stamp = await folder.stamp();
    if (stamp === this.#seen) return;
    // What cannot be read is not read again and again: it is looked at anew once it is another.
    this.#seen = stamp;
    const current = await folder.current();
    await this.#putInForce(current?.digest, folder, first);
  }

  async #followShared(shared: SharedLaw, inForce: Current | undefined, first: boolean): Promise<void> {
    const current = inForce ?? (await this.#sayFirst(shared));
    const digest = current?.digest;
    if (this.#seen === (digest ?? 'none')) return;
    const { folder } = this.#parts;
    if (digest !== undefined) {
      if (folder === undefined) throw new LawRefusal('law.noFolder');
      if (!(await folder.has(digest))) await this.#fetch(digest, shared, folder);
    }
    await this.#putInForce(digest, folder, first);
    if (current !== undefined) await this.#noteHere(current);
    this.#seen = digest ?? 'none';
  }

  /** Law that was installed here before machines shared any. */
  async #sayFirst(shared: SharedLaw): Promise<Current | undefined> {
    const { folder } = this.#parts;
    const own = await folder?.current();
    if (folder === undefined || own?.digest === undefined) return undefined;
    await shared.setFirst(own, await folder.archiveOf(own.digest));
    return shared.current();
  }

  async #fetch(digest: string, shared: SharedLaw, folder: LawFolder): Promise<void> {
    const archive = await shared.bundle(digest);
    if (archive === undefined) throw new LawRefusal('law.notShared', { digest });
    const bundle = openBundle(archive, await this.#parts.keys());
    if (bundle.digest !== digest) throw new LawRefusal('law.broken', { digest });
    await folder.place(bundle, judgeBooks);
  }

  /** So that commands on this machine have the same law. */
  async #noteHere(current: Current): Promise<void> {
    const { folder } = this.#parts;
    if (folder === undefined) return;
    const here = await folder.current().catch(() => undefined);
    if (here?.digest === current.digest) return;
    if (here === undefined && current.digest === undefined) return;
    await folder.setCurrent(current);
  }

  async #putInForce(
    digest: string | undefined,
    folder: LawFolder | undefined,
    first: boolean,
  ): Promise<void> {
    const before = this.digest;
    if (digest === before) return;
    const law = digest === undefined || folder === undefined ? undefined : await loadedLaw(folder, digest);
    if (law === undefined) putInForce();
    else putInForce(law.folder, law.books);
    this.#law = law;
    this.#staleTold = Number.NEGATIVE_INFINITY;
    if (first) return;
    this.#parts.tell(
      digest === undefined ? said('lawUpdate.log.builtIn') : said('lawUpdate.log.inForce', { digest }),
    );
    this.#tellStale();
    this.#parts.changed?.({ before, after: digest });
  }

  /** Once for as long as it is the same. */
  #tellOnce(error: unknown): void {
    const why = errorSaid(error);
    const key = JSON.stringify(why);
    if (key === this.#told) return;
    this.#told = key;
    this.#parts.tell(said('lawUpdate.log.notTaken', { why }));
  }

  /** Once a day. */
  #tellStale(): void {
    const now = this.#parts.now?.() ?? new Date();
    if (this.#law === undefined || !isExpired(this.#law.manifest, now)) return;
    if (now.getTime() - this.#staleTold < DAY_MILLIS) return;
    this.#staleTold = now.getTime();
    const { digest, manifest } = this.#law;
    this.#parts.tell(said('lawUpdate.log.stale', { digest, day: manifest.expires }));
  }
}
