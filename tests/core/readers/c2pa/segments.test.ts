import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { limits } from '../../../../src/base/limits.js';
import type { EngineChoice } from '../../../../src/core/c2pa/engine-names.js';
import { resolveLaw } from '../../../../src/core/law/law-selection.js';
import { Asset } from '../../../../src/core/media/asset.js';
import { analyze } from '../../../../src/core/pipeline/analyze.js';
import type { LocalizedReport } from '../../../../src/core/report/report.js';
import { createInspector } from '../../../../src/inspect/pool/create-inspector.js';
import { inspect as inspectFile } from '../../../../src/library/inspect.js';
import { assayHere } from '../../../cli/run-here.js';
import { told } from '../../../support/localized.js';

const FIXTURES = join(import.meta.dirname, '../../../../fixtures');
const fixture = (name: string) => join(FIXTURES, name);
const INIT = fixture('c2pa/stream-c2pa-init.mp4');
const [FIRST, SECOND] = [fixture('c2pa/stream-c2pa-1.m4s'), fixture('c2pa/stream-c2pa-2.m4s')];
const PLAIN_INIT = fixture('plain/plain-stream-init.mp4');
const PLAIN = fixture('plain/plain-stream-1.m4s');
const [LABEL, STORE] = [fixture('labels/xmp-file-gb45438.xmp'), fixture('formats/unread-store.c2pa')];

