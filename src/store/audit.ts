import type { Leaf } from '../core/log/leaf.js';
import type { Database } from './database.js';
import type { Query } from './inside.js';
import type { EventLog } from './log.js';

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

/** The requests among the leaves of the log; behind them the entries of before there was one, until their time is over. */
export class Audit {
  readonly #query: Query;
  readonly #log: Pick<EventLog, 'flush'>;

  constructor({ query }: Pick<Database, 'query'>, log: Pick<EventLog, 'flush'>) {
    this.#query = query;
    this.#log = log;
  }

  /** Newest first; `before`: only those with lower numbers. */
  async list(
    tenant: string,
    { before, limit }: { before?: number; limit: number },
  ): Promise<NumberedEntry[]> {
    await this.#log.flush();
    const tree = await this.#query
      .selectFrom('log_trees')
      .select('numbers_from')
      .where('tenant', '=', tenant)
      .executeTakeFirst();
    const numbersFrom = Number(tree?.numbers_from ?? 0);
    const leaves = await this.#leaves(tenant, numbersFrom, { before, limit });
    const older =
      leaves.length < limit ? await this.#ofBefore(tenant, { before, limit: limit - leaves.length }) : [];
    return [...leaves, ...older];
  }

  /** Whose time is over is told no more: who it was is gone (`log-prune.ts`). */
  async #leaves(
    tenant: string,
    numbersFrom: number,
    { before, limit }: { before?: number | undefined; limit: number },
  ): Promise<NumberedEntry[]> {
    let query = this.#query
      .selectFrom('log_leaves')
      .innerJoin('log_persons', (join) =>
        join
          .onRef('log_persons.tenant', '=', 'log_leaves.tenant')
          .onRef('log_persons.at_index', '=', 'log_leaves.at_index'),
      )
      .select(['log_leaves.at_index', 'leaf', 'who', 'key_id'])
      .where('log_leaves.tenant', '=', tenant)
      .where('asked', '=', 1)
      .where('leaf', 'is not', null)
      .orderBy('log_leaves.at_index', 'desc')
      .limit(limit);
    if (before !== undefined) query = query.where('log_leaves.at_index', '<', before - numbersFrom - 1);
    return (await query.execute()).flatMap(({ at_index, leaf, who, key_id }) => {
      const { at, action, operation, subject, status, requestId } = JSON.parse(leaf ?? '{}') as Leaf;
      if (status === undefined || requestId === undefined) return [];
      return {
        number: numbersFrom + Number(at_index) + 1,
        tenant,
        at,
        ...(key_id === null ? {} : { keyId: key_id }),
        who,
        action: operation ?? action,
        ...(subject === undefined ? {} : { subject }),
        status,
        requestId,
      };
    });
  }

  async #ofBefore(
    tenant: string,
    { before, limit }: { before?: number | undefined; limit: number },
  ): Promise<NumberedEntry[]> {
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
}
