import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { standIn } from '../../support/program.js';
import { describeWith, itWhere } from '../../support/system-parts.js';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const PRINT = standIn('print-with');
const CORE_PATTERN = '/proc/sys/kernel/core_pattern';
const SECRET = 'not for any page';

let folder: string;
/** Next to the browser's folder, like other programs in `/opt`. */
let secret: string;
let browser: string;
let server: Server;
beforeAll(async () => {
  server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  folder = mkdtempSync(join(tmpdir(), 'assay-browser-'));
  chmodSync(folder, 0o755);
  secret = join(folder, 'secret');
  writeFileSync(secret, SECRET, { mode: 0o644 });
  const own = join(folder, 'browser');
  mkdirSync(own);
  copyFileSync(here('./children/stand-in-browser.js'), join(own, 'stand-in.mjs'));
  // If Node lies outside of what the browser sees, it must be made visible too.
  const node = process.execPath.startsWith('/usr/') ? process.execPath : join(own, 'node');
  if (!existsSync(node)) copyFileSync(process.execPath, node);
  browser = join(own, 'browser');
  writeFileSync(browser, `#!/bin/sh\nexec '${node}' '${join(own, 'stand-in.mjs')}' ${port} '${secret}'\n`);
  chmodSync(browser, 0o755);
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs as user 65534, which root can become. */
const ORDINARY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
const isRoot = process.getuid?.() === 0;
/** Some machines reserve sandboxes for root, and some checkouts are in folders that other users cannot read. */
const ordinaryWorks =
  isRoot &&
  spawnSync('setpriv', [...ORDINARY.slice(1), 'bwrap', '--unshare-user', '--ro-bind', '/', '/', 'cat', PRINT])
    .status === 0;

/** Leaves numbers 3 to 199 free: Node sets close-on-exec up to the first gap after 16. */
const GAP = Array.from({ length: 197 }, () => 'ignore' as const);

/** The process that starts Assay has the secret open as descriptor 200. */
function print(before: readonly string[], ...args: string[]): Buffer {
  const [program = '', ...rest] = [...before, process.execPath, PRINT, ...args];
  const stdio = ['ignore', 'pipe', 'inherit', ...GAP, openSync(secret, 'r')];
  const { stdout, status } = spawnSync(program, rest, { stdio: stdio as ('ignore' | 'pipe' | number)[] });
  expect(status).toBe(0);
  return stdout;
}

interface Came {
  [what: string]: unknown;
  user: number;
  root: string[];
}

const came = (before: readonly string[] = []): Came =>
  JSON.parse(print(before, browser, join(folder, 'browser')).toString());

const held = {
  page: '<h1>a page</h1>',
  capabilities: Array.from({ length: 3 }, () => '0000000000000000'),
  groups: expect.not.arrayContaining([0]),
  noNewPrivileges: '1',
  filter: '2',
  environment: expect.not.arrayContaining([expect.stringMatching(/KEY|TOKEN|DATABASE|ASSAY/)]),
  'core_pattern written': expect.stringMatching(/^E(NOENT|ACCES|ROFS)$/),
  'secret read': 'ENOENT',
  'passwd read': 'ENOENT',
  descriptors: [],
  'descriptor 200': 'EBADF',
  connected: 'EPERM',
  mounted: expect.stringMatching(/permission denied|not permitted|must be superuser/i),
  'made namespaces': expect.stringMatching(/not permitted/i),
  'written beside the page': expect.stringMatching(/^E(ROFS|ACCES)$/),
  'written over the page': expect.stringMatching(/^E(ROFS|ACCES)$/),
  'written to the root': expect.stringMatching(/^E(ROFS|ACCES)$/),
  'written too much': 'EFBIG',
};

describeWith('bwrap', 'a browser that a page has taken over', () => {
  const core = existsSync(CORE_PATTERN) ? readFileSync(CORE_PATTERN, 'utf8') : undefined;

  it('has no way out of where it is shut in', () => {
    const all = came();
    expect(all).toMatchObject(held);
    // Of `/var` only the font configuration is visible, of `/tmp` only the browser's own folder.
    const inSight = [
      'bin',
      'dev',
      'etc',
      'job',
      'lib',
      'lib32',
      'lib64',
      'libx32',
      'proc',
      'sbin',
      'tmp',
      'usr',
      'var',
    ];
    expect(all.root.filter((name) => !inSight.includes(name))).toEqual([]);
    expect(all['var']).toEqual(expect.not.arrayContaining(['lib', 'log', 'mail', 'spool', 'tmp']));
    expect(all['etc']).toEqual(
      expect.not.arrayContaining(['passwd', 'shadow', 'hostname', 'ssl', 'resolv.conf']),
    );
    expect(all['processes']).toBeLessThan(8);
    if (core !== undefined) expect(readFileSync(CORE_PATTERN, 'utf8')).toBe(core);
  });

  itWhere(isRoot, 'root')('of root is no user of this machine, and another one each time', () => {
    const [one, two] = [came(), came()];
    expect(one.user).toBeGreaterThan(60_000);
    expect(one.user).not.toBe(two.user);
    expect(one['group']).toBe(one.user);
  });

  itWhere(ordinaryWorks, 'a browser sandbox for ordinary users')(
    'of an ordinary user is held as well',
    () => {
      expect(came(ORDINARY)).toMatchObject({ ...held, groups: expect.anything() });
    },
  );

  describeWith('chromium', 'while the one this machine has', () => {
    it('prints in there', () => {
      expect(print([]).subarray(0, 5).toString()).toBe('%PDF-');
    });

    itWhere(ordinaryWorks, 'a browser sandbox for ordinary users')(
      'prints in there for an ordinary user',
      () => {
        expect(print(ORDINARY).subarray(0, 5).toString()).toBe('%PDF-');
      },
    );
  });
});
