import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmod, chown, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from './ports.js';
import { signalled } from './signalled.js';

const run = promisify(execFile);
/** initdb's folder on a disk that others write to, a recovery after `kill`: minutes on a busy machine. */
const START_MILLIS = 200_000;

/** A real server of our own, in a temporary folder, on a free port of loopback. */
export interface Postgres {
  /** A new, empty database: `postgres://…`. */
  newDatabase(): Promise<string>;
  /** A new database with the tables of this version, as whoever opens an empty one leaves it: made once, then copied. */
  migratedDatabase(): Promise<string>;
  /** As a power cut would: every process of it at once. */
  kill(): Promise<void>;
  /** It answers nothing and ends nothing, as a machine that hangs, until `goOn`. */
  hang(): Promise<void>;
  goOn(): Promise<void>;
  /** After `kill`: the same data, the same port. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** `program` is the path of `postgres`, as describeWith gives it. */
export async function startPostgres(program: string): Promise<Postgres> {
  const bin = dirname(program);
  const folder = await mkdtemp(join(tmpdir(), 'assay-postgres-'));
  const data = join(folder, 'data');
  // The server refuses to run as root; Debian's package made a user for it.
  const owner = process.getuid?.() === 0 ? await postgresUser() : undefined;
  if (owner !== undefined) await chown(folder, owner.uid, owner.gid);
  await chmod(folder, 0o700);
  const as = owner === undefined ? {} : { uid: owner.uid, gid: owner.gid };
  await run(join(bin, 'initdb'), ['-D', data, '-U', 'assay', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
    ...as,
    env: { ...process.env, LC_ALL: 'C.UTF-8', HOME: folder },
    cwd: folder,
  });
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
        // What is killed here is processes, never the machine: what they wrote is there without it.
        '-c',
        'fsync=off',
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
        // It ends at once where one of the killed server's processes still holds what they shared.
        if (server.exitCode !== null || server.signalCode !== null) server = spawned();
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };
  await start();
  // The server, and the process that each connection has. One of those may end between the list and its
  // signal (a connection closed meanwhile), which is no fault: there is nothing left to signal.
  const all = async (signal: NodeJS.Signals) => {
    if (server?.pid === undefined) throw new Error('the database is not running');
    const { pid } = server;
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
    for (const one of [pid, ...(children.match(/\d+/g) ?? []).map(Number)]) signalled(one, signal);
  };

  const create = async (from?: string) => {
    databases += 1;
    const name = `assay_${databases}`;
    const client = new pg.Client({ connectionString: url('postgres') });
    await client.connect();
    await client.query(`create database ${name}${from === undefined ? '' : ` template ${from}`}`);
    await client.end();
    return name;
  };
  let template: Promise<string> | undefined;
  const migrated = async () => {
    const [name, { openStores }] = await Promise.all([create(), import('../src/store/stores.js')]);
    await (await openStores({ dataDir: folder, url: url(name) }, { supervise: false })).close();
    return name;
  };

  return {
    start,
    hang: () => all('SIGSTOP'),
    goOn: () => all('SIGCONT'),
    newDatabase: async () => url(await create()),
    migratedDatabase: async () => {
      template ??= migrated();
      return url(await create(await template));
    },
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

async function postgresUser(): Promise<{ uid: number; gid: number }> {
  const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout.trim());
  return { uid: await id('-u'), gid: await id('-g') };
}
