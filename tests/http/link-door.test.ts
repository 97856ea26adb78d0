import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { httpLimits } from '../../src/http/limits.js';
import { LinkDoor } from '../../src/http/link-door.js';
import { PICTURE_BYTES, served } from './served.js';

async function door() {
  const dataDir = mkdtempSync(join(tmpdir(), 'assay-links-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const server = await served();
  const fetch = { mode: 'hosts', hosts: new Set([server.host]) } as const;
  return { server, at: (where = '') => new LinkDoor({ fetch, dataDir: join(dataDir, where) }), dataDir };
}

const WAY = { bytes: 1_000, signal: new AbortController().signal };

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
  await links.clear();
});
