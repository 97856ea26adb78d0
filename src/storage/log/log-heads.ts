import { createPublicKey, type KeyObject } from 'node:crypto';
import {
  formatVerifierKey,
  rawPublicKey,
  signHead,
  verifyHeadByKey,
} from '../../core/transparency-log/checkpoint.js';
import { storedConsistencyProof, TiledNodes } from '../../core/transparency-log/proofs.js';
import { EMPTY_ROOT, isConsistent, type TreeHash } from '../../core/transparency-log/tree.js';
import { message } from '../../i18n/message.js';
import type { Database } from '../engine/database.js';
import type { StoreTransaction } from '../engine/transaction.js';
import type { EventRepository } from '../events/kysely-events.js';
import { LogForkedError } from './log-forked.js';
import { parseTree } from './log-rows.js';
import { StoredTiles } from './log-tiles.js';

/** Signer for the log heads of all tenants. */
export interface LogSigner {
  /** Ed25519. */
  privateKey: KeyObject;
  /** Name of this server set by the operator; if absent, the previous name, else `host`. */
  origin?: string;
  host: string;
}

export interface SignedHead {
  checkpoint: string;
  origin: string;
  size: number;
  verifierKey: string;
}

interface SignedTree {
  size: number;
  root: TreeHash;
}

/** Signs and stores heads of the current log. */
export class LogHeadSigner {
  readonly #database: Pick<Database, 'query'>;
  readonly #events: EventRepository;
  readonly #signer: LogSigner;
  readonly #publicKey: KeyObject;
  /** Largest tree signed by this process, by tenant. Rows in the database can be reverted, this cannot. */
  readonly #last = new Map<string, SignedTree>();

  constructor(database: Pick<Database, 'query'>, events: EventRepository, signer: LogSigner) {
    this.#database = database;
    this.#events = events;
    this.#signer = signer;
    this.#publicKey = createPublicKey(signer.privateKey);
    // Throws at construction and not at the first head.
    rawPublicKey(this.#publicKey);
  }

  /**
   * Returns the head of the current log; the same text until leaves are added. Rejects with `LogForkedError` if the log does
   * not extend the last signed one: otherwise somebody who changed rows could have the key confirm them.
   */
  async signHead(tenant: string, now: Date): Promise<SignedHead> {
    // Read before the row, since another server may sign a larger tree meanwhile.
    const before = [await this.#lastKept(tenant), this.#last.get(tenant)];
    const row = await this.#database.query
      .selectFrom('log_trees')
      .select(['size', 'peaks', 'origin'])
      .where('tenant', '=', tenant)
      .executeTakeFirst();
    const origin = this.#originOf(tenant, row?.origin ?? undefined);
    const head =
      row === undefined
        ? { origin, size: 0, root: EMPTY_ROOT }
        : { origin, size: Number(row.size), root: parseTree(row).root };
    const about = { origin, size: head.size, verifierKey: formatVerifierKey(origin, this.#publicKey) };
    for (const last of before)
      if (last !== undefined && !(await this.#adds(tenant, last, head)))
        throw new LogForkedError(message('audit.notSigned', { tenant, size: String(last.size) }));
    if (head.size === 0) return { ...about, checkpoint: this.#signed(head) };
    const kept = await this.#database.query
      .selectFrom('log_heads')
      .select('checkpoint')
      .where((eb) => eb.and({ tenant, size: head.size }))
      .executeTakeFirst();
    if (kept !== undefined) {
      const same = verifyHeadByKey(kept.checkpoint, this.#publicKey);
      if (same?.origin === origin && same.root.equals(head.root)) {
        this.#signedOnce(tenant, head);
        return { ...about, checkpoint: kept.checkpoint };
      }
    }
    const checkpoint = this.#signed(head);
    await this.#database.query.transaction().execute(async (inside) => {
      await inside
        .insertInto('log_heads')
        .values({ tenant, size: head.size, at: now.toISOString(), checkpoint })
        // Replaces a head signed with another key or under another name: clients request the current one.
        .onConflict((conflict) => conflict.columns(['tenant', 'size']).doUpdateSet({ checkpoint }))
        .execute();
      await inside
        .updateTable('log_trees')
        .set((eb) => ({
          origin,
          headed: eb.case().when('headed', '<', head.size).then(head.size).else(eb.ref('headed')).end(),
        }))
        .where('tenant', '=', tenant)
        .execute();
      await this.#tell(inside, tenant, { origin, size: head.size, checkpoint }, now);
    });
    this.#signedOnce(tenant, head);
    return { ...about, checkpoint };
  }

  #signedOnce(tenant: string, head: SignedTree): void {
    if (head.size > (this.#last.get(tenant)?.size ?? 0)) this.#last.set(tenant, head);
  }

  /** Returns the largest tree signed with this key; heads with another key cannot be attributed. */
  async #lastKept(tenant: string): Promise<SignedTree | undefined> {
    const kept = await this.#database.query
      .selectFrom('log_heads')
      .select('checkpoint')
      .where('tenant', '=', tenant)
      .orderBy('size', 'desc')
      .limit(1)
      .executeTakeFirst();
    return kept && verifyHeadByKey(kept.checkpoint, this.#publicKey);
  }

  async #adds(tenant: string, last: SignedTree, head: SignedTree): Promise<boolean> {
    if (last.size > head.size) return false;
    try {
      const nodes = new TiledNodes(new StoredTiles(this.#database.query, tenant));
      return isConsistent(last, head, await storedConsistencyProof(nodes, last.size, head.size));
    } catch (error) {
      // Hashes are missing, so consistency cannot be shown.
      if (error instanceof RangeError) return false;
      throw error;
    }
  }

  /** Signs the heads of all logs that grew since their last head. A fault of one log does not block the others. */
  async signAll(now: Date): Promise<void> {
    const rows = await this.#database.query
      .selectFrom('log_trees')
      .select('tenant')
      .whereRef('size', '>', 'headed')
      .execute();
    const faults: unknown[] = [];
    for (const { tenant } of rows)
      await this.signHead(tenant, now).catch((error: unknown) => faults.push(error));
    if (faults.length > 0) throw faults[0];
  }

  #signed(head: { origin: string; size: number; root: Buffer }): string {
    return signHead(head, head.origin, this.#signer.privateKey, this.#publicKey);
  }

  #originOf(tenant: string, before: string | undefined): string {
    const { origin, host } = this.#signer;
    return origin === undefined ? (before ?? `${host}/${tenant}`) : `${origin}/${tenant}`;
  }

  /** Publishes the head only to webhooks that subscribe to it by name; for others it would be noise. */
  async #tell(
    inside: StoreTransaction,
    tenant: string,
    { origin, size, checkpoint }: { origin: string; size: number; checkpoint: string },
    now: Date,
  ): Promise<void> {
    const wanted = await inside
      .selectFrom('webhooks')
      .select('id')
      .where('tenant', '=', tenant)
      .where('disabled_at', 'is', null)
      .where('events', 'like', '%"log.head"%')
      .limit(1)
      .executeTakeFirst();
    if (wanted === undefined) return;
    const data = { size, head: checkpoint };
    await this.#events.emit(inside, {
      tenant,
      type: 'log.head',
      at: now.toISOString(),
      subject: origin,
      data,
    });
  }
}
