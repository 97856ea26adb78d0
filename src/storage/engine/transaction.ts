import type { Kysely, Transaction } from 'kysely';
import type { Tables } from '../schema/tables.js';

/** Open transaction, for statements that must be atomic together. */
export type StoreTransaction = Transaction<Tables>;
/** Database or open transaction. */
export type QueryExecutor = Kysely<Tables>;
