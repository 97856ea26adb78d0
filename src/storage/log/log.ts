import { randomUUID } from 'node:crypto';
import { EXTRACT_SCHEMA, type LogExtract, type LogExtractLeaf } from '../../core/transparency-log/extract.js';
import type { Leaf, LogEvent } from '../../core/transparency-log/leaf.js';
import {
  storedConsistencyProof,
  storedInclusionProof,
  TiledNodes,
  type TreeNodes,
} from '../../core/transparency-log/proofs.js';
import type { Database } from '../engine/database.js';
import type { StoreTransaction } from '../engine/transaction.js';
import { EventRepository } from '../events/kysely-events.js';
import { LogHeadSigner, type LogSigner, type SignedHead } from './log-heads.js';
import { addLeaves, lockTree } from './log-rows.js';
import { StoredTiles, toDigest } from './log-tiles.js';

export type { Actor, LogEvent } from '../../core/transparency-log/leaf.js';
export type { LogSigner } from './log-heads.js';

/** Leaves are written together after a delay, since otherwise each request would wait for the disk. */
const FLUSH_MILLIS = 1_000;
const FLUSH_EVENTS = 100;
/** Maximum events in memory while the database does not respond; further ones are lost, and the log records how many. */
const MAX_WAITING = 10_000;
/** Leaves per transaction. */
const AT_ONCE = 1_000;
const TENANTS_AT_ONCE = 100;
/** A head is signed after this many leaves, or after this time if the log grew. */
const HEAD_LEAVES = 1_024;
const HEAD_MILLIS = 60_000;
/**
 * Interval at which processes that share a database report that they are alive, and the silence after which one counts
 * as dead.
 */
const SEEN_MILLIS = 60_000;
const DEAD_MILLIS = 5 * 60_000;
/** Maximum leaves per extract. */
const MAX_EXTRACTED = 10_000;
const SUBJECTS_AT_ONCE = 500;

interface LostEvents {
  count: number;
  from: string;
  to: string;
}

/**
 * Log of events, per tenant, as leaves of an append-only tree. Several processes may write: a writer locks the tenant's
 * row, so that indexes have no gap. Events that must be atomic with a change are written in its transaction (`append`)
 * and get their index soon after; others (`note`) wait briefly in memory.
 */
export class EventLog {
  readonly #database: Database;
  #onError: (error: unknown, lost: number) => void;
  readonly #id = randomUUID();
  readonly #mostWaiting: number;
  #noted: LogEvent[] = [];
  readonly #lost = new Map<string, LostEvents>();
  #timer: NodeJS.Timeout | undefined;
  #timers: NodeJS.Timeout[] = [];
  #writing: Promise<void> = Promise.resolve();
  /** Next write, which has not started yet. */
  #next: Promise<void> | undefined;
  #heads: LogHeadSigner | undefined;
  /** Called after each round of heads; writes the file of heads. */
  #afterHeads: (() => Promise<void>) | undefined;
  #isWriter = false;
  /** Tenants whose leaves could not be written last time. */
  readonly #failing = new Set<string>();

  constructor(
    database: Database,
    onError: (error: unknown, lost: number) => void = () => undefined,
    { mostWaiting = MAX_WAITING }: { mostWaiting?: number } = {},
  ) {
    this.#database = database;
    this.#mostWaiting = mostWaiting;
    this.#onError = onError;
  }

  /** Sets the error handler. `lost`: number of events dropped while the database did not respond. */
  onFault(onError: (error: unknown, lost: number) => void): void {
    this.#onError = onError;
  }

