import { execFile } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ASSAY } from '../support/program.js';
import { describeWhere, describeWith } from '../support/system-parts.js';

/**
 * A container as the compose files make one: an ordinary user, no capability, no new privileges, a read-only root,
 * masked parts of `/proc`, and the system call rules of `docker-seccomp.json`. Its file system is that of this machine,
 * read-only.
 */

const ROOT = resolve(import.meta.dirname, '../..');
/** User id of the image. */
const USER = 10_001;
const NODE = '/node';
/** Paths that Docker masks, and paths that it makes read-only. */
const MASKED = [
  'acpi',
  'asound',
  'interrupts',
  'kcore',
  'keys',
  'latency_stats',
  'sched_debug',
  'scsi',
  'timer_list',
];
const READ_ONLY = ['bus', 'fs', 'irq', 'sys', 'sysrq-trigger'];

interface Profile {
  defaultAction: string;
  defaultErrnoRet: number;
  archMap: { architecture: string }[];
  syscalls: { names: string[]; action: string; args?: unknown[]; errnoRet?: number }[];
}
const PROFILE: Profile = JSON.parse(readFileSync(join(ROOT, 'docker-seccomp.json'), 'utf8'));

const seccompOf = ({ archMap, ...rest }: Profile) => ({
  ...rest,
  architectures: archMap.map(({ architecture }) => architecture),
});

const without = (...left: string[]): Profile => ({
  ...PROFILE,
  syscalls: PROFILE.syscalls.map((one) => ({
    ...one,
    names: one.names.filter((name) => !left.includes(name)),
  })),
});

describeWhere(process.getuid?.() === 0, 'root', 'in a container without capabilities', () => {
  describeWith('runc', 'under the rules of docker-seccomp.json', () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'assay-container-'));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    let containers = 0;
    async function run(
      profile: Profile,
      ...args: string[]
    ): Promise<{ code: number; stdout: string; stderr: string }> {
      containers += 1;
      const bundle = join(folder, String(containers));
      const rootfs = join(bundle, 'rootfs');
      for (const name of ['app', 'data', 'dev', 'etc', 'proc', 'sys', 'tmp', 'usr'])
        mkdirSync(join(rootfs, name), { recursive: true });
      writeFileSync(join(rootfs, NODE), '');
      const bound: [here: string, there: string][] = [
        ['/usr', '/usr'],
        ['/etc', '/etc'],
        [ROOT, '/app'],
        [process.execPath, NODE],
      ];
      for (const name of ['/bin', '/sbin', '/lib', '/lib64']) {
        const stats = lstatSync(name, { throwIfNoEntry: false });
        if (stats?.isSymbolicLink()) symlinkSync(readlinkSync(name), join(rootfs, name));
        else if (stats !== undefined) {
          mkdirSync(join(rootfs, name));
          bound.push([name, name]);
        }
      }
      const memory = (destination: string, ...options: string[]) => ({
        ...{ destination, type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'nodev', ...options] },
      });
      const none = { bounding: [], effective: [], permitted: [], inheritable: [], ambient: [] };
      const config = {
        ociVersion: '1.0.2',
        hostname: 'assay',
        process: {
          user: { uid: USER, gid: USER },
          args: [NODE, join('/app', relative(ROOT, ASSAY)), ...args],
          env: ['PATH=/usr/local/bin:/usr/bin:/bin', 'ASSAY_DATA_DIR=/data', 'ASSAY_SANDBOX=require'],
          cwd: '/app',
          noNewPrivileges: true,
          capabilities: none,
        },
        root: { path: 'rootfs', readonly: true },
        mounts: [
          { destination: '/proc', type: 'proc', source: 'proc', options: ['nosuid', 'noexec', 'nodev'] },
          { ...memory('/dev', 'mode=755', 'size=65536k'), options: ['nosuid', 'mode=755', 'size=65536k'] },
          {
            ...{ destination: '/dev/pts', type: 'devpts', source: 'devpts' },
            options: ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620'],
          },
          memory('/dev/shm', 'noexec', 'mode=1777', 'size=65536k'),
          memory('/tmp', 'noexec', 'mode=1777', 'size=64m'),
          memory('/data', 'mode=1777', 'size=64m'),
          {
            destination: '/sys',
            type: 'sysfs',
            source: 'sysfs',
            options: ['nosuid', 'noexec', 'nodev', 'ro'],
          },
          ...bound.map(([source, destination]) => ({
            ...{ destination, type: 'none', source, options: ['rbind', 'ro'] },
          })),
        ],
        linux: {
          namespaces: ['pid', 'ipc', 'uts', 'mount', 'network'].map((type) => ({ type })),
          maskedPaths: [...MASKED.map((name) => `/proc/${name}`), '/sys/firmware'],
          readonlyPaths: READ_ONLY.map((name) => `/proc/${name}`),
          seccomp: seccompOf(profile),
        },
      };
      writeFileSync(join(bundle, 'config.json'), JSON.stringify(config));
      const name = `assay-${process.pid}-${containers}`;
      const runc = ['--root', join(folder, 'state'), 'run', '--bundle', bundle, name];
      return promisify(execFile)('runc', runc).then(
        (done) => ({ code: 0, ...done }),
        (error) => ({ code: error.code, stdout: error.stdout, stderr: error.stderr }),
      );
    }

    it('bubblewrap makes its sandbox, and a file is read in it', async () => {
      const file = '/app/fixtures/c2pa/png-c2pa-trained.png';
      const { code, stdout, stderr } = await run(PROFILE, 'inspect', '--json', file);
      expect([code, stderr]).toEqual([0, '']);
      expect(JSON.parse(stdout)).toMatchObject({
        tool: { isolation: 'sandbox' },
        contentCredentials: { presence: 'present' },
        reads: { c2pa: { status: 'found' } },
      });
    });

    it('pixels are decoded in it, by ffmpeg too', async () => {
      const names = ['plain.heic', 'plain.jpg', 'plain.mp4'];
      const files = names.map((name) => `/app/fixtures/plain/${name}`);
      const { stdout } = await run(PROFILE, 'scan', '--ordered', '--keep', 'fingerprints', ...files);
      const records = stdout
        .split('\n')
        .filter((line) => line.includes('"path"'))
        .map((line) => JSON.parse(line));
      expect(records.map(({ path, fingerprint }) => [path, fingerprint?.made?.[0]?.kind])).toEqual([
        [files[0], 'picture'],
        [files[1], 'picture'],
        [files[2], 'video'],
      ]);
    });

    it('the service would begin, and each engine answers as it should', async () => {
      const { code, stdout } = await run(PROFILE, 'doctor', '--selftest', '--json');
      const { parts, selfTest, works } = JSON.parse(stdout);
      expect(parts).toContainEqual(expect.objectContaining({ id: 'isolation', state: 'found' }));
      expect(parts).toContainEqual(expect.objectContaining({ id: 'system-calls', state: 'found' }));
      expect([code, works, selfTest.passed]).toEqual([0, true, true]);
    });

    it('without what bubblewrap needs nothing is read: the test can fail', async () => {
      const file = '/app/fixtures/plain/plain.png';
      for (const left of [['unshare', 'clone'], ['mount'], ['pivot_root']]) {
        const { code, stdout } = await run(without(...left), 'inspect', '--json', file);
        expect([left, code]).not.toEqual([left, 0]);
        expect(JSON.parse(stdout || '{}')).not.toHaveProperty('tool');
      }
    });
  });
});
