import { createPublicKey, type KeyObject } from 'node:crypto';
import { headBy, rawPublic, signedHead, verifierKey } from '../core/log/checkpoint.js';
import { storedConsistency, TiledNodes } from '../core/log/proofs.js';
import { type Digest, EMPTY_ROOT, isConsistent } from '../core/log/tree.js';
import { said } from '../say/said.js';
import type { Database } from './database.js';
import type { Inside } from './inside.js';
import type { KyselyEvents } from './kysely-events.js';
import { LogForked } from './log-forked.js';
import { treeOf } from './log-rows.js';
import { StoredTiles } from './log-tiles.js';

/** What signs the heads of the logs of all tenants. */
export interface LogSigner {
  /** Ed25519. */
  privateKey: KeyObject;
  /** What the operator calls this server; left out: what it was called before, else `host`. */
  origin?: string;
  host: string;
}

export interface SignedHead {
  checkpoint: string;
  origin: string;
  size: number;
  verifierKey: string;
}

interface Tree {
  size: number;
  root: Digest;
}

/** Signs heads of what the log is now, and keeps them. */
export class LogHeads {
  readonly #database: Pick<Database, 'query'>;
  readonly #events: KyselyEvents;
  readonly #signer: LogSigner;
  readonly #publicKey: KeyObject;
  /** By tenant: the largest tree that was signed here. Rows may be taken back, this not. */
  readonly #last = new Map<string, Tree>();

  constructor(database: Pick<Database, 'query'>, events: KyselyEvents, signer: LogSigner) {
    this.#database = database;
    this.#events = events;
    this.#signer = signer;
    this.#publicKey = createPublicKey(signer.privateKey);
    // Said here and not at the first head.
    rawPublic(this.#publicKey);
  }

  /**
   * Of the log as it stands; the same text as long as nothing came to it. Rejects with a LogForked where it does not add to
   * what was signed last: whoever changed rows would have the key say that nothing happened.
   */
  async of(tenant: string, now: Date): Promise<SignedHead> {
    // Before the row: another server may sign a larger one meanwhile.
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
        : { origin, size: Number(row.size), root: treeOf(row).root };
    const about = { origin, size: head.size, verifierKey: verifierKey(origin, this.#publicKey) };
    for (const last of before)
      if (last !== undefined && !(await this.#adds(tenant, last, head)))
        throw new LogForked(said('audit.notSigned', { tenant, size: String(last.size) }));
    if (head.size === 0) return { ...about, checkpoint: this.#signed(head) };
    const kept = await this.#database.query
      .selectFrom('log_heads')
      .select('checkpoint')
      .where((eb) => eb.and({ tenant, size: head.size }))
      .executeTakeFirst();
    if (kept !== undefined) {
      const same = headBy(kept.checkpoint, this.#publicKey);
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
        // By another key, or under another name: the one of now is what others ask for.
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

  #signedOnce(tenant: string, head: Tree): void {
    if (head.size > (this.#last.get(tenant)?.size ?? 0)) this.#last.set(tenant, head);
  }

  /** The largest that this key signed: of one that another key has, nobody here knows who signed it. */
  async #lastKept(tenant: string): Promise<Tree | undefined> {
    const kept = await this.#database.query
      .selectFrom('log_heads')
      .select('checkpoint')
      .where('tenant', '=', tenant)
      .orderBy('size', 'desc')
      .limit(1)
      .executeTakeFirst();
    return kept && headBy(kept.checkpoint, this.#publicKey);
  }

  async #adds(tenant: string, last: Tree, head: Tree): Promise<boolean> {
    if (last.size > head.size) return false;
    try {
      const nodes = new TiledNodes(new StoredTiles(this.#database.query, tenant));
      return isConsistent(last, head, await storedConsistency(nodes, last.size, head.size));
    } catch (error) {
      // Hashes are gone: nothing shows it.
      if (error instanceof RangeError) return false;
      throw error;
    }
  }

  /** Of every log to which something came since its last head. What is wrong with one stands in no other’s way. */
  async ofAll(now: Date): Promise<void> {
    const rows = await this.#database.query
      .selectFrom('log_trees')
      .select('tenant')
      .whereRef('size', '>', 'headed')
      .execute();
    const faults: unknown[] = [];
    for (const { tenant } of rows) await this.of(tenant, now).catch((error: unknown) => faults.push(error));
    if (faults.length > 0) throw faults[0];
  }

  #signed(head: { origin: string; size: number; root: Buffer }): string {
    return signedHead(head, head.origin, this.#signer.privateKey, this.#publicKey);
  }

  #originOf(tenant: string, before: string | undefined): string {
    const { origin, host } = this.#signer;
    return origin === undefined ? (before ?? `${host}/${tenant}`) : `${origin}/${tenant}`;
  }

  /** Those that ask for it by name alone: to whoever wants everything that happens to files it would be noise. */
  async #tell(
    inside: Inside,
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
