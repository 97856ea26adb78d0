import type { Leaf } from '../../core/transparency-log/leaf.js';
import type { Database } from '../engine/database.js';
import type { QueryExecutor } from '../engine/transaction.js';
import type { EventLog } from './log.js';

/** Record of who requested what, when, and with which status. Contains no file names, content or client addresses. */
export interface AuditEntry {
  tenant: string;
  at: string;
  /** Absent if the server requires no key. */
  keyId?: string;
  /** Name of the key. */
  who: string;
  /** Operation of the API, such as `deleteInspection`, or a page's method and route. */
  action: string;
  /** Id in the request's address. */
  subject?: string;
  /** HTTP status of the response. */
  status: number;
  requestId: string;
}

export interface NumberedEntry extends AuditEntry {
  /** Ascending in the order of writing. */
  number: number;
}

/** Lists requests from the leaves of the log, followed by entries from before the log existed, until these expire. */
export class AuditRepository {
  readonly #query: QueryExecutor;
  readonly #log: Pick<EventLog, 'flush'>;

  constructor({ query }: Pick<Database, 'query'>, log: Pick<EventLog, 'flush'>) {
    this.#query = query;
    this.#log = log;
  }

  /** Returns entries, newest first; `before` selects lower numbers. */
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

  /** Excludes pruned entries, whose persons have been removed. */
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
