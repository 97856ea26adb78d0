import { randomUUID } from 'node:crypto';
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { message } from '../../../src/i18n/message.js';
import { ExpiryCollector } from '../../../src/service/inspections/collector.js';
import { JobUploads } from '../../../src/service/inspections/upload-files.js';
import type { NewInspection } from '../../../src/storage/inspections/inspections.js';
import { filesIn, temporaryDirectory, testStores } from '../../http/harness.js';

const HOUR_MILLIS = 3_600_000;

const news = (over: Partial<NewInspection> = {}): NewInspection => ({
  id: randomUUID(),
  tenant: 'local',
  createdAt: '2026-11-25T10:00:00.000Z',
  request: { name: 'a', asOf: '2026-11-25', asOfSource: 'today', engine: 'auto', hasSidecar: false },
  ...over,
});

async function setUp(keepUploadsMillis = 0) {
  const dataDir = temporaryDirectory();
  const stores = await testStores(dataDir);
  const files = new JobUploads(join(dataDir, 'uploads'));
  await files.prepare();
  const put = (id: string, ageMillis: number) => {
    const at = (Date.now() - ageMillis) / 1000;
    for (const path of [files.file(id), files.sidecar(id)]) {
      writeFileSync(path, 'bytes');
      utimesSync(path, at, at);
    }
  };
  const incomingFiles = new JobUploads(join(dataDir, 'incoming'));
  const collector = new ExpiryCollector({
    ...stores,
    files,
    incomingFiles,
    keepUploadsMillis,
    strayMillis: HOUR_MILLIS,
  });
  return { stores, files, incomingFiles, put, collector, left: () => filesIn(files.path) };
}

describe('the collector', () => {
  it('deletes what is past its day, with its upload, and nothing else', async () => {
    const { stores, put, collector, left } = await setUp();
    const [past, kept] = [
      news({ expiresAt: '2020-01-01T00:00:00.000Z' }),
      news({ expiresAt: '2999-01-01T00:00:00.000Z' }),
    ];
    await stores.inspections.create([past, kept]);
    put(past.id, 0);
    put(kept.id, 0);
    expect(await collector.sweep()).toEqual({ expired: 1, files: 0 });
    expect(await stores.inspections.get('local', past.id)).toBeUndefined();
    expect(await stores.inspections.get('local', kept.id)).toBeDefined();
    expect(left().sort()).toEqual([kept.id, `${kept.id}.sidecar`].sort());
  });

  it('takes files that belong to nobody once they are old, and never those of a waiting job', async () => {
    const { stores, put, collector, left, files } = await setUp();
    const waiting = news();
    await stores.inspections.create(waiting);
    put(waiting.id, 1000 * HOUR_MILLIS);
    put(randomUUID(), 2 * HOUR_MILLIS);
    const incoming = randomUUID();
    put(incoming, 0);
    writeFileSync(join(files.path, 'notes.txt'), 'the operator’s');
    expect(await collector.sweep()).toEqual({ expired: 0, files: 2 });
    expect(left().sort()).toEqual(
      [waiting.id, `${waiting.id}.sidecar`, incoming, `${incoming}.sidecar`, 'notes.txt'].sort(),
    );
    expect(await collector.sweep(0)).toEqual({ expired: 0, files: 2 });
    expect(left()).toHaveLength(3);
  });

  it('leaves the upload of one that failed until its time is over, or somebody deletes it', async () => {
    const { stores, put, collector, left } = await setUp();
    const [kept, over, gone] = [news(), news(), news()];
    await stores.inspections.create([kept, over, gone]);
    for (const [{ id }, uploadKeptUntil] of [
      [kept, new Date(Date.now() + HOUR_MILLIS).toISOString()],
      [over, new Date(Date.now() - 1).toISOString()],
      [gone, undefined],
    ] as const) {
      put(id, 25 * HOUR_MILLIS);
      const failure = {
        code: 'internal',
        message: message('text.asWritten', { text: 'm' }),
        ...(uploadKeptUntil && { uploadKeptUntil }),
      };
      await stores.inspections.fail('local', id, failure, new Date().toISOString());
    }
    expect(await collector.sweep()).toEqual({ expired: 0, files: 4 });
    expect(left().sort()).toEqual([kept.id, `${kept.id}.sidecar`]);
    await stores.inspections.delete('local', kept.id);
    expect(await collector.sweep()).toEqual({ expired: 0, files: 2 });
  });

  it('leaves uploads as long as the operator says', async () => {
    const { put, collector, left } = await setUp(48 * HOUR_MILLIS);
    put(randomUUID(), 47 * HOUR_MILLIS);
    put(randomUUID(), 49 * HOUR_MILLIS);
    expect(await collector.sweep()).toEqual({ expired: 0, files: 2 });
    expect(left()).toHaveLength(2);
  });
});
