import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { toBagFile } from '../../../src/service/sealing/bag.js';
import { writeFolder, writeZip } from '../../../src/service/sealing/write.js';

it('leaves nothing of a bundle that somebody does not want any more', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-write-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const files = [toBagFile('a.txt', 'a'), toBagFile('data/b.txt', 'b')];
  const ended = AbortSignal.abort();
  await expect(writeZip(files, 'bag', join(folder, 'bag.zip'), ended)).rejects.toThrow(/abort/i);
  await expect(writeFolder(files, join(folder, 'bag'), ended)).rejects.toThrow(/abort/i);
  expect(readdirSync(folder)).toEqual([]);
  await writeZip(files, 'bag', join(folder, 'bag.zip'), new AbortController().signal);
  expect(readdirSync(folder)).toEqual(['bag.zip']);
});
