import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { httpLimits } from '../../src/http/contract/limits.js';
import { LinkFetcher } from '../../src/http/services/link-fetcher.js';
import { TenantFairQueue } from '../../src/http/services/tenant-fair-queue.js';
import { PICTURE_BYTES, served } from './served.js';

async function door() {
  const dataDir = mkdtempSync(join(tmpdir(), 'assay-links-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const server = await served();
  const fetch = { mode: 'hosts', hosts: new Set([server.host]), denied: [] } as const;
  return { server, at: (where = '') => new LinkFetcher({ fetch, dataDir: join(dataDir, where) }), dataDir };
}

const WAY = { bytes: 1_000, tenant: 'desk', signal: new AbortController().signal };

it('gives no turn away where its folder cannot be made', async () => {
  const { server, at, dataDir } = await door();
  writeFileSync(join(dataDir, 'full'), '');
  const links = at('full');
  const codes: unknown[] = [];
  for (let n = 0; n <= httpLimits.linksAtOnce; n += 1)
    await links
      .follow(server.at('/photo.png'), WAY, async () => 'never')
      .catch(({ code }) => codes.push(code));
  expect(codes).toEqual(Array(httpLimits.linksAtOnce + 1).fill('EEXIST'));
});

it('gives turns to tenants in turn, and lets many of one keep nobody else out', async () => {
  const turns = new TenantFairQueue(2, 4, () => 'busy');
  const { signal } = new AbortController();
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const enter = (tenant: string, name: string) =>
    turns.acquire(tenant, signal)?.then(
      (end) => {
        begun.push(name);
        ends.set(name, end);
      },
      (reason: unknown) => begun.push(`${name} ${reason}`),
    ) ?? Promise.resolve(begun.push(`${name} refused`));
  const ended = async (name: string) => {
    ends.get(name)?.();
    await new Promise(setImmediate);
  };
  const all = [1, 2, 3, 4, 5, 6].map((n) => enter('a', `a${n}`));
  all.push(enter('a', 'a7'), enter('b', 'b1'), enter('b', 'b2'), enter('b', 'b3'));
  await new Promise(setImmediate);
  expect([...begun].sort()).toEqual(['a1', 'a2', 'a5 busy', 'a6 busy', 'a7 refused', 'b3 refused']);
  // The other tenant has none yet; once each has one, the first in the queue is next.
  await ended('a1');
  expect(begun.at(-1)).toBe('b1');
  await ended('a2');
  expect(begun.at(-1)).toBe('a3');
  await ended('b1');
  expect(begun.at(-1)).toBe('b2');
  await ended('a3');
  expect(begun.at(-1)).toBe('a4');
  await ended('b2');
  await ended('a4');
  await Promise.all(all);
  expect(turns.waiting).toBe(0);
});

it('lets what has come be read to its end where the server closes meanwhile', async () => {
  const { server, at } = await door();
  const links = at();
  const read = await links.follow(server.at('/photo.png'), WAY, async ({ fetched, warc }) => {
    links.close();
    if (fetched.kind !== 'medium') throw new Error(fetched.kind);
    return { bytes: readFileSync(fetched.path), kept: (await warc()).length };
  });
  expect(read.bytes).toEqual(PICTURE_BYTES);
  expect(read.kept).toBeGreaterThan(0);
  await expect(links.follow(server.at('/photo.png'), WAY, async () => 'never')).rejects.toMatchObject({
    code: 'unavailable',
  });
  await links.removeFolder();
});
