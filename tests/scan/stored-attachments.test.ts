import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Header } from '../../src/scan/records/header.js';
import { toScanRecord } from '../../src/scan/records/summary-record.js';
import { FileResults, type FileResultsOptions } from '../../src/scan/results/file-results.js';
import { StoredAttachments } from '../../src/scan/results/stored-attachments.js';
import type { Entry } from '../../src/scan/sources/entry.js';
import { toldShellReport } from '../http/shell-report.js';

const HEADER: Header = {
  ...{ schema: 'assay.scan/1', scan: 'a', run: 1, begun: '2026-11-25T00:00:00Z' },
  ...{ asOf: '2026-11-25', asOfSource: 'requested', sources: [], options: {} },
  versions: { assay: '', engines: [], lists: [], rulebooks: [] },
};
const SUMMARY = { schema: 'assay.scan-summary/1', ended: HEADER.begun, seconds: 1 } as const;
const PATH = '/archive/a.jpg';

let folder = '';
const folders: string[] = [];
const newFolder = () => {
  const made = mkdtempSync(join(tmpdir(), 'assay-beside-'));
  folders.push(made);
  return made;
};
beforeEach(() => {
  folder = newFolder();
});
afterAll(() => {
  for (const one of folders) rmSync(one, { recursive: true, force: true });
});
const out = (at = folder) => join(at, 'out.ndjson');

/** Starts results with one record; `preview`: its stored attachment. */
async function begun(
  preview: string | undefined,
  over: Partial<FileResultsOptions> = {},
): Promise<FileResults> {
  const keeps = preview === undefined ? {} : { attachments: {} };
  const results = await FileResults.open(
    { out: out(), resume: false, overwrite: true, ...keeps, ...over },
    HEADER.scan,
  );
  await results.begin(HEADER);
  const entry = { path: PATH, bytes: 5, modified: '2026-11-25T00:00:00Z' } as unknown as Entry;
  const report = toldShellReport({ name: 'a.jpg', asOf: HEADER.asOf }, Buffer.from('a.jpg'));
  const record = toScanRecord(entry, report);
  await results.write(
    preview === undefined
      ? { entry, record }
      : { entry, record: { ...record, kept: { preview: true } }, beside: { preview: Buffer.from(preview) } },
  );
  return results;
}

function keptOf(results = out()): string | undefined {
  const kept = StoredAttachments.openExisting(results);
  try {
    return kept?.preview(PATH)?.toString();
  } finally {
    kept?.close();
  }
}

describe('what is kept beside results that are written anew', () => {
  it('stays until the new ones stand, also where their run is broken off and gone on with', async () => {
    await (await begun('one')).finish(SUMMARY);
    expect(keptOf()).toBe('one');
    const second = await begun('two');
    expect(keptOf()).toBe('one');
    await second.leave();
    expect(keptOf()).toBe('one');
    const named: string[] = [];
    const again = await begun('two', {
      ...{ resume: true, overwrite: false },
      onStep: (step) => {
        if (step !== 'finish: named') return;
        named.push(newFolder());
        cpSync(folder, named[0] ?? '', { recursive: true });
      },
    });
    await again.finish(SUMMARY);
    expect(keptOf()).toBe('two');
    // Simulates a kill between the two renames: readers find the attachments of these results, and the next run renames
    // them.
    const killed = out(named[0]);
    expect(keptOf(killed)).toBe('two');
    const next = await FileResults.open({ out: killed, resume: true, overwrite: false }, 'b');
    await next.leave();
    expect(StoredAttachments.isThere(`${killed}.partial`)).toBe(false);
    expect(keptOf(killed)).toBe('two');
  });

  it('goes with the old ones where no records were stored any more', async () => {
    await (await begun('one')).finish(SUMMARY);
    const bare = await begun(undefined);
    expect(keptOf()).toBe('one');
    await bare.finish(SUMMARY);
    expect(StoredAttachments.isThere(out())).toBe(false);
    expect(StoredAttachments.isThere(`${out()}.partial`)).toBe(false);
  });
});

describe('the index of a scan that goes on for years', () => {
  it('knows the runs that have records, the first and the last, and no others', async () => {
    const entry = { path: PATH, bytes: 5, modified: Date.parse('2026-11-25T00:00:00Z') } as unknown as Entry;
    const report = toldShellReport({ name: 'a.jpg', asOf: HEADER.asOf }, Buffer.from('a.jpg'));
    const record = toScanRecord(entry, report);
    const open = () => FileResults.open({ out: out(), resume: true, overwrite: false }, HEADER.scan);
    for (let run = 1; run <= 70; run += 1) {
      const results = await open();
      await results.begin({ ...HEADER, run });
      // One file exists from the third run on.
      if (run === 3) await results.write({ entry, record });
      await results.finish(SUMMARY);
    }
    const results = await open();
    const runs = results.headers.map(({ run }) => run);
    expect([runs[0], runs.includes(3), runs.at(-1)]).toEqual([1, true, 70]);
    expect(runs.length).toBeLessThan(64);
    expect(await results.due(entry)).toBe('nothing');
    await results.leave();
  });
});
