import { type SpawnSyncOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IsolationStatus } from '../../../src/inspect/protocol/isolation-status.js';
import {
  detectPrivileges,
  privilegesHeldMessage,
  privilegesMissingMessage,
} from '../../../src/inspect/sandbox/privileges.js';
import { ASSAY, readerStandIn, standIn } from '../../support/program.js';
import { describeWith, itWhere } from '../../support/system-parts.js';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const PARENT = standIn('parent-of-a-reader');
const ENTRY = readerStandIn('hostile-reader');
const SECRET = 'a password of nobody';

let folder: string;
let picture: string;
let server: Server;
let port: number;
let visitors = 0;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-narrow-'));
  chmodSync(folder, 0o755);
  picture = join(folder, 'picture.png');
  // A file without a manifest, so that no process has to compile an engine.
  copyFileSync(here('../../../fixtures/plain/plain.png'), picture);
  chmodSync(picture, 0o644);
  writeFileSync(join(folder, 'for all'), SECRET, { mode: 0o644 });
  server = createServer((socket) => {
    visitors += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const isRoot = process.getuid?.() === 0;
const ORDINARY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
/** Some checkouts are in folders that other users cannot read. */
const ordinaryWorks = isRoot && spawnSync('setpriv', [...ORDINARY.slice(1), 'cat', PARENT]).status === 0;

/** Isolation level below the sandbox. */
const NARROW = 1;

interface Asked {
  before?: readonly string[];
  path?: string;
  deep?: boolean;
  rung?: number;
  unaided?: boolean;
  hide?: boolean;
  trustDir?: string;
  /** Descriptor inherited as number 200. */
  inherited?: number;
}

/** Returns the result of a reader whose parent is started with a secret in its environment. */
function reader(name: string, { before = [], inherited, ...asked }: Asked = {}) {
  const [program = '', ...args] = [...before, process.execPath, PARENT];
  const task = JSON.stringify({ childEntry: ENTRY, path: picture, name, rung: NARROW, ...asked });
  const gap = inherited === undefined ? [] : [...Array.from({ length: 197 }, () => 'ignore'), inherited];
  const { stdout, stderr, pid } = spawnSync(program, [...args, task], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ASSAY_TEST_SECRET: SECRET },
    stdio: ['ignore', 'pipe', 'pipe', ...gap] as SpawnSyncOptions['stdio'],
  });
  if (stdout === '') throw new Error(stderr.toString());
  return {
    pid,
    ...(JSON.parse(stdout.toString()) as {
      came: string;
      held: IsolationStatus;
      secret: string;
      status: string;
      opened: string[];
    }),
  };
}

const came = (name: string, asked?: Asked): string => reader(name, asked).came;

const can = detectPrivileges();

