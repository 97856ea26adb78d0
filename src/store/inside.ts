import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.js';

/** Where statements go that must hold together: somebody's open transaction. */
export type Inside = Transaction<Tables>;
/** Either the database itself or an open transaction. */
export type Query = Kysely<Tables>;