const folder = mkdtempSync(join(tmpdir(), 'assay-segments-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const written = (name: string, ...bytes: Buffer[]): string => {
  const path = join(folder, name);
  writeFileSync(path, Buffer.concat(bytes));
  return path;
};

async function inspect(
  path: string,
  initPath?: string,
  engine: EngineChoice = 'auto',
  sidecarPath?: string,
): Promise<LocalizedReport> {
  const asset = await Asset.open(path);
  try {
    const asked = {
      ...{ asOf: '2026-11-25', engine, name: basename(path) },
      ...(initPath === undefined ? {} : { initPath }),
      ...(sidecarPath === undefined ? {} : { sidecarPath }),
    };
    return told(await analyze(asset, asked, resolveLaw({})));
  } finally {
    await asset.close();
  }
}

describe('a segment with its init segment', () => {
  it.each([FIRST, SECOND])('is validated by the hash that the init segment has of it', async (segment) => {
    const { asset, contentCredentials, reads, summary } = await inspect(segment, INIT);
    expect(contentCredentials).toMatchObject({ presence: 'present', integrity: 'intact' });
    expect(contentCredentials.engine?.name).toBe('wasm');
    expect(contentCredentials.signer?.name).toBe('Assay Test Studio');
    const bytes = readFileSync(INIT);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(asset.init).toEqual({ bytes: bytes.length, sha256 });
    expect(asset.mediaType).toBe('video/iso.segment');
    expect(reads.c2pa.note).toContain(sha256);
    expect(summary.coverage.state).toBe('complete');
  });

  it('is altered alone where its film was changed', async () => {
    const { contentCredentials, reads } = await inspect(fixture('c2pa/stream-c2pa-1-altered.m4s'), INIT);
    expect(contentCredentials).toMatchObject({ presence: 'present', integrity: 'altered' });
    expect(reads.c2pa.note).toContain('What differs is this segment.');
    expect((await inspect(SECOND, INIT)).contentCredentials.integrity).toBe('intact');
  });

  it('is altered where the init segment was changed, and it is said which', async () => {
    const { contentCredentials, reads } = await inspect(FIRST, fixture('c2pa/stream-c2pa-init-altered.mp4'));
    expect(contentCredentials.integrity).toBe('altered');
    expect(reads.c2pa.note).toContain('The init segment is not the one');
  });

  it('has nobody’s credentials where they list no hash of it', async () => {
    const { contentCredentials, reads, summary } = await inspect(PLAIN, INIT);
    expect(contentCredentials.presence).toBe('unsupported');
    expect(reads.c2pa).toMatchObject({ status: 'unsupported', code: 'segment.notOfInit' });
    expect(summary.origin).toBe('unknown');
  });

  it('is not called unsigned where its credentials would be in another init segment', async () => {
    const { reads } = await inspect(FIRST, PLAIN_INIT);
    expect(reads.c2pa).toMatchObject({ status: 'unsupported', code: 'segment.initUnsigned' });
  });

  it('holds nothing where neither does', async () => {
    const { contentCredentials, summary } = await inspect(PLAIN, PLAIN_INIT);
    expect(contentCredentials.presence).toBe('absent');
    expect(summary).toMatchObject({ origin: 'none', coverage: { state: 'complete' } });
  });

  it('says what the metadata of the init segment say, with where that is', async () => {
    const init = readFileSync(PLAIN_INIT);
    const { signals, reads } = await inspect(PLAIN, written('labelled.mp4', init, labelBox()));
    expect(signals.map(({ id }) => id)).toContain('gb45438.label.generated');
    expect(reads.xmp.note).toContain('Read joined to the init segment');
  });
});

describe('a segment alone', () => {
  it('says what it needs, and calls nothing absent that may stand elsewhere', async () => {
    const { contentCredentials, reads, summary } = await inspect(FIRST);
    expect(contentCredentials.presence).toBe('unsupported');
    expect(summary.origin).toBe('unknown');
    expect(summary.sentence).toContain('Give its init file with it');
    for (const carrier of ['c2pa', 'xmp', 'exif', 'bmffMeta', 'sei', 'parts'] as const)
      expect(reads[carrier]).toMatchObject({ status: 'unsupported', code: 'segment.needsInit' });
  });

  it('has what stands in itself read', async () => {
    const plain = readFileSync(PLAIN);
    const own = written('own.m4s', plain.subarray(0, 24), labelBox(), plain.subarray(24));
    const { signals, summary } = await inspect(own);
    expect(signals.map(({ id }) => id)).toContain('gb45438.label.generated');
    expect(summary.coverage.state).toBe('partial');
    expect(summary.coverage.unread.map(({ carrier }) => carrier)).toContain('c2pa');
  });
});

describe('a segment with a sidecar', () => {
  it('of XMP has both read: the credentials of its init segment, and what stands beside it', async () => {
    const { contentCredentials, reads, signals } = await inspect(FIRST, INIT, 'auto', LABEL);
    expect(contentCredentials.integrity).toBe('intact');
    const label = signals.find(({ id }) => id === 'gb45438.label.generated');
    expect(label?.basis[0]).toMatchObject({ carrier: 'xmp', sidecar: true });
    // Its offsets do not count from the start of the initialisation segment.
    expect(reads.xmp.note).not.toContain('Read joined');
  });

  it('with a manifest store is not validated against either', async () => {
    const { contentCredentials, reads } = await inspect(FIRST, INIT, 'auto', STORE);
    expect(contentCredentials.presence).toBe('unsupported');
    expect(reads.c2pa).toMatchObject({ status: 'unsupported', code: 'segment.notWithSidecar' });
  });

  it.each([
    ['alone', undefined, 'segment.needsInit'],
    ['with a file that is no init segment', FIRST, 'segment.notItsInit'],
  ])('of XMP %s may have more XMP in what was not read', async (_, init, code) => {
    const { reads, summary } = await inspect(FIRST, init, 'auto', LABEL);
    expect(reads.xmp).toMatchObject({ status: 'found', code });
    expect(summary.origin).toBe('ai-generated');
    expect(summary.coverage.unread.map(({ carrier }) => carrier)).toContain('xmp');
  });
});

describe('what is no init segment', () => {
  it.each([
    ['a whole recording', () => fixture('plain/plain.mp4')],
    ['a picture', () => fixture('plain/plain.jpg')],
    ['the segment itself', () => FIRST],
    ['nothing', () => written('empty.mp4')],
  ])('%s', async (_, path) => {
    const { reads, asset } = await inspect(FIRST, path());
    expect(reads.c2pa).toMatchObject({ status: 'unsupported', code: 'segment.notItsInit' });
    expect(asset.init).toBeUndefined();
  });

  it('one that is larger than the bound', async () => {
    const path = written('large.mp4', readFileSync(INIT));
    truncateSync(path, limits.initSegmentBytes + 1);
    const { reads } = await inspect(FIRST, path);
    expect(reads.c2pa).toMatchObject({ status: 'unsupported', code: 'bound.initSegment' });
  });

  it('beside a file that is no segment it is not used, and that is said', async () => {
    const { reads, summary } = await inspect(fixture('plain/plain.jpg'), INIT);
    expect(reads.c2pa).toMatchObject({ status: 'absent' });
    expect(reads.c2pa.note).toContain('was given but not used');
    expect(summary.origin).toBe('none');
  });
});

describe('the engines', () => {
  it('native alone has no call for it: unsupported, never absent', async () => {
    const { contentCredentials, reads } = await inspect(FIRST, INIT, 'native');
    expect(contentCredentials.presence).toBe('unsupported');
    expect(reads.c2pa).toMatchObject({ status: 'unsupported', code: 'c2pa.segmentNeedsWasm' });
  });

  it('of both one is heard', async () => {
    const { contentCredentials, reads } = await inspect(FIRST, INIT, 'both');
    expect(contentCredentials.integrity).toBe('intact');
    expect(contentCredentials.secondOpinion).toBeUndefined();
    expect(reads.c2pa.note).toContain('gave no second opinion');
  });
});

describe('the doors', () => {
  it('`inspect --init` gives one Report a segment, in order', async () => {
    const missing = join(folder, 'missing.m4s');
    const { code, stdout } = await assayHere([
      'inspect',
      '--json',
      '--init',
      INIT,
      SECOND,
      PLAIN,
      missing,
      FIRST,
    ]);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ asset, code: fault }) => fault ?? asset.name)).toEqual([
      basename(SECOND),
      basename(PLAIN),
      'not-found',
      basename(FIRST),
    ]);
    expect(lines.map(({ contentCredentials }) => contentCredentials?.integrity)).toEqual([
      'intact',
      undefined,
      undefined,
      'intact',
    ]);
    expect(code).toBe(3);
  });

  it('`inspect` takes no sidecar with it', async () => {
    const { code, stderr } = await assayHere(['inspect', '--init', INIT, '--sidecar', INIT, FIRST]);
    expect(code).toBe(2);
    expect(stderr).toContain('--sidecar');
  });

  it('the library takes sidecars with it, and knows which file is which', async () => {
    const { asset, contentCredentials, signals } = await inspectFile(FIRST, {
      init: INIT,
      sidecar: [LABEL, written('second.xmp', readFileSync(LABEL))],
      isolation: 'none',
      asOf: '2026-11-25',
    });
    expect(contentCredentials.integrity).toBe('intact');
    expect(asset.init?.bytes).toBe(readFileSync(INIT).length);
    const label = signals.find(({ id }) => id === 'gb45438.label.generated');
    expect(label?.basis.map(({ locator }) => locator.slice(0, 13))).toEqual([
      'XMP sidecar 1',
      'XMP sidecar 2',
    ]);
  });

  it('the library takes bytes of both', async () => {
    const { asset, contentCredentials } = await inspectFile(readFileSync(FIRST), {
      init: readFileSync(INIT),
      isolation: 'none',
      asOf: '2026-11-25',
    });
    expect(contentCredentials.integrity).toBe('intact');
    expect(asset.init?.bytes).toBe(readFileSync(INIT).length);
  });
});

