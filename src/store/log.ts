import { randomUUID } from 'node:crypto';
import { EXTRACT_SCHEMA, type ExtractedLeaf, type LogExtract } from '../core/log/extract.js';
import type { Leaf, LogEvent } from '../core/log/leaf.js';
import { type Nodes, storedConsistency, storedInclusion, TiledNodes } from '../core/log/proofs.js';
import type { Database } from './database.js';
import type { Inside } from './inside.js';
import { KyselyEvents } from './kysely-events.js';
import { LogHeads, type LogSigner, type SignedHead } from './log-heads.js';
import { addLeaves, heldTree } from './log-rows.js';
import { digestOf, StoredTiles } from './log-tiles.js';

export type { Actor, LogEvent } from '../core/log/leaf.js';
export type { LogSigner } from './log-heads.js';

/** Leaves are written a little later and together: one by one, each request would wait for the disk. */
const FLUSH_MILLIS = 1_000;
const FLUSH_EVENTS = 100;
/** While the database does not answer; what comes beyond is lost, and the log will say how much. */
const MOST_WAITING = 10_000;
/** Leaves of one transaction. */
const AT_ONCE = 1_000;
const TENANTS_AT_ONCE = 100;
/** A head is signed after so many leaves, and after so long where something came. */
const HEAD_LEAVES = 1_024;
const HEAD_MILLIS = 60_000;
/** A process says so often that it lives, where several share the database; silent for so long, it has died. */
const SEEN_MILLIS = 60_000;
const DEAD_MILLIS = 5 * 60_000;
/** Of one extract. */
const MOST_EXTRACTED = 10_000;
const SUBJECTS_AT_ONCE = 500;

interface Lost {
  count: number;
  from: string;
  to: string;
}

/**
 * What happened, tenant by tenant, as leaves of a tree that only grows. Several processes may write: whoever adds leaves
 * holds the tenant's row meanwhile, so their numbers have no gap. What must stand together with a deed is written in its
 * transaction (`append`) and gets its place soon after; the rest (`note`) waits in memory for a moment.
 */
export class EventLog {
  readonly #database: Database;
  #onError: (error: unknown, lost: number) => void;
  readonly #id = randomUUID();
  readonly #mostWaiting: number;
  #noted: LogEvent[] = [];
  readonly #lost = new Map<string, Lost>();
  #timer: NodeJS.Timeout | undefined;
  #timers: NodeJS.Timeout[] = [];
  #writing: Promise<void> = Promise.resolve();
  /** Not begun yet. */
  #next: Promise<void> | undefined;
  #heads: LogHeads | undefined;
  /** After each round of heads (log-heads-file.ts). */
  #afterHeads: (() => Promise<void>) | undefined;
  #isWriter = false;
  /** Tenants whose leaves could not be placed last time. */
  readonly #failing = new Set<string>();

  constructor(
    database: Database,
    onError: (error: unknown, lost: number) => void = () => undefined,
    { mostWaiting = MOST_WAITING }: { mostWaiting?: number } = {},
  ) {
    this.#database = database;
    this.#mostWaiting = mostWaiting;
    this.#onError = onError;
  }

  /** `lost`: entries that there was no room for while the database did not answer. */
  tellFaults(onError: (error: unknown, lost: number) => void): void {
    this.#onError = onError;
  }

