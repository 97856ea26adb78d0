import { join } from 'node:path';
import { LIST, LIST_THERE, type SchemaState, schemaState, sqliteSchema } from '../../store/schema-state.js';
import type { Part } from '../part.js';

/** Looks into the database that is configured, and makes nothing in it. */
export async function databaseParts(url: string | undefined, dataDir: string): Promise<Part[]> {
  return url === undefined ? [...sqliteParts(dataDir), SERVER_NOT_USED] : postgresParts(url);
}

const SERVER = { id: 'postgresql', name: 'PostgreSQL' };

const SERVER_NOT_USED: Part = {
  ...SERVER,
  state: 'not-used',
  detail: 'DATABASE_URL is not set',
  lost: 'One machine serves; SQLite in the data folder keeps its records. Workers on other machines need DATABASE_URL.',
};

function sqliteParts(dataDir: string): Part[] {
  const about = { id: 'sqlite', name: 'SQLite' };
  const path = join(dataDir, 'assay.sqlite');
  try {
    const found = sqliteSchema(path);
    if (found === undefined)
      return [{ ...about, state: 'found', detail: `${path} is made at the first start` }];
    return [{ ...about, ...opened(path, found) }];
  } catch (error) {
    const lost = '`assay serve` and `assay worker` cannot start with it.';
    return [{ ...about, state: 'failed', detail: `${path} could not be opened (${said(error)})`, lost }];
  }
}

async function postgresParts(url: string): Promise<Part[]> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
  });
  try {
    await client.connect();
    const version = await client.query<{ server_version: string }>('show server_version');
    const [list] = (await client.query<{ there: boolean }>(LIST_THERE)).rows;
    const applied = list?.there ? (await client.query<{ name: string }>(LIST)).rows : undefined;
    const found = schemaState(applied?.map(({ name }) => name));
    return [{ ...SERVER, ...opened(version.rows[0]?.server_version ?? 'answers', found) }];
  } catch (error) {
    // The address holds a password: only what the driver says is shown.
    const lost = '`assay serve` and `assay worker` cannot start while DATABASE_URL points there.';
    const detail = `the server of DATABASE_URL did not answer (${said(error)})`;
    return [{ ...SERVER, state: 'failed', detail, lost }];
  } finally {
    await client.end().catch(() => undefined);
  }
}

function opened(what: string, state: SchemaState): Pick<Part, 'state' | 'detail' | 'lost' | 'remedy'> {
  switch (state.schema) {
    case 'none':
      return { state: 'found', detail: `${what}; its tables are made at the first start` };
    case 'current':
      return { state: 'found', detail: `${what}; its tables are of this version` };
    case 'older':
      return {
        state: 'found',
        detail: `${what}; its tables are of an earlier version and are changed at the next start (steps: ${state.steps})`,
      };
    case 'newer':
      return {
        state: 'failed',
        detail: `${what}; its tables are of a later version`,
        lost: '`assay serve` and `assay worker` of this version cannot start with it.',
        remedy: 'Run the later version, or restore a backup that this version made.',
      };
  }
}

const said = (error: unknown): string =>
  error instanceof Error && error.message !== '' ? error.message : codeOf(error);

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'no reason given';
