import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { JobUploads } from '../../../src/service/inspections/upload-files.js';

const [FROM, TO] = ['0b0e2e1a-6c1c-4a53-9d0b-2f6a3c5d7e01', '0b0e2e1a-6c1c-4a53-9d0b-2f6a3c5d7e02'] as const;
const WITH_ALL = { hasSidecar: true, hasInit: true } as const;

let files: JobUploads;
beforeEach(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-job-files-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  files = new JobUploads(folder);
  await files.prepare();
});

const put = (paths: string[]) => {
  for (const path of paths) writeFileSync(path, `what stands at ${paths.indexOf(path)}`);
};
const there = () => readdirSync(files.path).sort();

it('gives a second inspection the same bytes, with all that came with them', async () => {
  put(files.listPaths(FROM, WITH_ALL));
  expect(await files.share(FROM, TO, WITH_ALL)).toBe(true);
  const read = (id: string) => files.listPaths(id, WITH_ALL).map((path) => readFileSync(path, 'utf8'));
  expect(read(TO)).toEqual(read(FROM));
});

it('gives nothing where the file goes, or part of what came with it has gone, and leaves nothing behind', async () => {
  expect(await files.share(FROM, TO, { hasSidecar: false })).toBe(false);
  expect(there()).toEqual([]);
  put(files.listPaths(FROM, { hasSidecar: true }));
  const before = there();
  expect(await files.share(FROM, TO, WITH_ALL)).toBe(false);
  expect(there()).toEqual(before);
});