  /** Later and together with others; never rejects and is never lost in silence. */
  note(event: LogEvent): void {
    if (this.#noted.length >= this.#mostWaiting) {
      const { count, from } = this.#lost.get(event.tenant) ?? { count: 0, from: event.at };
      this.#lost.set(event.tenant, { count: count + 1, from, to: event.at });
      return;
    }
    this.#noted.push(event);
    // Where the database does not answer, one attempt a second is enough.
    if (this.#noted.length === FLUSH_EVENTS) void this.flush();
    else this.#timer ??= setTimeout(() => void this.flush(), FLUSH_MILLIS).unref();
  }

  /** In the transaction of the deed: both are there, or neither. */
  async append(inside: Inside, event: LogEvent | readonly LogEvent[]): Promise<void> {
    const events: readonly LogEvent[] = Array.isArray(event) ? event : [event];
    for (let first = 0; first < events.length; first += AT_ONCE) {
      const some = events.slice(first, first + AT_ONCE);
      await inside.insertInto('log_waiting').values(some.map(waitingRow)).execute();
    }
  }

  /** Never rejects: what could not be written waits for the next time. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // Whoever comes while one waits to begin is served by it.
    this.#next ??= this.#writing.then(() => {
      this.#next = undefined;
      return this.#write();
    });
    this.#writing = this.#next;
    return this.#writing;
  }

  /** At once. Rejects where it could not be written: for a command, which keeps nothing in memory for another attempt. */
  async record(event: LogEvent): Promise<void> {
    await this.#database.query.transaction().execute((inside) => this.append(inside, event));
    await this.flush();
  }

  /**
   * From then on leaves get their places by themselves, and heads are signed where there is something to sign with.
   * `alone`: no other process keeps entries for this database in memory.
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

  /** Leaves get their places by themselves. For a process that keeps none in memory. */
  startPlacing(): void {
    this.#timers.push(setInterval(() => void this.flush(), FLUSH_MILLIS).unref());
  }

  signWith(signer: LogSigner): void {
    this.#heads = new LogHeads(this.#database, new KyselyEvents(this.#database), signer);
  }

  /** Of every log to which something came. */
  async signHeads(): Promise<void> {
    try {
      await this.#heads?.ofAll(new Date());
    } finally {
      await this.#afterHeads?.();
    }
  }

  /** Writes all that waits. Never rejects. */
  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
    await this.flush();
    if (!this.#isWriter) return;
    await this.signHeads().catch((error: unknown) => this.#onError(error, 0));
    try {
      // What still waits then is lost with this process: its row stays, and tells the next one.
      if (this.#noted.length > 0 || this.#lost.size > 0) return;
      await this.#database.query.deleteFrom('log_writers').where('id', '=', this.#id).execute();
    } catch (error) {
      this.#onError(error, 0);
    }
  }

  /** The signed head of now; undefined where nothing signs. */
  async head(tenant: string): Promise<string | undefined> {
    return (await this.signed(tenant))?.checkpoint;
  }

  async signed(tenant: string): Promise<SignedHead | undefined> {
    await this.flush();
    return this.#heads?.of(tenant, new Date());
  }

  /**
   * The leaves about these subjects, each with its proof under the head of now. Undefined where nothing signs.
   * `persons`: with who it was, where that is still kept.
   */
  async extract(
    tenant: string,
    subjects: readonly string[],
    { persons }: { persons: boolean },
  ): Promise<LogExtract | undefined> {
    const head = await this.signed(tenant);
    if (head === undefined) return undefined;
    const { query } = this.#database;
    const nodes = new TiledNodes(new StoredTiles(query, tenant));
    const leaves: ExtractedLeaf[] = [];
    let isCut = false;
    for (const some of chunks(subjects)) {
      const room = MOST_EXTRACTED - leaves.length;
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
        const proof = await storedInclusion(nodes, index, head.size);
        leaves.push({
          index,
          leaf: leafIn(leaf),
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
    const pruned = await this.pruned(tenant);
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

  /** Leaves before this one have left no more than their hashes. */
  async pruned(tenant: string): Promise<number> {
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

  /** Leaves as they are kept, from that index on; without who it was. */
  async leaves(tenant: string, from: number, limit: number): Promise<KeptLeaf[]> {
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
      ...(leaf === null ? {} : { leaf: leafIn(leaf) }),
      hash: digestOf(hash).toString('base64'),
    }));
  }

  /** That a leaf is under the tree of the first `size`. Rejects with a RangeError where there is no such place. */
  async inclusion(tenant: string, index: number, size: number): Promise<string[]> {
    if (index >= size) throw new RangeError('no such leaf');
    return this.#proof(tenant, size, (nodes) => storedInclusion(nodes, index, size));
  }

  /** That the tree of the first `size` leaves only adds to that of the first `from`. Rejects as `inclusion`. */
  async consistency(tenant: string, from: number, size: number): Promise<string[]> {
    if (from > size) throw new RangeError('no such tree');
    return this.#proof(tenant, size, (nodes) => storedConsistency(nodes, from, size));
  }

  async #proof(
    tenant: string,
    size: number,
    make: (nodes: Nodes) => Promise<readonly Uint8Array[]>,
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
      // The place is there: that its hashes are gone is no slip of whoever asks.
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

  /** Those that failed come last: what is wrong with one log stands in no other's way. */
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

  /** Gives some of what waits for one tenant its place: what stands with the deeds, and what was noted here. */
  async #place(tenant: string): Promise<void> {
    const mine = this.#noted.filter((event) => event.tenant === tenant).slice(0, AT_ONCE);
    const lost = this.#lost.get(tenant);
    const size = await this.#database.query.transaction().execute(async (inside) => {
      const row = await heldTree(inside, tenant);
      const rows = await inside
        .selectFrom('log_waiting')
        .selectAll()
        .where('tenant', '=', tenant)
        .orderBy('number')
        .limit(AT_ONCE)
        .execute();
      const events = [...rows.map(eventOf), ...mine].sort(byTime);
      if (lost !== undefined) events.push(lostEvent(tenant, lost));
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
    // Only now: where the transaction failed, all of it waits.
    if (mine.length > 0) {
      const written = new Set(mine);
      this.#noted = this.#noted.filter((event) => !written.has(event));
    }
    if (lost !== undefined) {
      const more = (this.#lost.get(tenant)?.count ?? 0) - lost.count;
      if (more <= 0) this.#lost.delete(tenant);
      else this.#lost.set(tenant, { count: more, from: lost.to, to: this.#lost.get(tenant)?.to ?? lost.to });
    }
    // The leaves have their places, whatever becomes of their head.
    if (size !== undefined)
      await this.#heads?.of(tenant, new Date()).catch((error: unknown) => this.#onError(error, 0));
  }

  /** Says that this process lives, and tells the logs of those that have died and may have held entries. */
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

  async #markSeen(inside: Inside): Promise<void> {
    const seen_at = new Date().toISOString();
    await inside
      .insertInto('log_writers')
      .values({ id: this.#id, seen_at })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ seen_at }))
      .execute();
  }
}

export interface LogStart {
  /** No other process keeps entries for this database in memory. */
  alone: boolean;
  /** Left out: no heads are signed. */
  signer?: LogSigner | undefined;
  /** Called after each round of heads. */
  afterHeads?: (() => Promise<void>) | undefined;
}

export interface KeptLeaf {
  index: number;
  /** Left out: it is pruned. */
  leaf?: Leaf;
  /** Base64. */
  hash: string;
}

function* chunks(subjects: readonly string[]): Generator<string[]> {
  for (let first = 0; first < subjects.length; first += SUBJECTS_AT_ONCE)
    yield subjects.slice(first, first + SUBJECTS_AT_ONCE);
}

const waitingRow = ({ tenant, ...event }: LogEvent) => ({ tenant, event: JSON.stringify(event) });

function eventOf({ tenant, event }: { tenant: string; event: string }): LogEvent {
  return { ...(JSON.parse(event) as Omit<LogEvent, 'tenant'>), tenant };
}

/** In the order in which it happened, as far as clocks tell. */
const byTime = (a: LogEvent, b: LogEvent): number => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0);

const lostEvent = (tenant: string, { count, from, to }: Lost): LogEvent => ({
  tenant,
  at: new Date().toISOString(),
  action: 'log.lost',
  facts: { count, from, to },
});

/** A row that somebody changed may be anything; its hash will not fit. */
function leafIn(text: string | null): Leaf {
  try {
    return JSON.parse(text ?? '{}') as Leaf;
  } catch {
    return { index: -1, at: '', action: '' };
  }
}
