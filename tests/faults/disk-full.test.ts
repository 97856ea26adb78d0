import { readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Launched, launched } from '../cli/launched.js';
import { temporaryDirectory } from '../http/posting.js';
import { fetched } from '../support/fetched.js';
import { describeWith } from '../support/system-parts.js';
import { post, statuses } from './posts.js';

const MEBIBYTE = 1024 ** 2;

/** Program inside another mount namespace, and the path of that namespace from here. */
function inside({ child }: Launched): string {
  const pid = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ')[0];
  return `/proc/${pid}/root`;
}

describeWith('bwrap', 'a disk that is full', (bwrap) => {
  it('is told, takes nothing that is kept along, and costs no accepted file its result', async () => {
    const dataDir = temporaryDirectory();
    const size = String(16 * MEBIBYTE);
    const serve = await launched(
      'serve',
      { ASSAY_DATA_DIR: dataDir, ASSAY_SELF_TEST: 'skip', ASSAY_SANDBOX: 'off' },
      {
        under: [bwrap, '--dev-bind', '/', '/', '--size', size, '--tmpfs', dataDir, '--die-with-parent', '--'],
      },
    );
    const { url } = serve;
    const data = join(inside(serve), dataDir);
    const uploads = () => readdirSync(join(data, 'uploads'));
    const kept = await post(url, 1);
    expect(kept.status).toBe(201);
    const waiting = await Promise.all([2, 3, 4, 5].map((one) => post(url, one, { later: true })));
    expect(waiting.map(({ status }) => status)).toEqual([202, 202, 202, 202]);

    // Fills the disk to its last byte, even while other files change.
    const fill = () => {
      const { bavail, bsize } = statfsSync(data);
      try {
        writeFileSync(join(data, 'filler'), Buffer.alloc(bavail * bsize + MEBIBYTE), { flag: 'a' });
      } catch (error) {
        expect(error).toMatchObject({ code: 'ENOSPC' });
      }
    };
    fill();
    const refused = await Promise.all([6, 7, 8].map((one) => post(url, one, { extraBytes: MEBIBYTE })));
    for (const { status, code } of refused)
      expect({ status, code }).toEqual({ status: 507, code: 'storage-full' });
    const later = await post(url, 9, { later: true, extraBytes: MEBIBYTE });
    expect(later).toMatchObject({ status: 507, code: 'storage-full' });
    // The uploads of the waiting jobs are still there, and no others.
    await expect.poll(uploads).toSatisfy((left) => left.length <= waiting.length);
    expect((await fetched(`${url}/v1/inspections/${kept.id}`)).status).toBe(200);
    // A job that ends meanwhile frees its file's space, and measurements are cached for a moment, so this polls.
    const ready = async () => {
      fill();
      return (await fetched(`${url}/v1/health/ready`)).status;
    };
    await expect.poll(ready, { interval: 500 }).toBe(503);

    rmSync(join(data, 'filler'));
    const ids = [kept, ...waiting].map(({ id }) => id ?? '');
    const stand = async () => {
      const all = await statuses(url);
      return ids.map((id) => all.get(id));
    };
    await expect.poll(stand).toEqual(ids.map(() => 'done'));
    expect((await post(url, 10, { extraBytes: MEBIBYTE })).status).toBe(201);
    expect([...(await statuses(url)).values()].filter((status) => status !== 'done')).toEqual([]);
    await expect.poll(uploads).toEqual([]);
  });
});
