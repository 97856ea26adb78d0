import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type pg from 'pg';
import { message } from '../../i18n/message.js';
import { MIGRATIONS_QUERY } from '../../storage/engine/schema-state.js';
import { findProgram } from '../ops/programs.js';
import { BackupError } from './backup-error.js';
import { DUMP_FILE } from './contents.js';
import { type DatabaseSnapshot, needsUpload } from './snapshot.js';

/** Backs up and restores PostgreSQL with its own tools, if they are installed. */

/** Debian installs the tools outside the PATH, in one folder per version. */
const DEBIAN_FOLDER = '/usr/lib/postgresql';
const MAX_ERROR_CHARACTERS = 1_000;

/** Runs `pg_dump` on the same snapshot from which the waiting inspections are read. */
export async function dumpPostgres(url: string, folder: string, path: string): Promise<DatabaseSnapshot> {
  const program = await findTool('pg_dump', path);
  return withClient(url, async (client) => {
    await client.query('begin transaction isolation level repeatable read read only');
    const { rows: moments } = await client.query<{ name: string }>('select pg_export_snapshot() as name');
    const { rows } = await client.query<{ id: string; request: string }>(
      "select id, request from inspections where status in ('queued', 'running')",
    );
    const { rows: counts } = await client.query<{ number: string }>(
      'select count(*) as number from inspections',
    );
    const { rows: applied } = await client.query<{ name: string }>(MIGRATIONS_QUERY);
    await runTool({ program, path }, url, [
      '--format=custom',
      '--no-owner',
      '--no-privileges',
      `--snapshot=${moments[0]?.name}`,
      `--file=${join(folder, DUMP_FILE)}`,
    ]);
    await client.query('rollback');
    return {
      file: DUMP_FILE,
      inspections: Number(counts[0]?.number),
      migrations: applied.map(({ name }) => name),
      waiting: rows.filter(needsUpload).map(({ id }) => id),
    };
  });
}

/** Restores a dump into an empty database in a single transaction. */
export async function restorePostgres(url: string, dump: string, path: string): Promise<void> {
  const program = await findTool('pg_restore', path);
  await runTool({ program, path }, url, [
    '--no-owner',
    '--no-privileges',
    '--exit-on-error',
    '--single-transaction',
    dump,
  ]);
}

/** Returns true if the database has no tables, views or sequences outside the system schemas. */
export async function isEmptyDatabase(url: string): Promise<boolean> {
  return withClient(url, async (client) => {
    const { rows } = await client.query(
      `select 1 from pg_class join pg_namespace on pg_namespace.oid = relnamespace
       where relkind in ('r', 'p', 'v', 'm', 'S', 'f') and nspname !~ '^pg_' and nspname <> 'information_schema'
       limit 1`,
    );
    return rows.length === 0;
  });
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const { default: postgres } = await import('pg');
  const client = new postgres.Client({ connectionString: url });
  // A failing connection rejects the pending query; the event needs a listener only so that it does not end the
  // process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function findTool(name: 'pg_dump' | 'pg_restore', path: string): Promise<string> {
  const versions = await readdir(DEBIAN_FOLDER).catch(() => []);
  const folders = versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(DEBIAN_FOLDER, version, 'bin'));
  // The newest version can read every older server, while the PATH may name an old one.
  const found = await findProgram([name], [...folders, path].join(delimiter));
  if (found !== undefined) return found;
  throw new BackupError(message('backup.error.noTool', { program: name }));
}

/** Passes the password in the environment, because every user of the machine can read arguments. */
function runTool(
  { program, path }: { program: string; path: string },
  url: string,
  args: readonly string[],
): Promise<void> {
  const address = new URL(url);
  const password = decodeURIComponent(address.password);
  address.password = '';
  const env = { PATH: path, LC_ALL: 'C', ...(password === '' ? {} : { PGPASSWORD: password }) };
  return new Promise((resolve, reject) => {
    execFile(program, [...args, `--dbname=${address}`], { env }, (error, _stdout, stderr) => {
      if (error === null) resolve();
      else
        reject(
          new BackupError(
            message('text.asWritten', {
              text: stderr.trim().slice(0, MAX_ERROR_CHARACTERS) || error.message,
            }),
            { cause: error },
          ),
        );
    });
  });
}