  /** Queues an event to be written later together with others. Never rejects; drops are recorded in the log. */
  queueEvent(event: LogEvent): void {
    if (this.#noted.length >= this.#mostWaiting) {
      const { count, from } = this.#lost.get(event.tenant) ?? { count: 0, from: event.at };
      this.#lost.set(event.tenant, { count: count + 1, from, to: event.at });
      return;
    }
    this.#noted.push(event);
    // If the database does not respond, one attempt per second suffices.
    if (this.#noted.length === FLUSH_EVENTS) void this.flush();
    else this.#timer ??= setTimeout(() => void this.flush(), FLUSH_MILLIS).unref();
  }

  /** Writes events in the transaction of the change: both exist or neither does. */
  async append(inside: StoreTransaction, event: LogEvent | readonly LogEvent[]): Promise<void> {
    const events: readonly LogEvent[] = Array.isArray(event) ? event : [event];
    for (let first = 0; first < events.length; first += AT_ONCE) {
      const some = events.slice(first, first + AT_ONCE);
      await inside.insertInto('log_waiting').values(some.map(toWaitingRow)).execute();
    }
  }

  /** Writes queued events. Never rejects: events that could not be written wait for the next attempt. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // A caller that arrives before the next write starts is served by it.
    this.#next ??= this.#writing.then(() => {
      this.#next = undefined;
      return this.#write();
    });
    this.#writing = this.#next;
    return this.#writing;
  }

  /** Writes an event at once. Rejects if that fails: for commands, which do not live long enough to retry. */
  async writeNow(event: LogEvent): Promise<void> {
    await this.#database.query.transaction().execute((inside) => this.append(inside, event));
    await this.flush();
  }

  /**
   * Starts periodic writing of leaves, and of heads if there is a signer. `alone`: no other process has events for this
   * database in memory.
   */
  async start({ alone, signer, afterHeads }: LogStart): Promise<void> {
    if (signer !== undefined) this.signWith(signer);
    this.#afterHeads = afterHeads;
    this.#isWriter = true;
    await this.#seen(alone);
    await this.flush();
    const every = (millis: number, work: () => Promise<unknown>) =>
      this.#timers.push(
        setInterval(() => void work().catch((error: unknown) => this.#onError(error, 0)), millis).unref(),
      );
    every(FLUSH_MILLIS, () => this.flush());
    every(HEAD_MILLIS, () => this.signHeads());
    if (!alone) every(SEEN_MILLIS, () => this.#seen(false));
  }

  /** Starts periodic writing of leaves, for a process that has none in memory. */
  startPlacing(): void {
    this.#timers.push(setInterval(() => void this.flush(), FLUSH_MILLIS).unref());
  }

  signWith(signer: LogSigner): void {
    this.#heads = new LogHeadSigner(this.#database, new EventRepository(this.#database), signer);
  }

  /** Signs the heads of all logs that grew. */
  async signHeads(): Promise<void> {
    try {
      await this.#heads?.signAll(new Date());
    } finally {
      await this.#afterHeads?.();
    }
  }

  /** Writes all queued events. Never rejects. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
    await this.flush();
    if (!this.#isWriter) return;
    await this.signHeads().catch((error: unknown) => this.#onError(error, 0));
    try {
      // Events still queued are lost with this process; its row stays and informs the next one.
      if (this.#noted.length > 0 || this.#lost.size > 0) return;
      await this.#database.query.deleteFrom('log_writers').where('id', '=', this.#id).execute();
    } catch (error) {
      this.#onError(error, 0);
    }
  }

  /** Returns the current signed head; `undefined` without a signer. */
  async getHead(tenant: string): Promise<string | undefined> {
    return (await this.getSignedHead(tenant))?.checkpoint;
  }

  async getSignedHead(tenant: string): Promise<SignedHead | undefined> {
    await this.flush();
    return this.#heads?.signHead(tenant, new Date());
  }

  /**
   * Returns the leaves about these subjects, each with its proof under the current head; `undefined` without a signer.
   * `persons`: includes persons that are still stored.
   */
  async extract(
    tenant: string,
    subjects: readonly string[],
    { persons }: { persons: boolean },
  ): Promise<LogExtract | undefined> {
    const head = await this.getSignedHead(tenant);
    if (head === undefined) return undefined;
    const { query } = this.#database;
    const nodes = new TiledNodes(new StoredTiles(query, tenant));
    const leaves: LogExtractLeaf[] = [];
    let isCut = false;
    for (const some of chunks(subjects)) {
      const room = MAX_EXTRACTED - leaves.length;
      const rows = await query
        .selectFrom('log_leaves')
        .leftJoin('log_persons', (join) =>
          join
            .onRef('log_persons.tenant', '=', 'log_leaves.tenant')
            .onRef('log_persons.at_index', '=', 'log_leaves.at_index'),
        )
        .select(['log_leaves.at_index', 'leaf', 'salt', 'who', 'key_id'])
        .where('log_leaves.tenant', '=', tenant)
        .where('subject', 'in', some)
        .where('log_leaves.at_index', '<', head.size)
        .orderBy('log_leaves.at_index')
        .limit(room + 1)
        .execute();
      isCut ||= rows.length > room;
      for (const { at_index, leaf, salt, who, key_id } of rows.slice(0, room)) {
        const index = Number(at_index);
        const proof = await storedInclusionProof(nodes, index, head.size);
        leaves.push({
          index,
          leaf: parseLeaf(leaf),
          ...(persons && who !== null && salt !== null
            ? { person: { ...(key_id === null ? {} : { keyId: key_id }), who, salt } }
            : {}),
          proof: proof.map((one) => one.toString('base64')),
        });
      }
    }
    leaves.sort((a, b) => a.index - b.index);
    const { origin, verifierKey, checkpoint } = head;
    const about = (table: 'audit' | 'log_leaves') => this.#countAbout(table, tenant, subjects);
    const beforeTheLog = await about('audit');
    const pruned = await this.getPruned(tenant);
    return {
      schema: EXTRACT_SCHEMA,
      origin,
      verifierKey,
      checkpoint,
      leaves,
      ...(beforeTheLog === 0 ? {} : { beforeTheLog }),
      ...(isCut ? { leftOut: (await about('log_leaves')) - leaves.length } : {}),
      ...(pruned === 0 ? {} : { pruned }),
    };
  }

  /** Returns the index before which only the hashes of leaves remain. */
  async getPruned(tenant: string): Promise<number> {
    const row = await this.#database.query
      .selectFrom('log_trees')
      .select('pruned')
      .where('tenant', '=', tenant)
      .executeTakeFirst();
    return Number(row?.pruned ?? 0);
  }

  async #countAbout(
    table: 'audit' | 'log_leaves',
    tenant: string,
    subjects: readonly string[],
  ): Promise<number> {
    let count = 0;
    for (const some of chunks(subjects)) {
      const { number } = await this.#database.query
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<number>().as('number'))
        .where('tenant', '=', tenant)
        .where('subject', 'in', some)
        .executeTakeFirstOrThrow();
      count += Number(number);
    }
    return count;
  }

  /** Returns stored leaves from that index, without persons. */
  async listLeaves(tenant: string, from: number, limit: number): Promise<StoredLeaf[]> {
    await this.flush();
    const rows = await this.#database.query
      .selectFrom('log_leaves')
      .select(['at_index', 'leaf', 'hash'])
      .where('tenant', '=', tenant)
      .where('at_index', '>=', from)
      .orderBy('at_index')
      .limit(limit)
      .execute();
    return rows.map(({ at_index, leaf, hash }) => ({
      index: Number(at_index),
      ...(leaf === null ? {} : { leaf: parseLeaf(leaf) }),
      hash: toDigest(hash).toString('base64'),
    }));
  }

  /**
   * Returns the proof that a leaf is in the tree of the first `size` leaves. Rejects with `RangeError` if there is no
   * such leaf.
   */
  async proveInclusion(tenant: string, index: number, size: number): Promise<string[]> {
    if (index >= size) throw new RangeError('no such leaf');
    return this.#proof(tenant, size, (nodes) => storedInclusionProof(nodes, index, size));
  }

  /**
   * Returns the proof that the tree of the first `size` leaves extends that of the first `from`. Rejects like
   * `inclusion`.
   */
  async proveConsistency(tenant: string, from: number, size: number): Promise<string[]> {
    if (from > size) throw new RangeError('no such tree');
    return this.#proof(tenant, size, (nodes) => storedConsistencyProof(nodes, from, size));
  }

  async #proof(
    tenant: string,
    size: number,
    make: (nodes: TreeNodes) => Promise<readonly Uint8Array[]>,
  ): Promise<string[]> {
    await this.flush();
    const { query } = this.#database;
    const tree = await query
      .selectFrom('log_trees')
      .select('size')
      .where('tenant', '=', tenant)
      .executeTakeFirst();
    if (size > Number(tree?.size ?? 0)) throw new RangeError('no such tree');
    const proof = await make(new TiledNodes(new StoredTiles(query, tenant))).catch((error: unknown) => {
      // The position exists, so missing hashes are not the caller's mistake.
      throw error instanceof RangeError ? new Error('hashes of the log are gone', { cause: error }) : error;
    });
    return proof.map((one) => Buffer.from(one).toString('base64'));
  }

