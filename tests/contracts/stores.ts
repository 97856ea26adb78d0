import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import type { DatabasePlace } from '../../src/store/database.js';
import { openStores, type Stores } from '../../src/store/stores.js';
import { memoryFolder } from '../memory-folder.js';
import { migratedIn } from '../migrated.js';
import { type Postgres, startPostgres } from '../postgres.js';
import { describeWith } from '../system-parts.js';

/**
 * One suite on both databases. `open` gives new, empty stores; `open(at)` those at a place, which `place` gives new and without
 * any table.
 */
export function describeOnBoth(
  name: string,
  define: (open: (at?: DatabasePlace) => Promise<Stores>, place: () => Promise<DatabasePlace>) => void,
): void {
  const suite = (place: () => Promise<DatabasePlace>, migrated: () => Promise<DatabasePlace>) => {
    const opened: Stores[] = [];
    afterAll(async () => {
      for (const each of opened) await each.close();
    });
    define(async (at) => {
      const stores = await openStores(at ?? (await migrated()));
      opened.push(stores);
      return stores;
    }, place);
  };

  describe(`${name} on SQLite`, () => {
    const folders: string[] = [];
    afterAll(async () => {
      for (const folder of folders) await rm(folder, { recursive: true, force: true });
    });
    const place = async () => {
      const dataDir = await mkdtemp(join(memoryFolder(), 'assay-stores-'));
      folders.push(dataDir);
      return { dataDir };
    };
    suite(place, async () => {
      const at = await place();
      await migratedIn(at.dataDir);
      return at;
    });
  });

  describeWith('postgres', `${name} on PostgreSQL`, (program) => {
    let server: Postgres;
    beforeAll(async () => {
      server = await startPostgres(program);
    });
    // What is said last runs first: the stores are closed, then their server ends.
    afterAll(async () => {
      await server.stop();
    });
    const at = (url: string) => ({ dataDir: tmpdir(), url });
    suite(
      async () => at(await server.newDatabase()),
      async () => at(await server.migratedDatabase()),
    );
  });
}

/**
 * One database for all tests of a suite, emptied of what such tests put there each time it is asked for: to make a new one
 * takes longer than most of them. `open(at)` as before.
 */
export function emptiedEachTime(
  open: (at?: DatabasePlace) => Promise<Stores>,
): (at?: DatabasePlace) => Promise<Stores> {
  let one: Promise<Stores> | undefined;
  return async (at) => {
    if (at !== undefined) return open(at);
    one ??= open();
    const stores = await one;
    const { query } = stores.database;
    for (const table of EMPTIED) await query.deleteFrom(table).execute();
    await query.updateTable('fingerprint_order').set({ last: 0, floor: 0 }).execute();
    return stores;
  };
}

const EMPTIED = [
  ...([
    'fingerprint_queries',
    'fingerprints',
    'collection_previews',
    'collection_items',
    'collections',
  ] as const),
  ...(['case_items', 'cases'] as const),
  ...(['scan_previews', 'scan_manifests', 'scan_records', 'scans'] as const),
  ...(['inspection_derivatives', 'inspection_reports', 'inspections'] as const),
] as const;
