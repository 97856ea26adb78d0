import { setLawInForce } from '../../core/law/rulebooks/index.js';
import { type Message, message } from '../../i18n/message.js';
import { MessageError, messageOf } from '../../i18n/message-error.js';
import { fetchArchive, isExpired } from './install.js';
import type { TrustedKey } from './keys.js';
import type { CurrentLaw, LawFolder } from './law-folder.js';
import { LawRefusal } from './law-refusal.js';
import { type LoadedLaw, listArchives, listSigned, loadLaw } from './loaded-law.js';
import type { SharedLaw } from './shared-law.js';

/**
 * The law that all machines share is not available here, and the present law of this process would give another answer
 * than theirs. The update is tried again.
 */
export class LawUnavailable extends MessageError {
  override name = 'LawUnavailable';
  readonly code = 'law.away';
}

/** Names of laws; `undefined`: the built-in law. */
export interface LawChange {
  before: string | undefined;
  after: string | undefined;
}

export interface LawWatcherOptions {
  /** Left out: no law can be installed here. */
  folder?: LawFolder | undefined;
  shared?: SharedLaw | undefined;
  /** Keys that may sign law shared by other machines. Rejects if the operator named none. */
  loadKeys(): Promise<readonly TrustedKey[]>;
  /** Writes to the log. */
  log(what: Message): void;
  /** Called once per change, after other law came into force in this process. */
  onChange?(change: LawChange): void;
  now?(): Date;
}

const POLL_MILLIS = 2_000;
const DAY_MILLIS = 86_400_000;

/**
 * Keeps the law of this process up to date. Every inspection awaits `follow` first, which costs one check of a file, or
 * of a row if machines share a database; besides, it checks every two seconds.
 */
export class LawWatcher {
  readonly #parts: LawWatcherOptions;
  #law: LoadedLaw | undefined;
  /** Last stamp or name of the followed source. */
  #lastSeen: string | undefined;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lastLogged: string | undefined;
  #staleLoggedAt = Number.NEGATIVE_INFINITY;

  constructor(parts: LawWatcherOptions) {
    this.#parts = parts;
  }

  /** Name of the law in force in this process; `undefined`: the built-in law. */
  get digest(): string | undefined {
    return this.#law?.name;
  }

  /** Loads the law at the start; rejects if there is one to follow and it is not available. */
  async start(): Promise<void> {
    await this.#update({ first: true });
    this.#logStale();
    this.#timer = setInterval(() => {
      this.follow().catch(() => undefined);
      this.#logStale();
    }, POLL_MILLIS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /**
   * Updates to the law in force. Rejects with `LawUnavailable` if other machines may have it and this process cannot
   * load it, because it must not answer then. If only this machine has the law and it cannot be read, the fault is
   * logged and the previous law stays.
   */
  follow(): Promise<void> {
    // One check that begins after this call serves all callers that wait meanwhile.
    const last = this.#running?.catch(() => undefined) ?? Promise.resolve();
    this.#next ??= last.then(() => {
      this.#running = this.#next;
      this.#next = undefined;
      return this.#update({ first: false });
    });
    return this.#next;
  }

  async #update({ first }: { first: boolean }): Promise<void> {
    const { shared, folder } = this.#parts;
    // Outside the `try`: an unavailable database is no fault of the law.
    const inForce = await shared?.current();
    try {
      if (shared !== undefined) await this.#followShared(shared, inForce, first);
      else if (folder !== undefined) await this.#followFolder(folder, first);
      this.#lastLogged = undefined;
    } catch (error) {
      if (first) throw error;
      this.#logFaultOnce(error);
      if (shared !== undefined)
        throw new LawUnavailable(message('lawUpdate.unavailable', { why: messageOf(error) }));
    }
  }

  async #followFolder(folder: LawFolder, first: boolean): Promise<void> {
    const stamp = await folder.readStamp();
    if (stamp === this.#lastSeen) return;
    // Unreadable law is not read again until the file is replaced.
    this.#lastSeen = stamp;
    const current = await folder.readCurrent();
    await this.#putInForce(current?.digest, folder, first);
  }

  async #followShared(shared: SharedLaw, inForce: CurrentLaw | undefined, first: boolean): Promise<void> {
    const current = inForce ?? (await this.#publishOwn(shared));
    const digest = current?.digest;
    if (this.#lastSeen === (digest ?? 'none')) return;
    const { folder } = this.#parts;
    if (digest !== undefined) {
      if (folder === undefined) throw new LawRefusal('law.noFolder');
      for (const one of listArchives(digest))
        if (!(await folder.has(one))) await fetchArchive(one, folder, shared, await this.#parts.loadKeys());
    }
    await this.#putInForce(digest, folder, first);
    if (current !== undefined) await this.#storeInFolder(current);
    this.#lastSeen = digest ?? 'none';
  }

  /** Publishes the law that was installed here before machines shared one. */
  async #publishOwn(shared: SharedLaw): Promise<CurrentLaw | undefined> {
    const { folder } = this.#parts;
    const own = await folder?.readCurrent();
    if (folder === undefined || own?.digest === undefined) return undefined;
    const archives = new Map<string, Buffer>();
    for (const digest of listArchives(own.digest)) archives.set(digest, await folder.buildArchive(digest));
    await shared.setFirst(own, archives);
    return shared.current();
  }

  /** Writes the folder too, so that commands on this machine use the same law. */
  async #storeInFolder(current: CurrentLaw): Promise<void> {
    const { folder } = this.#parts;
    if (folder === undefined) return;
    const here = await folder.readCurrent().catch(() => undefined);
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
    const law = digest === undefined || folder === undefined ? undefined : await loadLaw(folder, digest);
    if (law === undefined) setLawInForce();
    else setLawInForce(law.books);
    this.#law = law;
    this.#staleLoggedAt = Number.NEGATIVE_INFINITY;
    if (first) return;
    this.#parts.log(
      digest === undefined ? message('lawUpdate.log.builtIn') : message('lawUpdate.log.inForce', { digest }),
    );
    this.#logStale();
    this.#parts.onChange?.({ before, after: digest });
  }

  /** Logs a fault once as long as it stays the same. */
  #logFaultOnce(error: unknown): void {
    const why = messageOf(error);
    const key = JSON.stringify(why);
    if (key === this.#lastLogged) return;
    this.#lastLogged = key;
    this.#parts.log(message('lawUpdate.log.notTaken', { why }));
  }

  /** Logs expired law once a day. */
  #logStale(): void {
    const now = this.#parts.now?.() ?? new Date();
    const stale = listSigned(this.#law).filter(({ manifest }) => isExpired(manifest, now));
    if (stale.length === 0 || now.getTime() - this.#staleLoggedAt < DAY_MILLIS) return;
    this.#staleLoggedAt = now.getTime();
    for (const { digest, manifest } of stale)
      this.#parts.log(message('lawUpdate.log.stale', { digest, day: manifest.expires }));
  }
}
