import type { SchemaMigration } from '../migration.js';
import { BASELINE_NAME, up as baseline } from './0001-baseline.js';

/** Migrations in the order of their names. A new one needs a file and a line here. */
export const MIGRATIONS: Readonly<Record<string, SchemaMigration>> = { [BASELINE_NAME]: baseline };
