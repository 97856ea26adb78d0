import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import type { DatabaseLocation } from '../../src/storage/engine/database.js';
import { openStores, type Stores } from '../../src/storage/stores.js';
import { memoryFolder } from '../support/memory-folder.js';
import { migratedIn } from '../support/migrated.js';
import { type Postgres, startPostgres } from '../support/postgres.js';
import { describeWith } from '../support/system-parts.js';

/**
 * Runs one suite on both databases. `open` returns new, empty stores; `open(at)` returns stores at a location, which
 * `place` creates new and without tables.
 */
export function describeOnBoth(
  name: string,
  define: (open: (at?: DatabaseLocation) => Promise<Stores>, place: () => Promise<DatabaseLocation>) => void,
): void {
  const suite = (place: () => Promise<DatabaseLocation>, migrated: () => Promise<DatabaseLocation>) => {
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
    // Hooks run in reverse order: the stores are closed first, then their server is stopped.
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
 * Uses one database for all tests of a suite and empties it on each `open`, because creating a new one takes longer
 * than most tests. `open(at)` works as above.
 */
export function emptiedEachTime(
  open: (at?: DatabaseLocation) => Promise<Stores>,
): (at?: DatabaseLocation) => Promise<Stores> {
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
