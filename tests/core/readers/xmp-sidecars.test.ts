import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { limits } from '../../../src/base/limits.js';
import { Asset } from '../../../src/core/media/asset.js';
import {
  createSidecarTrailer,
  detectSidecarKind,
  listSidecars,
  MAX_SIDECARS,
} from '../../../src/core/media/sidecars.js';
import { analyze } from '../../../src/core/pipeline/analyze.js';
import { checkSidecars, prepareSidecar } from '../../../src/inspect/files/sidecar-file.js';

/** XMP sidecars: read with their file, marked as separate, and never silently omitted. */
const FIXTURES = resolve(import.meta.dirname, '../../../fixtures');
const LABEL = join(FIXTURES, 'labels/xmp-file-gb45438.xmp');
const STORE = join(FIXTURES, 'formats/unread-store.c2pa');
const folder = mkdtempSync(join(tmpdir(), 'assay-beside-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const kept = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

async function reportOn(name: string, sidecars: readonly string[]) {
  const asset = await Asset.open(join(FIXTURES, name));
  const beside = await prepareSidecar(sidecars);
  const { path: sidecarPath } = beside;
  try {
    return await analyze(
      asset,
      {
        name: 'a',
        asOf: '2026-11-25',
        engine: 'wasm',
        ...(sidecarPath === undefined ? {} : { sidecarPath }),
      },
      { inFull: [], jurisdictions: [] },
    );
  } finally {
    await asset.close();
    await beside.remove();
  }
}

describe('a label in an XMP sidecar', () => {
  it.each([['plain/plain.jpg'], ['plain/plain.mkv'], ['plain/plain.dpx'], ['plain/synthetic.orf']])(
    'beside %s is found, and said to stand beside it',
    async (name) => {
      const report = await reportOn(name, [LABEL]);
      expect(report.summary).toMatchObject({ origin: 'ai-generated', backing: 'unsigned' });
      const label = report.signals.find(({ id }) => id === 'gb45438.label.generated');
      expect(label?.basis).toMatchObject(
        [{ carrier: 'xmp', sidecar: true, locator: /^XMP sidecar: / }].map((one) => ({
          ...one,
          locator: expect.stringMatching(one.locator),
        })),
      );
      expect(report.reads.xmp.status).toBe('found');
      expect(report.reads.xmp.messages?.note).toContainEqual({ id: 'note.xmpSidecar' });
      expect(report.summary.messages?.sentence?.at(-1)).toMatchObject({ id: 'sentence.caveat.sidecar' });
    },
  );

  it('is not said of one that stands in the file as well', async () => {
    const report = await reportOn('labels/png-gb45438-xmp.png', [LABEL]);
    const label = report.signals.filter(({ id }) => id.startsWith('gb45438.'));
    const beside = label.flatMap(({ basis }) => basis.map(({ sidecar = false }) => sidecar));
    expect(new Set(beside)).toEqual(new Set([false, true]));
    expect(report.summary.messages?.sentence?.map(({ id }) => id)).not.toContain('sentence.caveat.sidecar');
  });

  it('of a file that is not read leaves open what stands in the file', async () => {
    const report = await reportOn('formats/unread-7z.7z', [LABEL]);
    expect(report.summary.origin).toBe('ai-generated');
    expect(report.reads.parts).toMatchObject({ status: 'unsupported', code: 'carrier.notRead' });
  });

  it('beside a second one and a manifest store: each goes where it belongs', async () => {
    const wide = kept(
      'wide.xmp',
      Buffer.from(`\ufeff${readFileSync(LABEL, 'utf8').replace('\ufeff', '')}`, 'utf16le'),
    );
    const report = await reportOn('plain/plain.jpg', [LABEL, STORE, wide]);
    expect(report.reads.c2pa.code).toBe('c2pa.sidecarNeedsNative');
    const label = report.signals.filter(({ id }) => id.startsWith('gb45438.'));
    const places = label.flatMap(({ basis }) => basis.map(({ locator }) => locator.split(':')[0]));
    expect(new Set(places)).toEqual(new Set(['XMP sidecar 1', 'XMP sidecar 2']));
  });

  it('says nothing of its own where it holds nothing', async () => {
    const report = await reportOn('plain/plain.jpg', [
      kept('empty.xmp', '<x:xmpmeta xmlns:x="adobe:ns:meta/"></x:xmpmeta>'),
    ]);
    expect(report.summary.origin).toBe('none');
  });
});

describe('a sidecar that cannot be read', () => {
  it('makes the file one of which not all is known, and keeps what stood before', async () => {
    const broken = kept('broken.xmp', readFileSync(LABEL, 'utf8').slice(0, 700));
    const report = await reportOn('plain/plain.jpg', [broken, LABEL]);
    expect(report.reads.xmp).toMatchObject({ status: 'failed', code: 'xmp.xml' });
    expect(report.summary.origin).toBe('ai-generated');
    const alone = await reportOn('plain/plain.jpg', [kept('none.xmp', '<x:xmpmeta <<<')]);
    expect(alone.summary.origin).toBe('unknown');
  });

  it('is said beside a fault of the file', async () => {
    const report = await reportOn('hostile/orf-loop.orf', [kept('none-2.xmp', '<x:xmpmeta <<<')]);
    expect(report.reads.xmp).toMatchObject({ status: 'malformed', code: 'tiff.loop' });
    expect(report.reads.xmp.messages?.note).toContainEqual(expect.objectContaining({ id: 'fault.xmp.xml' }));
  });

  it('is one of more bytes than are read', async () => {
    const large = kept('large.xmp', '<x:xmpmeta>');
    truncateSync(large, limits.xmpPacketBytes + 1);
    expect((await reportOn('plain/plain.jpg', [large])).reads.xmp).toMatchObject({
      status: 'failed',
      code: 'bound.bytes',
    });
  });

  it('is a folder or a FIFO: nobody waits for it, and it is said', async () => {
    const fifo = join(folder, 'fifo.xmp');
    execFileSync('mkfifo', [fifo]);
    mkdirSync(join(folder, 'folder.xmp'));
    for (const path of [fifo, join(folder, 'folder.xmp'), join(folder, 'not-there.xmp')]) {
      expect(await listSidecars(path)).toMatchObject({ fault: { code: 'sidecar.notReadable' } });
      expect((await reportOn('plain/plain.jpg', [path])).summary.origin).toBe('unknown');
      await expect(prepareSidecar([LABEL, path])).rejects.toMatchObject({
        userMessage: { id: 'error.sidecar' },
      });
    }
  });
});

describe('how many there may be', () => {
  it('two manifest stores are refused', async () => {
    await expect(checkSidecars([STORE, LABEL, STORE])).rejects.toMatchObject({
      code: 'bad-sidecars',
      userMessage: { id: 'error.sidecars.twoStores' },
    });
  });

  it('eight of XMP and one store, and no more', async () => {
    const eight = Array.from({ length: limits.xmpSidecars }, () => LABEL);
    await checkSidecars([...eight, STORE]);
    for (const more of [
      [...eight, LABEL],
      [...eight, STORE, LABEL],
    ])
      await expect(checkSidecars(more)).rejects.toMatchObject({
        code: 'bad-sidecars',
        userMessage: { id: 'error.sidecars.tooMany' },
      });
  });

  it('holds for what was put together by somebody else too', async () => {
    const one = readFileSync(LABEL);
    const together = (all: readonly Buffer[], lengths = all.map(({ length }) => length)) =>
      kept('together', Buffer.concat([...all, createSidecarTrailer(lengths)]));
    const many = Array.from({ length: limits.xmpSidecars + 1 }, () => one);
    const past = await reportOn('plain/plain.jpg', [together(many)]);
    expect(past.reads.xmp).toMatchObject({ status: 'failed', code: 'bound.xmpSidecars' });
    for (const [all, lengths] of [
      [Array.from({ length: MAX_SIDECARS + 1 }, () => one), undefined],
      [[one], [one.length + 1]],
      [[one], [2 ** 52]],
    ] as const)
      expect(await listSidecars(together(all, lengths as number[] | undefined))).toMatchObject({
        fault: { code: 'bound.xmpSidecars' },
      });
    const store = readFileSync(STORE);
    expect(await listSidecars(together([store, store]))).toMatchObject({
      fault: { code: 'sidecar.twoStores' },
    });
  });

  it('what each is, its bytes tell', () => {
    expect(detectSidecarKind(readFileSync(LABEL))).toBe('xmp');
    expect(detectSidecarKind(readFileSync(STORE))).toBe('store');
    expect(detectSidecarKind(Buffer.from('<rdf:RDF xmlns:rdf="a">'))).toBe('xmp');
    expect(detectSidecarKind(Buffer.from('<html>'))).toBe('store');
    expect(detectSidecarKind(Buffer.alloc(0))).toBe('store');
  });
});
