import type { Database } from './database.js';
import type { Query } from './inside.js';

/** Who asked for what, when, and how it ended. No file names, no content, no addresses of clients. */
export interface AuditEntry {
  tenant: string;
  at: string;
  /** Left out where nobody has to show a key. */
  keyId?: string;
  /** The key's name. */
  who: string;
  /** An operation of the API, as `deleteInspection`, or a page's method and route. */
  action: string;
  /** The id in its address. */
  subject?: string;
  /** Of the answer. */
  status: number;
  requestId: string;
}

export interface NumberedEntry extends AuditEntry {
  /** Ascending in the order of writing. */
  number: number;
}

/** Entries are written a little later and together: one by one, each request would wait for the disk. */
const FLUSH_MILLIS = 1_000;
const FLUSH_ENTRIES = 100;
/** While the database does not answer; what comes beyond is lost, and counted. */
const MOST_WAITING = 10_000;

export class Audit {
  readonly #query: Query;
  readonly #onError: (error: unknown, lost: number) => void;
  #waiting: AuditEntry[] = [];
  #lost = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor({ query }: Pick<Database, 'query'>, onError: (error: unknown, lost: number) => void) {
    this.#query = query;
    this.#onError = onError;
  }

  note(entry: AuditEntry): void {
    if (this.#waiting.length >= MOST_WAITING) {
      this.#lost += 1;
      return;
    }
    this.#waiting.push(entry);
    if (this.#waiting.length >= FLUSH_ENTRIES) void this.flush();
    else this.#timer ??= setTimeout(() => void this.flush(), FLUSH_MILLIS).unref();
  }

  /** Never rejects: what could not be written waits for the next time. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  /** Newest first; `before`: only those with lower numbers. */
  async list(
    tenant: string,
    { before, limit }: { before?: number; limit: number },
  ): Promise<NumberedEntry[]> {
    await this.flush();
    const all = this.#query
      .selectFrom('audit')
      .selectAll()
      .where('tenant', '=', tenant)
      .orderBy('number', 'desc')
      .limit(limit);
    const rows = await (before === undefined ? all : all.where('number', '<', before)).execute();
    return rows.map(({ key_id, subject, request_id, ...row }) => ({
      ...row,
      ...(key_id === null ? {} : { keyId: key_id }),
      ...(subject === null ? {} : { subject }),
      requestId: request_id,
    }));
  }

  async dropBefore(at: string): Promise<void> {
    await this.#query.deleteFrom('audit').where('at', '<', at).execute();
  }

  async #write(): Promise<void> {
    while (this.#waiting.length > 0) {
      const entries = this.#waiting.splice(0, FLUSH_ENTRIES);
      try {
        await this.#query.insertInto('audit').values(entries.map(rowOf)).execute();
        this.#lost = 0;
      } catch (error) {
        this.#waiting.unshift(...entries);
        this.#onError(error, this.#lost);
        return;
      }
    }
  }
}

const rowOf = ({ keyId, subject, requestId, ...entry }: AuditEntry) => ({
  ...entry,
  key_id: keyId ?? null,
  subject: subject ?? null,
  request_id: requestId,
});
