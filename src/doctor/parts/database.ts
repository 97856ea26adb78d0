import { join } from 'node:path';
import { type Said, said } from '../../say/said.js';
import { SaidError } from '../../say/said-error.js';
import { LIST, LIST_THERE, type SchemaState, schemaState, sqliteSchema } from '../../store/schema-state.js';
import { asWritten, type Part } from '../part.js';

/** Looks into the database that is configured, and makes nothing in it. */
export async function databaseParts(url: string | undefined, dataDir: string): Promise<Part[]> {
  return url === undefined ? [...sqliteParts(dataDir), SERVER_NOT_USED] : postgresParts(url);
}

const SERVER_NOT_USED: Part = {
  id: 'postgresql',
  state: 'not-used',
  detail: said('doctor.database.notSet'),
  lost: said('doctor.database.notSet.lost'),
};

function sqliteParts(dataDir: string): Part[] {
  const id = 'sqlite';
  const path = join(dataDir, 'assay.sqlite');
  try {
    const found = sqliteSchema(path);
    if (found === undefined) return [{ id, state: 'found', detail: said('doctor.database.made', { path }) }];
    return [{ id, ...opened(asWritten(path), found) }];
  } catch (error) {
    const detail = said('doctor.database.unopened', { path, why: whyOf(error) });
    return [{ id, state: 'failed', detail, lost: said('doctor.database.unopened.lost') }];
  }
}

async function postgresParts(url: string): Promise<Part[]> {
  const id = 'postgresql';
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
    const number = version.rows[0]?.server_version;
    const what = number === undefined ? said('doctor.database.answers') : asWritten(number);
    return [{ id, ...opened(what, found) }];
  } catch (error) {
    // The address holds a password: only what the driver says is shown.
    const detail = said('doctor.database.silent', { why: whyOf(error) });
    return [{ id, state: 'failed', detail, lost: said('doctor.database.silent.lost') }];
  } finally {
    await client.end().catch(() => undefined);
  }
}

function opened(what: Said, state: SchemaState): Omit<Part, 'id'> {
  switch (state.schema) {
    case 'none':
      return { state: 'found', detail: said('doctor.database.none', { what }) };
    case 'current':
      return { state: 'found', detail: said('doctor.database.current', { what }) };
    case 'older':
      return { state: 'found', detail: said('doctor.database.older', { what, steps: String(state.steps) }) };
    case 'newer':
      return {
        state: 'failed',
        detail: said('doctor.database.newer', { what }),
        lost: said('doctor.database.newer.lost'),
        remedy: said('doctor.database.newer.remedy'),
      };
  }
}

function whyOf(error: unknown): Said {
  if (error instanceof SaidError) return error.said;
  if (error instanceof Error && error.message !== '') return asWritten(error.message);
  return error instanceof Error && 'code' in error
    ? asWritten(String(error.code))
    : said('doctor.database.noReason');
}