  async #write(): Promise<void> {
    try {
      for (;;) {
        const tenants = await this.#tenantsWaiting();
        if (tenants.length === 0) return;
        for (const tenant of tenants) await this.#placed(tenant);
      }
    } catch (error) {
      const lost = [...this.#lost.values()].reduce((sum, { count }) => sum + count, 0);
      this.#onError(error, lost);
    }
  }

  /** Sorts failing tenants last, so that a fault of one log does not block the others. */
  async #tenantsWaiting(): Promise<string[]> {
    const rows = await this.#database.query
      .selectFrom('log_waiting')
      .select('tenant')
      .groupBy('tenant')
      .limit(TENANTS_AT_ONCE + this.#failing.size)
      .execute();
    const all = new Set([...this.#noted, ...rows].map(({ tenant }) => tenant));
    for (const tenant of this.#lost.keys()) all.add(tenant);
    return [...all].sort((a, b) => Number(this.#failing.has(a)) - Number(this.#failing.has(b)));
  }

  async #placed(tenant: string): Promise<void> {
    try {
      await this.#place(tenant);
      this.#failing.delete(tenant);
    } catch (error) {
      this.#failing.add(tenant);
      throw error;
    }
  }

  /** Assigns indexes to some events of a tenant: those written with changes, and those queued here. */
  async #place(tenant: string): Promise<void> {
    const mine = this.#noted.filter((event) => event.tenant === tenant).slice(0, AT_ONCE);
    const lost = this.#lost.get(tenant);
    const size = await this.#database.query.transaction().execute(async (inside) => {
      const row = await lockTree(inside, tenant);
      const rows = await inside
        .selectFrom('log_waiting')
        .selectAll()
        .where('tenant', '=', tenant)
        .orderBy('number')
        .limit(AT_ONCE)
        .execute();
      const events = [...rows.map(toEvent), ...mine].sort(compareTimes);
      if (lost !== undefined) events.push(createLostEvent(tenant, lost));
      if (events.length === 0) return undefined;
      if (mine.length > 0 && this.#isWriter) await this.#markSeen(inside);
      const after = await addLeaves(inside, row, events);
      if (rows.length > 0)
        await inside
          .deleteFrom('log_waiting')
          .where('tenant', '=', tenant)
          .where(
            'number',
            'in',
            rows.map(({ number }) => number),
          )
          .execute();
      return after - Number(row.headed) >= HEAD_LEAVES ? after : undefined;
    });
    // Removed only after success: if the transaction fails, all of them stay queued.
    if (mine.length > 0) {
      const written = new Set(mine);
      this.#noted = this.#noted.filter((event) => !written.has(event));
    }
    if (lost !== undefined) {
      const more = (this.#lost.get(tenant)?.count ?? 0) - lost.count;
      if (more <= 0) this.#lost.delete(tenant);
      else this.#lost.set(tenant, { count: more, from: lost.to, to: this.#lost.get(tenant)?.to ?? lost.to });
    }
    // The leaves are stored even if signing the head fails.
    if (size !== undefined)
      await this.#heads?.signHead(tenant, new Date()).catch((error: unknown) => this.#onError(error, 0));
  }

  /** Reports that this process is alive, and records in the logs that dead processes may have had events in memory. */
  async #seen(alone: boolean): Promise<void> {
    await this.#database.query.transaction().execute(async (inside) => {
      await this.#markSeen(inside);
      const silent = new Date(Date.now() - DEAD_MILLIS).toISOString();
      const others = inside.deleteFrom('log_writers').where('id', '!=', this.#id);
      const dead = await (alone ? others : others.where('seen_at', '<', silent))
        .returning('seen_at')
        .execute();
      if (dead.length === 0) return;
      const tenants = await inside.selectFrom('log_trees').select('tenant').execute();
      const at = new Date().toISOString();
      const events = dead.flatMap(({ seen_at: since }) =>
        tenants.map(({ tenant }) => ({ tenant, at, action: 'log.interrupted', facts: { since } })),
      );
      await this.append(inside, events);
    });
  }

  async #markSeen(inside: StoreTransaction): Promise<void> {
    const seen_at = new Date().toISOString();
    await inside
      .insertInto('log_writers')
      .values({ id: this.#id, seen_at })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ seen_at }))
      .execute();
  }
}

export interface LogStart {
  /** True if no other process has events for this database in memory. */
  alone: boolean;
  /** If absent, no heads are signed. */
  signer?: LogSigner | undefined;
  /** Called after each round of heads. */
  afterHeads?: (() => Promise<void>) | undefined;
}

export interface StoredLeaf {
  index: number;
  /** Absent if pruned. */
  leaf?: Leaf;
  /** Base64. */
  hash: string;
}

function* chunks(subjects: readonly string[]): Generator<string[]> {
  for (let first = 0; first < subjects.length; first += SUBJECTS_AT_ONCE)
    yield subjects.slice(first, first + SUBJECTS_AT_ONCE);
}

const toWaitingRow = ({ tenant, ...event }: LogEvent) => ({ tenant, event: JSON.stringify(event) });

function toEvent({ tenant, event }: { tenant: string; event: string }): LogEvent {
  return { ...(JSON.parse(event) as Omit<LogEvent, 'tenant'>), tenant };
}

/** Orders events by time, as far as clocks agree. */
const compareTimes = (a: LogEvent, b: LogEvent): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0);

const createLostEvent = (tenant: string, { count, from, to }: LostEvents): LogEvent => ({
  tenant,
  at: new Date().toISOString(),
  action: 'log.lost',
  facts: { count, from, to },
});

/** A row that somebody changed may contain anything; its hash will not match. */
function parseLeaf(text: string | null): Leaf {
  try {
    return JSON.parse(text ?? '{}') as Leaf;
  } catch {
    return { index: -1, at: '', action: '' };
  }
}
