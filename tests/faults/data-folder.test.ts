import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kill, type Launched, launch, launched } from '../cli/launched.js';
import { assay } from '../cli/spawn-assay.js';
import { temporaryDirectory } from '../http/posting.js';
import { fetched } from '../support/fetched.js';
import { describeWith } from '../support/system-parts.js';
import { post, statuses } from './posts.js';

const settings = (dataDir: string) => ({
  ASSAY_DATA_DIR: dataDir,
  ASSAY_SELF_TEST: 'skip',
  ASSAY_SANDBOX: 'off',
});

describe('two servers on one folder without PostgreSQL', () => {
  it('are refused to the second, which takes nothing of the first away', async () => {
    const dataDir = temporaryDirectory();
    const first = await launched('serve', settings(dataDir));
    // An upload in progress at the first service.
    const incoming = join(dataDir, 'uploads', '0f8fad5b-d9cb-469f-a165-70867728950e');
    mkdirSync(join(dataDir, 'uploads'), { recursive: true });
    writeFileSync(incoming, 'some bytes');
    await expect(launch('serve', settings(dataDir))).rejects.toThrow(
      /assay: another server uses .*\(DATABASE_URL\) and the folder\.\n$/,
    );
    expect(readdirSync(join(dataDir, 'uploads'))).toHaveLength(1);
    expect((await post(first.url, 1)).status).toBe(201);
    // Other processes may use the same database.
    await launched('worker', settings(dataDir));
    expect(await assay(['keys', 'list'], settings(dataDir))).toMatchObject({ code: 0 });

    await kill(first);
    const next = await launched('serve', settings(dataDir));
    expect((await post(next.url, 2)).status).toBe(201);
  });
});

describeWith('bwrap', 'a data folder that cannot be written', (bwrap) => {
  const readOnly = (dataDir: string) => ({
    under: [bwrap, '--dev-bind', '/', '/', '--ro-bind', dataDir, dataDir, '--die-with-parent', '--'],
  });

  it.each(['an empty one', 'one that was written before'])(
    '%s: a start says so in one line',
    async (which) => {
      const dataDir = temporaryDirectory();
      if (which !== 'an empty one') await kill(await launch('serve', settings(dataDir)));
      await expect(launch('serve', settings(dataDir), readOnly(dataDir))).rejects.toThrow(
        new RegExp(`assay: nothing can be stored in ${dataDir} \\([^\\n]*\\)\\n$`),
      );
      const after = await launched('serve', settings(dataDir));
      expect((await post(after.url, 1)).status).toBe(201);
    },
  );
});

describeWith('bwrap', 'a data folder that takes no new file while the service works', (bwrap) => {
  /** Mounts in the server's own namespace. */
  function mount({ child }: Launched, command: string): void {
    const pid = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ')[0];
    const user = process.getuid?.() === 0 ? [] : ['--user', '--preserve-credentials'];
    execFileSync('nsenter', ['--target', String(pid), '--mount', ...user, 'sh', '-ec', command]);
  }

  it('is told as what it is, costs no accepted file its result, and is over once it is', async () => {
    const dataDir = temporaryDirectory();
    const serve = await launched(
      'serve',
      { ...settings(dataDir), ASSAY_JOBS: '1' },
      {
        under: [bwrap, '--dev-bind', '/', '/', '--tmpfs', dataDir, '--die-with-parent', '--'],
      },
    );
    const { url } = serve;
    const before = await Promise.all([1, 2, 3, 4].map((one) => post(url, one, { later: true })));
    expect(before.map(({ status }) => status)).toEqual([202, 202, 202, 202]);
    const ready = async () => (await fetched(`${url}/v1/health/ready`)).status;

    mount(serve, `mount --bind "${dataDir}" "${dataDir}"; mount -o remount,bind,ro "${dataDir}"`);
    const away = { status: 503, code: 'storage-unavailable', retryAfter: '10' };
    expect([await post(url, 5), await post(url, 6, { later: true })]).toEqual([away, away]);
    const started = await fetch(`${url}/v1/uploads`, {
      method: 'POST',
      headers: { 'tus-resumable': '1.0.0', 'upload-length': '5' },
    });
    expect(await started.json()).toMatchObject({ status: 503, code: 'storage-unavailable' });
    await expect.poll(ready, { timeout: 30_000 }).toBe(503);
    expect((await fetched(`${url}/v1/health/live`)).status).toBe(200);
    expect((await fetched(`${url}/v1/inspections/${before[0]?.id}`)).status).toBeLessThan(300);

    mount(serve, `umount --lazy "${dataDir}"`);
    const stand = async () => {
      const all = await statuses(url);
      return before.map(({ id }) => all.get(id ?? ''));
    };
    await expect.poll(stand, { timeout: 60_000 }).toEqual(Array(4).fill('done'));
    expect((await post(url, 7)).status).toBe(201);
    await expect.poll(ready, { timeout: 30_000 }).toBe(200);
    expect([...(await statuses(url)).values()].filter((status) => status !== 'done')).toEqual([]);
    expect(serve.child.exitCode).toBeNull();
  }, 120_000);
});
