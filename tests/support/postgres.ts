import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { memoryFolder } from './memory-folder.js';
import { freePort } from './ports.js';
import { PROGRAM } from './program.js';
import { signalled } from './signalled.js';

const run = promisify(execFile);
/** On a busy machine, initdb on a loaded disk or a recovery after `kill` takes minutes. */
const START_MILLIS = 200_000;
/** A cluster with a database that has the current tables, created once per test run and then copied. */
const MADE = join(PROGRAM, 'postgres');
const MIGRATED = 'assay_migrated';
/**
 * Only processes are killed here, never the machine, so committed data survives without these settings. There are no
 * replicas.
 */
const SETTINGS = ['fsync=off', 'full_page_writes=off', 'wal_level=minimal', 'max_wal_senders=0'].flatMap(
  (setting) => ['-c', setting],
);

/** A real server in a temporary folder, on a free port of loopback. */
export interface Postgres {
  /** Creates an empty database and returns its `postgres://…` address. */
  newDatabase(): Promise<string>;
  /** Creates a database with the current tables. */
  migratedDatabase(): Promise<string>;
  /** Kills every process at once, like a power failure. */
  kill(): Promise<void>;
  /** Suspends the server like a hanging machine until `goOn`. */
  hang(): Promise<void>;
  goOn(): Promise<void>;
  /** Restarts after `kill` with the same data and port. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Copies a database as files, because a copy through the journal takes twice the processor time. PostgreSQL before
 * version 15 only has the file copy.
 */
async function copying(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ version: string }>(
    "select current_setting('server_version_num') as version",
  );
  return Number(rows[0]?.version) >= 150_000 ? ' strategy file_copy' : '';
}

/** `program` is the path of `postgres`, as describeWith gives it. */
export async function startPostgres(program: string): Promise<Postgres> {
  const bin = dirname(program);
  const folder = await mkdtemp(join(memoryFolder(), 'assay-postgres-'));
  const data = join(folder, 'data');
  // The server refuses to run as root; Debian's package created a user for it.
  const owner = process.getuid?.() === 0 ? await postgresUser() : undefined;
  if (owner !== undefined) await chown(folder, owner.uid, owner.gid);
  await chmod(folder, 0o700);
  const as = owner === undefined ? {} : { uid: owner.uid, gid: owner.gid };
  const first = !existsSync(MADE);
  if (!first) await copied(MADE, data);
  else {
    await run(join(bin, 'initdb'), ['-D', data, '-U', 'assay', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
      ...as,
      env: { ...process.env, LC_ALL: 'C.UTF-8', HOME: folder },
      cwd: folder,
    });
  }
  const port = await freePort();
  const url = (database: string) => `postgres://assay@127.0.0.1:${port}/${database}`;
  let server: ChildProcess | undefined;
  let databases = 0;

  const ended = async (child: ChildProcess) => {
    if (child.exitCode === null && child.signalCode === null) {
      await new Promise((resolve) => child.once('exit', resolve));
    }
  };
  const spawned = () =>
    spawn(
      program,
      [
        '-D',
        data,
        '-p',
        String(port),
        '-k',
        folder,
        '-c',
        'listen_addresses=127.0.0.1',
        '-c',
        'max_connections=200',
        ...SETTINGS,
      ],
      { ...as, stdio: 'ignore', cwd: folder },
    );
  const start = async () => {
    server = spawned();
    const until = Date.now() + START_MILLIS;
    for (;;) {
      const client = new pg.Client({ connectionString: url('postgres') });
      client.on('error', () => undefined);
      try {
        await client.connect();
        await client.end();
        return;
      } catch (error) {
        await client.end().catch(() => undefined);
        if (Date.now() > until) throw error;
        // The server ends at once if a process of the killed server still holds the shared memory.
        if (server.exitCode !== null || server.signalCode !== null) server = spawned();
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };
  await start();
  const create = async (name: string, from?: string) => {
    const client = new pg.Client({ connectionString: url('postgres') });
    await client.connect();
    const copied = from === undefined ? '' : ` template ${from}${await copying(client)}`;
    await client.query(`create database ${name}${copied}`);
    await client.end();
    return url(name);
  };
  if (first) {
    await migrate(await create(MIGRATED), folder);
    // Stopped regularly, so that the copies have nothing to recover.
    server?.kill('SIGINT');
    if (server !== undefined) await ended(server);
    await keep(data);
    await start();
  }
  // Signals the server and the process of each connection. One of these may end between the listing and its signal (a
  // connection closed meanwhile), which is no fault.
  const all = async (signal: NodeJS.Signals) => {
    if (server?.pid === undefined) throw new Error('the database is not running');
    const { pid } = server;
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
    for (const one of [pid, ...(children.match(/\d+/g) ?? []).map(Number)]) signalled(one, signal);
  };

  const next = () => {
    databases += 1;
    return `assay_${databases}`;
  };

  return {
    start,
    hang: () => all('SIGSTOP'),
    goOn: () => all('SIGCONT'),
    newDatabase: () => create(next()),
    migratedDatabase: () => create(next(), MIGRATED),
    kill: async () => {
      if (server === undefined) return;
      // The server's own children end by themselves once their parent is gone.
      server.kill('SIGQUIT');
      await ended(server);
    },
    stop: async () => {
      if (server !== undefined) {
        server.kill('SIGQUIT');
        await ended(server);
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function migrate(url: string, dataDir: string): Promise<void> {
  const { openStores } = await import('../../src/storage/stores.js');
  await (await openStores({ dataDir, url }, { supervise: false })).close();
}

/** Several processes may do so at once: the first puts a complete one in place, and they are equal. */
async function keep(data: string): Promise<void> {
  const own = `${MADE}.${process.pid}`;
  await copied(data, own);
  await rename(own, MADE).catch(() => rm(own, { recursive: true, force: true }));
}

/** Preserves the owner. */
const copied = (from: string, to: string) => run('cp', ['-a', from, to]);

async function postgresUser(): Promise<{ uid: number; gid: number }> {
  const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout.trim());
  return { uid: await id('-u'), gid: await id('-g') };
}
