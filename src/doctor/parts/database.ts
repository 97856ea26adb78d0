import type { Part } from '../part.js';

/** Asks the server that the operator named; makes no table in it. */
export async function databaseParts(url: string | undefined): Promise<Part[]> {
  const about = { id: 'postgresql', name: 'PostgreSQL' };
  if (url === undefined) {
    const lost =
      'One machine serves; SQLite in the data folder keeps its records. Workers on other machines need DATABASE_URL.';
    return [{ ...about, state: 'not-used', detail: 'DATABASE_URL is not set', lost }];
  }
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
  });
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    return [{ ...about, state: 'found', detail: rows[0]?.server_version ?? 'answers' }];
  } catch (error) {
    // The address holds a password: only what the driver says is shown.
    const said = error instanceof Error && error.message !== '' ? error.message : codeOf(error);
    const lost = '`assay serve` and `assay worker` cannot start while DATABASE_URL points there.';
    return [
      { ...about, state: 'failed', detail: `the server of DATABASE_URL did not answer (${said})`, lost },
    ];
  } finally {
    await client.end().catch(() => undefined);
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'no reason given';
