import type { Kysely } from 'kysely';
import type { DatabaseDialect } from './dialect.js';

/** Forward migration; there are none backwards. A released migration is never changed, only followed by others. */
export type SchemaMigration = (query: Kysely<never>, flavour: DatabaseDialect) => Promise<void>;