it('a reading process is shown the init segment beside the file', async () => {
  const inspector = createInspector({ jobs: 1 });
  try {
    const asked = { name: 'a.m4s', asOf: '2026-11-25', engine: 'auto' as const };
    const all = await Promise.all(
      [FIRST, SECOND].map((path) => inspector.inspect({ ...asked, path, initPath: INIT })),
    );
    expect(all.map((one) => one.contentCredentials.integrity)).toEqual(['intact', 'intact']);
    await expect(
      inspector.inspect({ ...asked, path: FIRST, initPath: join(folder, 'none') }),
    ).rejects.toMatchObject({
      code: 'not-found',
      userMessage: { id: 'error.init' },
    });
    const large = written('too-large.mp4');
    truncateSync(large, limits.initSegmentBytes + 1);
    await expect(inspector.inspect({ ...asked, path: FIRST, initPath: large })).rejects.toMatchObject({
      code: 'not-readable',
      userMessage: { id: 'error.init', params: { why: { id: 'fault.bound.initSegment' } } },
    });
  } finally {
    await inspector.close();
  }
});

/** Returns XMP with a GB 45438 label. */
function labelBox(): Buffer {
  const label = boxes(readFileSync(fixture('labels/mp4-gb45438-xmp-uuid.mp4'))).find(
    ({ type, bytes }) => type === 'uuid' && bytes.includes('AIGC'),
  );
  if (label === undefined) throw new Error('the labelled recording has no XMP');
  return label.bytes;
}

function boxes(bytes: Buffer): { type: string; bytes: Buffer }[] {
  const found = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const end = at + bytes.readUInt32BE(at);
    found.push({ type: bytes.toString('latin1', at + 4, at + 8), bytes: bytes.subarray(at, end) });
    at = end;
  }
  return found;
}