describeWith('setpriv', 'without bubblewrap, a reader that a file has taken over', () => {
  it('is held as is said', () => {
    const { held } = reader('user');
    expect(held).toMatchObject({
      level: 'process',
      message: privilegesHeldMessage(can),
      missing: privilegesMissingMessage(can),
    });
  });

  it('has none of its starter’s rights', () => {
    for (const deep of [false, true]) {
      const { status } = reader('user', { deep });
      if (isRoot)
        expect(status).toMatch(/CapPrm: 0000000000000000 CapEff: 0000000000000000 CapBnd: 0000000000000000/);
      expect(status).toMatch(can.filter ? /NoNewPrivs: 1 Seccomp: 2$/ : /NoNewPrivs: 1 Seccomp: 0$/);
    }
  });

  itWhere(can.user, 'root')('is a user that nobody is, under root', () => {
    const users = [1, 2].map(() => /Uid: (\d+) /.exec(reader('user').status)?.[1]);
    for (const user of users) expect(Number(user)).toBeGreaterThan(60_000);
    expect(came('write|/proc/sys/kernel/core_pattern', { deep: true })).toMatch(/^E(ACCES|ROFS)$/);
    const own = join(folder, 'of its owner');
    writeFileSync(own, SECRET, { mode: 0o600 });
    expect(came(`read|${own}`)).toBe('EACCES');
  });

  itWhere(can.filter, 'a filter of system calls')(
    'reaches no network, and starts no program but for pixels',
    () => {
      const before = visitors;
      expect(came(`connect|${port}`)).toBe('EPERM');
      expect(visitors).toBe(before);
      expect(came('start a program')).toBe('EPERM');
      expect(came('start a program', { deep: true })).toBe('started');
      // The filter refuses it even without a separate user.
      for (const deep of [false, true]) expect(came('end its parent', { deep })).toBe('EPERM');
    },
  );

  itWhere(can.files, 'Landlock or another restriction of files')(
    'opens its own file, and nothing else of this machine',
    () => {
      expect(came('read|$FILE')).toMatch(/^\d+ bytes$/);
      const reads = [
        ...['/etc/passwd', join(folder, 'for all'), picture, '/proc/1/environ', '/proc/self/status'].map(
          (path) => `read|${path}`,
        ),
        ...['/', '/home', '/proc', folder, tmpdir(), '/dev/shm'].map((path) => `list|${path}`),
      ];
      expect(came(reads.join('||')).split('||')).toEqual(reads.map(() => 'EACCES'));
      // Names that do not exist on this machine.
      const writes = ['/tmp', '/dev/shm', folder].map((where) => `write|${join(where, basename(folder))}-x`);
      const refused = (code: string) => writes.map(() => code);
      expect(came(writes.join('||'), { deep: true }).split('||')).toEqual(refused('EACCES'));
      // A reader that starts no programs cannot open anything for writing anywhere.
      if (can.filter) expect(came(writes.join('||')).split('||')).toEqual(refused('EPERM'));
    },
  );

  itWhere(can.user || can.files, 'a user of its own or a restriction of files')(
    'cannot write to the file it reads, nor beside it',
    () => {
      for (const deep of [false, true]) {
        const refused = can.filter && !deep ? /^EPERM$/ : /^E(ACCES|ROFS)$/;
        expect(came('write|$FILE', { deep })).toMatch(refused);
        expect(came('write|$FILE.x', { deep })).toMatch(refused);
      }
    },
  );

  itWhere(ordinaryWorks, 'setpriv for ordinary users')(
    'is held for an ordinary user too, as far as that goes',
    () => {
      const before = ORDINARY;
      const { held, status } = reader('user', { before });
      expect(held.message).toEqual(privilegesHeldMessage({ ...can, user: false }));
      expect(status).toContain('NoNewPrivs: 1');
      if (can.filter) expect(came(`connect|${port}`, { before })).toBe('EPERM');
      if (can.files) expect(came(`read|${join(folder, 'for all')}`, { before })).toBe('EACCES');
      expect(came('read|$FILE', { before })).toMatch(/^\d+ bytes$/);
    },
  );

  it('finds nothing in the place of a file that was left open for its parent', () => {
    const secret = join(folder, 'left open');
    writeFileSync(secret, SECRET, { mode: 0o600 });
    const { came, opened } = reader('descriptor 200', { inherited: openSync(secret, 'r') });
    expect(came).toBe('0 bytes');
    expect(opened.filter((one) => one.includes(folder))).toEqual([]);
    expect(opened).toContain('200 /dev/null');
  });

  itWhere(can.user || can.files, 'a user of its own or a restriction of files')(
    'is given a large file that its user may not open, and leaves nothing of it',
    () => {
      const large = join(folder, 'large.png');
      writeFileSync(large, Buffer.alloc(33 * 1024 ** 2, 7), { mode: 0o600 });
      const closed = reader('read|$FILE', { path: large });
      chmodSync(large, 0o644);
      const open = reader('read|$FILE', { path: large });
      for (const { came } of [closed, open]) expect(came).toBe(`${33 * 1024 ** 2} bytes`);
      if (can.files) expect(came(`read|${picture}`, { path: large })).toBe('EACCES');
      // Other tests kill processes meanwhile, whose folders remain, so only those of these two are checked.
      const left = [...readdirSync('/dev/shm'), ...readdirSync(tmpdir())].filter((name) =>
        [closed.pid, open.pid].includes(Number(/^assay-(?:reading|filter|slate)-\d+-(\d+)-/.exec(name)?.[1])),
      );
      expect(left).toEqual([]);
    },
  );

  itWhere(can.user || can.files, 'a user of its own or a restriction of files')(
    'sees the trust lists, also where they lie in a closed folder',
    () => {
      const trustDir = join(folder, 'closed', 'trust');
      mkdirSync(trustDir, { recursive: true });
      writeFileSync(join(trustDir, 'list.pem'), 'a list', { mode: 0o600 });
      chmodSync(join(folder, 'closed'), 0o700);
      expect(came('trust lists', { trustDir })).toBe('list.pem: 6 bytes');
    },
  );
});

describe('what a process was started with', () => {
  const words = 'ASSAY_TEST_SECRET';
  const plain = { unaided: true, rung: 0 };

  it('would be seen by a reader that nothing holds: the test can fail', () => {
    expect(came(`environments|${words}`, plain)).not.toMatch(/^seen in 0,/);
  });

  it('is not seen by it once it is hidden, and is still known to the process itself', () => {
    const { came: seen, secret } = reader(`environments|${words}`, { ...plain, hide: true });
    expect(seen).toBe('seen in 0, of the parent true');
    expect(secret).toBe(SECRET);
  });

  itWhere(can.user || can.files, 'a user of its own or a restriction of files')(
    'is not seen by a reader that setpriv holds, hidden or not',
    () => {
      expect(came(`environments|${words}`)).toBe('seen in 0, of the parent EACCES');
    },
  );

  const INTACT = here('../../../fixtures/c2pa/png-c2pa-intact.png');

  it.each([['serve'], ['inspect', INTACT], ['scan', INTACT]])('is hidden by `assay %s`', async (...args) => {
    const child = spawn(process.execPath, [ASSAY, ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        ASSAY_PORT: '0',
        ASSAY_DATA_DIR: join(folder, 'data'),
        AWS_SECRET_ACCESS_KEY: SECRET,
      },
    });
    const ended = once(child, 'exit');
    child.stderr.on('data', (said) => String(said).includes('assay listens') && child.kill());
    // Last environment seen before the process ends.
    let seen = '';
    while (child.exitCode === null && child.signalCode === null) {
      // The environment is empty while the process starts, and after it has ended.
      seen = environmentOf(child.pid) || seen;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await ended;
    expect(seen).toContain('PATH=');
    expect(seen).not.toContain('AWS');
    expect(seen).not.toContain(SECRET);
  });
});

/** Returns the environment of a process; empty once it has ended. */
function environmentOf(pid = 0): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return '';
  }
}
