import { join } from 'node:path';
import { message } from '../../../i18n/message.js';
import {
  COUNT_QUERY,
  type CountRow,
  countSqliteFingerprints,
  HAS_FINGERPRINTS_QUERY,
  parseCounts,
  type StoredFingerprintCounts,
} from '../../../storage/fingerprints/fingerprint-state.js';
import type { DoctorPart } from '../part.js';

/**
 * Reports how many files are searchable, and the resources that searching them takes. A database fault is reported by
 * the database part alone.
 */
export async function checkFingerprints(
  isEnabled: boolean,
  { url, dataDir }: { url: string | undefined; dataDir: string },
): Promise<DoctorPart[]> {
  const id = 'fingerprints';
  const found = await (url === undefined ? countInSqlite(dataDir) : countInPostgres(url));
  if (!isEnabled)
    return [
      {
        ...{ id, state: 'not-used', lost: message('doctor.fingerprints.off.lost') },
        detail:
          found === undefined || found.searchable + found.notSearchable === 0
            ? message('doctor.fingerprints.off')
            : message('doctor.fingerprints.off.there', { number: found.searchable + found.notSearchable }),
      },
    ];
  if (found === undefined || found.searchable + found.notSearchable === 0)
    return [{ id, state: 'found', detail: message('doctor.fingerprints.none') }];
  const { searchable, notSearchable, bytes } = found;
  const megabytes = String(Math.max(1, Math.ceil(bytes / 1e6)));
  return [
    {
      id,
      state: 'found',
      detail: message('doctor.fingerprints.there', { searchable, notSearchable, megabytes }),
    },
  ];
}

async function countInSqlite(dataDir: string): Promise<StoredFingerprintCounts | undefined> {
  try {
    return countSqliteFingerprints(join(dataDir, 'assay.sqlite'));
  } catch {
    return undefined;
  }
}

async function countInPostgres(url: string): Promise<StoredFingerprintCounts | undefined> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
  });
  try {
    await client.connect();
    const [list] = (await client.query<{ there: boolean }>(HAS_FINGERPRINTS_QUERY)).rows;
    const [row] = list?.there ? (await client.query<CountRow>(COUNT_QUERY)).rows : [];
    return row && parseCounts(row);
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}
