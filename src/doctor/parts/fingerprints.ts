import { join } from 'node:path';
import { said } from '../../say/said.js';
import {
  COUNT,
  COUNT_THERE,
  type CountRow,
  countOf,
  type FingerprintsThere,
  sqliteFingerprints,
} from '../../store/fingerprints-there.js';
import type { Part } from '../part.js';

/** How many files can be found again, and what it takes to search for them. What keeps the database from it is told of that. */
export async function fingerprintParts(
  kept: boolean,
  { url, dataDir }: { url: string | undefined; dataDir: string },
): Promise<Part[]> {
  const id = 'fingerprints';
  const found = await (url === undefined ? inSqlite(dataDir) : inPostgres(url));
  if (!kept)
    return [
      {
        ...{ id, state: 'not-used', lost: said('doctor.fingerprints.off.lost') },
        detail:
          found === undefined || found.searchable + found.notSearchable === 0
            ? said('doctor.fingerprints.off')
            : said('doctor.fingerprints.off.there', { number: found.searchable + found.notSearchable }),
      },
    ];
  if (found === undefined || found.searchable + found.notSearchable === 0)
    return [{ id, state: 'found', detail: said('doctor.fingerprints.none') }];
  const { searchable, notSearchable, bytes } = found;
  const megabytes = String(Math.max(1, Math.ceil(bytes / 1e6)));
  return [
    {
      id,
      state: 'found',
      detail: said('doctor.fingerprints.there', { searchable, notSearchable, megabytes }),
    },
  ];
}

async function inSqlite(dataDir: string): Promise<FingerprintsThere | undefined> {
  try {
    return sqliteFingerprints(join(dataDir, 'assay.sqlite'));
  } catch {
    return undefined;
  }
}

async function inPostgres(url: string): Promise<FingerprintsThere | undefined> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
  });
  try {
    await client.connect();
    const [list] = (await client.query<{ there: boolean }>(COUNT_THERE)).rows;
    const [row] = list?.there ? (await client.query<CountRow>(COUNT)).rows : [];
    return row && countOf(row);
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}
