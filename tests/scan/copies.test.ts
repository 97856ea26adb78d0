import { copyFileSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readOverview } from '../../src/scan/overview/overview.js';
import { assay, fixture } from '../cli/spawn-assay.js';
import { scanned } from './scanned.js';

it('finds the same copies and hard links however many files are read at once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-copies-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const tree = join(folder, 'tree');
  mkdirSync(tree);
  for (let i = 0; i < 8; i += 1)
    copyFileSync(fixture('c2pa/jpeg-c2pa-intact.jpg'), join(tree, `copy-${i}.jpg`));
  linkSync(join(tree, 'copy-0.jpg'), join(tree, 'link.jpg'));
  linkSync(join(tree, 'copy-3.jpg'), join(tree, 'link-of-copy.jpg'));
  // Another extension can change the answer: the link is read, and is still the same file.
  linkSync(join(tree, 'copy-0.jpg'), join(tree, 'link.png'));
  const of = async (jobs: string) => {
    const out = join(folder, `${jobs}.ndjson`);
    const { stderr } = await assay(['scan', 'tree', '--jobs', jobs, '--out', out], {}, folder);
    const { records, summary } = scanned(readFileSync(out, 'utf8'));
    expect(records, stderr).toHaveLength(11);
    const copies = records.map((record) =>
      record.schema === 'assay.error/1' ? [record.path] : [record.path, record.duplicateOf, record.linkOf],
    );
    return { copies: copies.sort(), tally: summary?.tally };
  };
  const one = await of('1');
  expect(one.tally).toMatchObject({ files: 11, duplicates: 7, hardLinks: 3 });
  const { duplicates, files } = await readOverview([join(folder, '1.ndjson')]);
  expect({ files, duplicates }).toEqual({ files: 11, duplicates: 7 });
  expect(one.copies).toContainEqual(['tree/link-of-copy.jpg', 'tree/copy-0.jpg', 'tree/copy-3.jpg']);
  expect(one.copies).toContainEqual(['tree/link.png', undefined, 'tree/copy-0.jpg']);
  expect(await of('8')).toEqual(one);
}, 120_000);
