import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readFolderCandidates } from '../../../src/service/trust/folder-candidates.js';
import { installLists } from '../../../src/service/trust/install.js';
import { readTrustStatus } from '../../../src/service/trust/status.js';
import { pem } from '../../core/trust/ca.js';
import { companion, type Published, publish, TestFolder } from './lists.js';

let published: Published;
let folder: TestFolder;
beforeAll(async () => {
  published = await publish();
});
beforeEach(() => {
  folder = new TestFolder();
});
afterEach(() => folder.drop());

const NOW = new Date('2026-11-25T12:00:00Z');
const installed = (fetchedAt: string) =>
  installLists(
    folder.path,
    Object.entries(published.files).map(([file, content]) => ({
      file,
      bytes: Buffer.from(content),
      source: { fetchedAt, issueDate: '2026-08-05T00:11:39Z' },
    })),
  );
const codes = (some: readonly { file: string; code: string }[]) => some.map((s) => `${s.file} ${s.code}`);

describe('the status of a trust folder', () => {
  it('that is not there names every list, and those that come with Assay with their dates', async () => {
    const status = await readTrustStatus(join(folder.path, 'nowhere'), NOW);
    expect(status.files.every((file) => !file.installed)).toBe(true);
    expect(status.files.filter(({ shipped }) => shipped)).toMatchObject([
      { file: 'C2PA-TRUST-LIST.pem', issueDate: '2026-08-05', sequence: 1, certificates: { signers: 30 } },
      { file: 'C2PA-TSA-TRUST-LIST.pem', nextUpdate: '2027-08-05T00:11:47Z' },
      { file: 'conforming-products-list.json', products: 174 },
      { file: 'interim-list.json', frozen: '2026-01-01', certificates: { signers: 20, allowed: 117 } },
    ]);
    expect([status.warnings, status.faults]).toEqual([[], []]);
    const due = await readTrustStatus(join(folder.path, 'nowhere'), new Date('2027-08-06T00:00:00Z'));
    expect(codes(due.warnings)).toEqual([
      'C2PA-TRUST-LIST.pem trust.stale',
      'C2PA-TSA-TRUST-LIST.pem trust.stale',
      'conforming-products-list.json trust.stale',
    ]);
  });

  it('counts by purpose, with dates, age and who is past the last day', async () => {
    await installed('2026-11-20T12:00:00Z');
    mkdirSync(join(folder.path, 'private/tsa'), { recursive: true });
    folder.put('private/own.pem', pem(published.signers, published.leaf));
    folder.put('private/tsa/own.pem', pem(published.authorities));
    const { files, warnings, faults } = await readTrustStatus(folder.path, NOW);
    expect(files).toMatchObject([
      {
        certificates: { signers: 1, authorities: 0, allowed: 0 },
        expired: 0,
        issueDate: '2026-08-05',
        ageDays: 5,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      { certificates: { signers: 0, authorities: 1, allowed: 0 } },
      { certificates: { signers: 2, authorities: 1, allowed: 0 }, expired: 1, frozen: '2026-01-01' },
      { certificates: { signers: 0, authorities: 0, allowed: 1 }, frozen: '2026-01-01' },
      { products: 2 },
      { file: 'private/own.pem', certificates: { signers: 1, authorities: 0, allowed: 1 } },
      { file: 'private/tsa/own.pem', certificates: { signers: 0, authorities: 1, allowed: 0 } },
    ]);
    expect(codes(warnings)).toEqual(['ITL-anchors.pem trust.expiredAnchors']);
    expect(faults).toEqual([]);
  });

  it('warns of lists fetched long ago, but not of those that are frozen', async () => {
    await installed('2026-05-28T12:00:00Z');
    const { warnings } = await readTrustStatus(folder.path, NOW);
    expect(codes(warnings).filter((code) => code.endsWith('.stale'))).toEqual([
      'C2PA-TRUST-LIST.pem trust.stale',
      'C2PA-TSA-TRUST-LIST.pem trust.stale',
      'conforming-products-list.json trust.stale',
    ]);
    const dayBefore = new Date('2026-11-24T12:00:00Z');
    expect(codes((await readTrustStatus(folder.path, dayBefore)).warnings)).toEqual([
      'ITL-anchors.pem trust.expiredAnchors',
    ]);
  });

  it('tells broken files from missing ones, and dates none that was changed by hand', async () => {
    await installed('2026-11-20T12:00:00Z');
    folder.put('C2PA-TRUST-LIST.pem', pem(published.signers, published.more));
    folder.put('C2PA-TSA-TRUST-LIST.pem', 'broken');
    folder.put('conforming-products-list.json', '{}');
    const { files, warnings, faults } = await readTrustStatus(folder.path, NOW);
    expect(codes(faults)).toEqual([
      'C2PA-TRUST-LIST.pem trust.sourceMismatch',
      'C2PA-TSA-TRUST-LIST.pem trust.empty',
      'conforming-products-list.json trust.json',
    ]);
    expect(codes(warnings)).toContain('C2PA-TRUST-LIST.pem trust.ageUnknown');
    expect(files[0]).not.toHaveProperty('issueDate');
    expect(files[1]).toMatchObject({ installed: true });
    expect(files[1]).not.toHaveProperty('certificates');
  });
});

describe('a folder to import from', () => {
  it('offers what it has, with what its own sources.json and companions know', async () => {
    await installed('2026-11-20T12:00:00Z');
    folder.put('C2PA-TSA-TRUST-LIST.pem', pem(published.authorities, published.authorities));
    folder.put('C2PA-TSA-TRUST-LIST.json', companion([published.authorities], '2026-09-01T00:00:00Z'));
    const target = new TestFolder();
    try {
      const results = await installLists(target.path, await readFolderCandidates(folder.path));
      expect(results).toMatchObject([
        { issueDate: '2026-08-05T00:11:39Z' },
        { issueDate: '2026-09-01T00:00:00Z' },
        {},
        {},
        { products: 2 },
      ]);
      const { files } = await readTrustStatus(target.path, NOW);
      expect(files.map((file) => file.ageDays)).toEqual([5, undefined, 5, 5, 5]);
    } finally {
      target.drop();
    }
  });

  it('that brings a list cut between two certificates: its own sources.json tells, and the old one stays', async () => {
    await installed('2026-11-20T12:00:00Z');
    const before = folder.read('ITL-anchors.pem');
    const carried = new TestFolder();
    try {
      const ends = before.indexOf('-----END CERTIFICATE-----') + '-----END CERTIFICATE-----\n'.length;
      expect(ends).toBeLessThan(before.length);
      carried.put('sources.json', folder.read('sources.json'));
      carried.put('ITL-anchors.pem', before.slice(0, ends));
      expect(await installLists(folder.path, await readFolderCandidates(carried.path))).toMatchObject([
        { file: 'ITL-anchors.pem', outcome: 'refused', fault: { code: 'trust.sourceMismatch' } },
      ]);
      expect(folder.read('ITL-anchors.pem')).toBe(before);
    } finally {
      carried.drop();
    }
  });
});
