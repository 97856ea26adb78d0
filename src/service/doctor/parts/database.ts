import { join } from 'node:path';
import { type Message, message } from '../../../i18n/message.js';
import { MessageError } from '../../../i18n/message-error.js';
import {
  compareSchema,
  hasMigrationsQuery,
  MIGRATIONS_QUERY,
  readSqliteSchema,
  type SchemaState,
} from '../../../storage/engine/schema-state.js';
import { type DoctorPart, verbatimMessage } from '../part.js';

/** Checks the configured database without creating anything in it. */
export async function checkDatabase(url: string | undefined, dataDir: string): Promise<DoctorPart[]> {
  return url === undefined ? [...checkSqlite(dataDir), SERVER_NOT_USED] : checkPostgres(url);
}

const SERVER_NOT_USED: DoctorPart = {
  id: 'postgresql',
  state: 'not-used',
  detail: message('doctor.database.notSet'),
  lost: message('doctor.database.notSet.lost'),
};

function checkSqlite(dataDir: string): DoctorPart[] {
  const id = 'sqlite';
  const path = join(dataDir, 'assay.sqlite');
  try {
    const found = readSqliteSchema(path);
    if (found === undefined)
      return [{ id, state: 'found', detail: message('doctor.database.made', { path }) }];
    return [{ id, ...schemaStateDetail(verbatimMessage(path), found) }];
  } catch (error) {
    const detail = message('doctor.database.unopened', { path, why: reasonMessage(error) });
    return [{ id, state: 'failed', detail, lost: message('doctor.database.unopened.lost') }];
  }
}

async function checkPostgres(url: string): Promise<DoctorPart[]> {
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
    const list = (await client.query(hasMigrationsQuery('postgres'))).rows;
    const applied =
      list.length > 0 ? (await client.query<{ name: string }>(MIGRATIONS_QUERY)).rows : undefined;
    const found = compareSchema(applied?.map(({ name }) => name));
    const number = version.rows[0]?.server_version;
    const what = number === undefined ? message('doctor.database.answers') : verbatimMessage(number);
    return [{ id, ...schemaStateDetail(what, found) }];
  } catch (error) {
    // The connection URL holds a password, so only the message of the driver is shown.
    const detail = message('doctor.database.silent', { why: reasonMessage(error) });
    return [{ id, state: 'failed', detail, lost: message('doctor.database.silent.lost') }];
  } finally {
    await client.end().catch(() => undefined);
  }
}

function schemaStateDetail(what: Message, state: SchemaState): Omit<DoctorPart, 'id'> {
  switch (state.schema) {
    case 'none':
      return { state: 'found', detail: message('doctor.database.none', { what }) };
    case 'current':
      return { state: 'found', detail: message('doctor.database.current', { what }) };
    case 'older':
      return {
        state: 'found',
        detail: message('doctor.database.older', { what, steps: String(state.steps) }),
      };
    case 'other':
      return {
        state: 'failed',
        detail: message('doctor.database.other', { what }),
        lost: message('doctor.database.other.lost'),
        remedy: message('doctor.database.other.remedy'),
      };
  }
}

function reasonMessage(error: unknown): Message {
  if (error instanceof MessageError) return error.userMessage;
  if (error instanceof Error && error.message !== '') return verbatimMessage(error.message);
  return error instanceof Error && 'code' in error
    ? verbatimMessage(String(error.code))
    : message('doctor.database.noReason');
}
