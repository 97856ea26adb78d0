import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type pg from 'pg';
import { findProgram } from '../doctor/programs.js';
import { said } from '../say/said.js';
import { BackupError } from './backup-error.js';
import { DUMP_FILE } from './contents.js';
import { needsUpload, type Snapshot } from './snapshot.js';

/** PostgreSQL has its own tools for this; they are run where they are installed. */

/** Debian keeps them off the PATH, one version a folder. */
const DEBIAN_FOLDER = '/usr/lib/postgresql';
const MOST_WORDS = 1_000;

/** pg_dump is handed the very moment in which the waiting inspections are asked for. */
export async function postgresSnapshot(url: string, folder: string, path: string): Promise<Snapshot> {
  const program = await toolFor('pg_dump', path);
  return withClient(url, async (client) => {
    await client.query('begin transaction isolation level repeatable read read only');
    const { rows: moments } = await client.query<{ name: string }>('select pg_export_snapshot() as name');
    const { rows } = await client.query<{ id: string; request: string }>(
      "select id, request from inspections where status in ('queued', 'running')",
    );
    const { rows: counts } = await client.query<{ number: string }>(
      'select count(*) as number from inspections',
    );
    await run({ program, path }, url, [
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
      waiting: rows.filter(needsUpload).map(({ id }) => id),
    };
  });
}

/** All of it or nothing, into a database in which there is nothing. */
export async function postgresRestore(url: string, dump: string, path: string): Promise<void> {
  const program = await toolFor('pg_restore', path);
  await run({ program, path }, url, [
    '--no-owner',
    '--no-privileges',
    '--exit-on-error',
    '--single-transaction',
    dump,
  ]);
}

/** No table, view or sequence of anybody's. */
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
  // One that breaks fails what was asked of it; nobody else listens.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function toolFor(name: 'pg_dump' | 'pg_restore', path: string): Promise<string> {
  const versions = await readdir(DEBIAN_FOLDER).catch(() => []);
  const folders = versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(DEBIAN_FOLDER, version, 'bin'));
  // The newest reads every older server; the PATH may name an old one.
  const found = await findProgram([name], [...folders, path].join(delimiter));
  if (found !== undefined) return found;
  throw new BackupError(said('backup.error.noTool', { program: name }));
}

/** The password goes by the environment: everybody on the machine can read arguments. */
function run(
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
            said('text.asWritten', { text: stderr.trim().slice(0, MOST_WORDS) || error.message }),
            { cause: error },
          ),
        );
    });
  });
}
